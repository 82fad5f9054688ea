// What the semantic gap says: names, numbers, sentences and torch code, all pure text.

const LITTLE = 1 / 8; // of the original: with less to see, its name may be lost

/** What a setting is called that no preset is. */
export const OWN = "your own";

/** What a photograph shows. */
export const NOUNS = { cat: "a cat", coffee: "a cup of coffee", camera: "a photographer" };

const SHORT = { cat: "cat", coffee: "cup", camera: "photographer" };

/** Named changes, each of an unchanged picture. */
export function presets(side) {
  const nothing = { columns: 0, rows: 0, brightness: 1, crop: side, mirrored: false };
  const [moved, dark, mirrored] = [{ columns: 8 }, { brightness: 0.5 }, { mirrored: true }];
  const nearer = { crop: Math.round((2 * side) / 3) };
  return {
    nothing,
    "moved by 8": { ...nothing, ...moved },
    "half as bright": { ...nothing, ...dark },
    mirrored: { ...nothing, ...mirrored },
    nearer: { ...nothing, ...nearer },
    "all four": { ...nothing, ...moved, ...dark, ...mirrored, ...nearer },
  };
}

/** The name of the preset that a setting is, or OWN. */
export function presetOf(settings, named) {
  const isSame = (preset) => Object.entries(preset).every(([trait, value]) => settings[trait] === value);
  return Object.keys(named).find((name) => isSame(named[name])) ?? OWN;
}

/** The preset that the story shows next: none after the last, the first change after another setting. */
export function nextPreset(name, named) {
  const names = Object.keys(named);
  return names[Math.max(names.indexOf(name), 0) + 1];
}

/** A distance, with three digits. */
export const number = (value) => value.toFixed(3);

/** A move along one axis, as in "8 right". */
export function moveWords(value, [back, forth]) {
  return value ? `${Math.abs(value)} ${value < 0 ? back : forth}` : "0";
}

function share(part) {
  const percent = Math.round(100 * part);
  if (percent === 100) return part === 1 ? "All pixels" : "Nearly all pixels";
  return part && !percent ? "Under 1 % of the pixels" : `${percent} % of the pixels`;
}

function verdict(name, found, marks) {
  const passed = marks.filter((mark) => found.distance > mark.distance).map(({ text }) => text);
  const still = `Still ${NOUNS[name]}, and`;
  if (passed.length === 0) return `${still} closer to itself than ${marks[0].text} is.`;
  const verb = passed.length === 1 ? "is" : "are";
  return `${still} further from itself than ${passed.join(" and ")} ${verb}.`;
}

/** The two things that a picture is compared with; `stranger` is the other photograph's name. */
export function marksFor(card, stranger) {
  return [
    { name: "grey card", text: "a grey card", distance: card },
    { name: SHORT[stranger.name], text: NOUNS[stranger.name], distance: stranger.distance },
  ];
}

/** What the distance says, and what a reader sees. */
export function sentence(name, found, marks) {
  if (found.distance === 0) return "Nothing has changed: the distance is 0.";
  const whole = NOUNS[name].replace(/^a /, "the ");
  if (found.visible.share < LITTLE) {
    return `Hardly any of ${whole} is left to see, and perhaps the name is gone. The distance cannot say so.`;
  }
  return `${verdict(name, found, marks)} ${share(found.share)} differ.`;
}

/** The scale, for a reader who cannot see it. */
export function scaleWords(found, marks) {
  const others = marks.map((mark) => `${mark.text}: ${number(mark.distance)}`);
  return `Distance ${number(found.distance)}. For comparison, ${others.join("; ")}.`;
}

/** Lines that give the same numbers; they need torch.nn.functional as F. */
export function torchCode(name, side, { columns, rows, brightness, crop, mirrored }, found, card) {
  const edge = Math.floor((side - crop) / 2);
  const middle = `${edge}:${edge + crop}`;
  const [right, below] = [Math.max(-columns, 0), Math.max(-rows, 0)];
  const pad = [Math.max(columns, 0), right, Math.max(rows, 0), below].join(", ");
  const cut = `${below}:${below + side}, ${right}:${right + side}`;
  const steps = [
    [crop < side, `F.interpolate(changed[..., ${middle}, ${middle}], ${side})`],
    [mirrored, "changed.flip(-1)"],
    [columns || rows, `F.pad(changed, (${pad}), mode="replicate")`],
    [columns || rows, `changed[..., ${cut}]`],
    [brightness < 1, `${Number(brightness.toPrecision(12))} * changed`],
  ];
  return [
    "from utils.data.photos import photo",
    `levels = 255 * photo("${name}", size=${side})`,
    `${name} = levels.round()[None] / 255`,
    `changed = ${name}`,
    ...steps.filter(([isTaken]) => isTaken).map(([, code]) => `changed = ${code}`),
    `F.l1_loss(changed, ${name})  # ${number(found.distance)}`,
    `card = ${name}.mean().expand_as(${name})`,
    `F.l1_loss(card, ${name})  # ${number(card)}`,
  ].join("\n");
}
