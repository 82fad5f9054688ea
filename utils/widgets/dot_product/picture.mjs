// The picture: two arrows with a shadow, the product in three ways, and the product as a wave.

import { REACH, angle, dot, foot, isNothing, length, nearest, sign, stepped, turned, wave } from "./math.mjs";
import { brief, planeWords, ways } from "./words.mjs";
import { apart } from "../kit/labels.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { pointing } from "../kit/pointing.mjs";

const EDGE = 3.4; // of the plane
const SPACE = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: [320, 320] };
const FAR = 10; // beyond the edge
const CORNER = 0.22; // side of the mark of a right angle
const BESIDE = 0.15; // from a tip to its name, outside the ring
const HIGH = 9.9; // of the wave's plane
const TAGS = ["", "lengths and angle", "length of a, shadow of b"];
const LOOKS = ["minus", "none", "plus"];
const TURN = 5; // degrees that an arrow key turns b

const times = (share, arrow) => arrow.map((value) => share * value);
const plus = (one, other) => one.map((value, side) => value + other[side]);

/** The marks of the plane: the line of a, the shadow on it, and the two arrows. */
export function arrows({ a, b }) {
  const zero = [0, 0];
  const shafts = [
    { arrow: [zero, a], look: "a", about: "a" },
    { arrow: [zero, b], look: "b", about: "b" },
  ];
  const tips = [[a, "a"], [b, "b"]].filter(([tip]) => !isNothing(tip));
  const names = tips.map(([tip, name]) => ({ text: name, at: times(1 + BESIDE / length(tip), tip), away: tip, look: name }));
  if (isNothing(a)) return [...shafts, ...apart(names, SPACE)];
  const unit = times(1 / length(a), a);
  const end = foot(a, b);
  const look = LOOKS[sign(a, b) + 1];
  const height = plus(b, times(-1, end));
  const high = length(height);
  const falls = [];
  if (high > 0.05) {
    falls.push({ line: [b, end], look: "fall" });
    if (high > 2 * CORNER) {
      const up = times(CORNER / high, height);
      const back = times(dot(end, unit) > 0 ? -CORNER : CORNER, unit);
      falls.push({ line: [plus(end, up), plus(plus(end, up), back), plus(end, back)], look: "corner" });
    }
  }
  const word = length(end) > 0.6 ? [{ text: "shadow", at: times(0.5, end), away: times(-1, high > 0.05 ? height : [unit[1], -unit[0]]), look }] : [];
  return [
    { line: [times(-FAR, unit), times(FAR, unit)], look: "ground" },
    { line: [zero, end], look: `shadow book-${look}`, about: "shadow" },
    ...falls,
    ...shafts,
    ...apart([...names, ...word], SPACE, [], [[zero, a], [zero, b], [b, end]]),
  ];
}

/** The wave up to the angle that is seen, and what is to come; above 0 it looks otherwise than below. */
export function waveMarks({ a, b }) {
  const all = { line: wave(a, b), look: "future" };
  if (isNothing(a) || isNothing(b)) return [all];
  const now = angle(a, b);
  const stops = [0, 90, 270, 360].filter((stop) => stop < now);
  const pieces = stops.map((from, index) => ({
    line: wave(a, b, from, Math.min(now, stops[index + 1] ?? now)),
    look: from === 90 ? "minus" : "plus",
  }));
  return [all, ...pieces, { line: [[now, 0], [now, dot(a, b)]], look: "now" }];
}

/** `onMove(changes)` hears where a hand wants the arrows; `draw(state)` draws. */
export function picture(read, onMove) {
  const ground = plane({ label: "Two arrows", ...SPACE, names: ["", ""], steps: [1, 1] });
  const chart = plane({ label: "The product at each angle from a to b", x: [-48, 378], y: [-14, HIGH], names: ["angle from a to b", "a · b"], size: [420, 190], steps: [90, 5] });
  const set = (name, tip) => {
    if (tip.every((value, side) => value === read()[name][side])) return;
    onMove({ [name]: tip });
    place(read()); // at once: another key may be pressed before the next frame
  };
  const tips = ["a", "b"].map((name) =>
    ground.handle({
      label: `tip of ${name}, its first entry`,
      look: name,
      range: [-REACH, REACH],
      onMove: (to) => set(name, nearest(to)),
      onStep: (right, up) => set(name, stepped(read()[name], right, up)),
    }),
  );
  const turn = (degrees) => {
    const { a, b } = read();
    if (isNothing(a) || isNothing(b)) return;
    set("b", turned(a, b, Math.max(0, Math.min(355, degrees))));
  };
  const rider = chart.handle({
    label: "angle from a to b in degrees",
    look: "rider",
    range: [0, 360],
    onMove: ([degrees]) => turn(TURN * Math.round(degrees / TURN)),
    onStep(right, up) {
      const { a, b } = read();
      const now = isNothing(a) || isNothing(b) ? 0 : angle(a, b);
      if (!Number.isFinite(right)) return turn(right < 0 ? 0 : 355);
      const sense = Math.sign(right + up);
      return turn(TURN * (sense * Math.floor((sense * now) / TURN + 1e-6) + sense));
    },
  });
  const product = element("strong", {});
  const rows = TAGS.map((tag) => {
    const how = element("span", { class: "book-how" });
    return { how, root: element("div", { class: "book-way" }, element("span", {}, "="), how, element("span", { class: "book-tag" }, tag)) };
  });
  const head = element("div", { class: "book-way book-product" }, element("span", {}, "a · b ="), product);
  const chain = element("div", { class: "book-chain" }, head, ...rows.map(({ root }) => root));
  const root = element("div", { class: "book-sides" }, ground.root, element("div", { class: "book-side" }, chain, chart.root));
  const pointed = pointing(root);

  function place({ a, b }) {
    [a, b].forEach((tip, index) => tips[index].place(tip, placeWords(tip, ["right", "up"])));
    const isFlat = isNothing(a) || isNothing(b);
    const now = isFlat ? 0 : angle(a, b);
    rider.place([now, dot(a, b)], `${Math.round(now)} degrees, product ${brief(dot(a, b))}`, now);
  }

  function draw(state) {
    const look = LOOKS[sign(state.a, state.b) + 1];
    ground.draw(arrows(state));
    ground.root.setAttribute("aria-label", planeWords(state));
    chart.draw(waveMarks(state));
    place(state);
    product.textContent = brief(dot(state.a, state.b));
    product.className = `book-${look}`;
    rider.root.setAttribute("class", `book-handle book-rider book-${look}`);
    ways(state).forEach((parts, index) => {
      const about = { a: "a", b: "b", plus: "shadow", minus: "shadow" };
      rows[index].how.replaceChildren(
        ...parts.map(([text, kind]) => element("span", kind ? { class: `book-${kind}`, "data-about": about[kind] } : {}, text)),
      );
    });
    pointed.refresh();
  }
  return { root, draw, stop: pointed.stop };
}
