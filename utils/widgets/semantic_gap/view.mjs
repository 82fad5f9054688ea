// Shift the cat: a photograph that still shows the same, and how far its pixels are from before.

import { decodePixels } from "../kit/pixels.mjs";
import { cardDistance, compared, distance, isJustBeyond, mean } from "./math.mjs";
import { picture } from "./picture.mjs";
import { NOUNS, OWN, marksFor, moveWords, nextPreset, presetOf, presets, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const SETTINGS = ["columns", "rows", "brightness", "crop", "mirrored"];
const LEAST = { brightness: 0.2, crop: 24 };
const ORDER = "Always in this order: crop, mirror, move, darken. Moving repeats the pixels at the edge. A difference of 0.5 and more is white.";

/** The photographs by name: { values, credit, marks, compared }. */
function developed(sent) {
  const photos = {};
  for (const [name, photo] of Object.entries(sent)) {
    const values = Float64Array.from(decodePixels(photo.pixels), (level) => level / 255);
    photos[name] = { ...photo, values };
  }
  for (const photo of Object.values(photos)) {
    const other = photos[photo.stranger];
    const away = { name: photo.stranger, distance: distance(photo.values, other.values) };
    photo.marks = marksFor(cardDistance(photo.values), away);
    const grey = mean(photo.values);
    photo.compared = [photo.values.map(() => grey), other.values];
  }
  return photos;
}

function render({ model, el }) {
  const photos = developed(model.get("photos"));
  const side = Object.values(photos)[0].width;
  const far = side / 2;
  const named = presets(side);
  const pick = (state) => Object.fromEntries(SETTINGS.map((name) => [name, state[name]]));
  const look = (state) => compared(photos[state.photo].values, side, pick(state));

  let isByHand = false;
  const byHand = (changes) => {
    isByHand = true;
    update(model, changes);
  };
  const at = () => [model.get("columns"), model.get("rows")];
  const moveTo = (...wanted) => {
    const [columns, rows] = wanted.map((value) => Math.max(-far, Math.min(far, value)));
    if (String([columns, rows]) !== String(at())) byHand({ columns, rows });
  };
  const set = (name) => (value) => byHand({ [name]: value });
  const moveSlider = (label, name, ways) =>
    slider({ label, min: -far, max: far, format: (value) => moveWords(value, ways), onInput: set(name) });
  const controls = {
    columns: moveSlider("Columns moved", "columns", ["left", "right"]),
    rows: moveSlider("Rows moved", "rows", ["up", "down"]),
    brightness: slider({
      label: "Brightness",
      min: LEAST.brightness,
      max: 1,
      step: 0.01,
      format: (value) => `\u00d7 ${value.toFixed(2)}`,
      onInput: set("brightness"),
    }),
    crop: slider({ label: "Crop, pixels a side", min: LEAST.crop, max: side, onInput: set("crop") }),
    mirrored: toggle({ label: "Mirrored", onInput: (value) => update(model, { mirrored: value }) }),
  };
  const change = choice({
    label: "Change",
    options: [...Object.keys(named), OWN].map((name) => [name, name]),
    onInput: (name) => update(model, named[name] ?? {}),
  });
  const photo = choice({
    label: "Photograph",
    options: Object.keys(photos).map((name) => [name, NOUNS[name]]),
    onInput: (name) => update(model, { photo: name }),
  });
  const credit = element("div", { class: "book-caption" });
  const shown = picture(side, at, moveTo);

  return stage({
    model,
    el,
    names: ["photo", ...SETTINGS],
    label: "Shift the cat",
    look: "book-semantic-gap",
    picture: shown.nodes,
    controls: [change.root, photo.root],
    play: {
      every: 2200,
      auto: true,
      rest: 1500,
      step: (state) => named[nextPreset(presetOf(pick(state), named), named)] ?? null,
      restart: () => named.nothing,
    },
    draw(state) {
      for (const [trait, control] of Object.entries(controls)) control.set(state[trait]);
      change.set(presetOf(pick(state), named));
      photo.set(state.photo);
      credit.textContent = `Photograph: ${photos[state.photo].credit}.`;
      shown.draw(photos[state.photo], pick(state), isByHand);
      isByHand = false;
    },
    says: (state) => sentence(state.photo, look(state), photos[state.photo].marks),
    more: [
      element("div", { class: "book-controls" }, ...Object.values(controls).map(({ root }) => root)),
      element("div", { class: "book-caption" }, ORDER),
      credit,
    ],
    code(state) {
      const { marks } = photos[state.photo];
      return torchCode(state.photo, side, pick(state), look(state), marks[0].distance);
    },
    task: {
      text: "Move the picture, nothing else, until it is just beyond its grey card.",
      isDone: (state) => isJustBeyond(photos[state.photo].values, side, pick(state)),
      praise: "Just beyond. One pixel less, and the picture would still beat its card.",
    },
    onStop: shown.stop,
  });
}

export default { render };
