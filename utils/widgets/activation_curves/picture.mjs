// The two planes of the demo: the function with its slope, and the product of the slopes by layer.

import { chain, isRamp, layer, limit } from "./math.mjs";
import { slopeWords } from "./words.mjs";
import { number, power } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

export const MOST_LAYERS = 20;
const REACH = 3; // of the start, to both sides
const SIDES = { x: [-3.4, 3.4], y: [-1.35, 2.15] };
const STOPS = Array.from({ length: 341 }, (_, index) => SIDES.x[0] + index * 0.02);
const [TOP, FLOOR] = [3, -12]; // powers of ten in the right plane
const BAR = 0.36; // half the width of a bar
const RULES = [0, -3, -6, -9];
const [NONE, ALL] = [0, MOST_LAYERS + 1.2]; // the ends of the row of bars

const bounded = (value) => Math.max(-REACH, Math.min(REACH, Math.round(value * 20) / 20)) + 0;
const clamped = (value, low, high) => Math.max(low, Math.min(high, value));

/** The limit as a line, in two parts for a step, so that its jump is upright. */
function limitLine(name) {
  const xs = isRamp(name) ? [-4, 0, 4] : [-4, -1e-9, 1e-9, 4];
  return xs.map((x) => [x, limit(name, x)]);
}

/** The limit, both curves, the tangent where the number goes in, and the slope of each layer. */
function curveMarks({ name, scale, start, layers }) {
  const { inputs, slopes } = chain(name, scale, start, layers);
  const [height, slope] = layer(name, scale, start);
  const along = (side) => STOPS.map((x) => [x, clamped(layer(name, scale, x)[side], -2, 9)]);
  const half = 0.55 / Math.hypot(1, slope);
  return [
    { line: limitLine(name), look: "limit" },
    { line: along(1), look: "slope" },
    { line: along(0), look: "value" },
    { line: [[start, 0], [start, clamped(height, -1.3, 2.1)]], look: "drop" },
    { line: [[start - half, height - half * slope], [start + half, height + half * slope]], look: "tangent" },
    ...inputs.slice(1).map((x, index) => ({ dot: [x, clamped(slopes[index + 1], -1.3, 2.1)], look: "later" })),
    { dot: [start, clamped(slope, -1.3, 2.1)], look: "now" },
  ];
}

/** One bar a layer: from 1 down (or up) to the product so far, to the floor if that is 0. */
function barMarks({ name, scale, start, layers }) {
  const { products } = chain(name, scale, start, layers);
  const bars = products.map((product, index) => {
    const end = product === 0 ? FLOOR : clamped(Math.log10(Math.abs(product)), FLOOR, TOP);
    const [left, right] = [index + 1 - BAR, index + 1 + BAR];
    const look = product === 0 ? "dead" : product < 0 ? "below" : "bar";
    return { area: [[left, 0], [right, 0], [right, end], [left, end]], look };
  });
  const last = products.at(-1);
  const end = last === 0 ? FLOOR : clamped(Math.log10(Math.abs(last)), FLOOR, TOP);
  // Below a bar that hangs, and below the axis with its numbers where the bars stand.
  const at = [clamped(layers, 4, MOST_LAYERS - 4.5), end > 0 ? -1.6 : clamped(end, FLOOR + 1.6, 0)];
  return [
    ...RULES.map((exponent) => ({ line: [[NONE, exponent], [ALL, exponent]], look: exponent ? "rule" : "axis" })),
    ...RULES.slice(1).map((exponent) => ({ text: power(exponent), at: [-0.1, exponent], away: [-1, 0], look: "tick" })),
    { text: "1", at: [-1.2, -0.65], look: "tick" },
    ...bars,
    ...[1, 5, 10, 15, 20].map((index) => ({ text: String(index), at: [index, 0], away: [0, end > 0.1 ? -1 : 1], look: "tick" })),
    { text: slopeWords(last), at, away: [0, -1], look: "left" },
  ];
}

/** Tell each bar and each dot of whose layer it is; the first layer has the large dot, drawn last. */
function nameLayers(root) {
  const name = (node, index) => {
    node.dataset.about = `layer-${index + 1}`;
  };
  const dots = [...root.querySelectorAll(".book-head.book-later")];
  [root.querySelector(".book-head.book-now"), ...dots].forEach(name);
  root.querySelectorAll(":is(.book-bar, .book-below, .book-dead)").forEach(name);
}

/** Both planes; `setStart(x)` hears the reader. `draw(state)` eases to it, and follows a hand at once. */
export function picture({ setStart }) {
  const curves = plane({ label: "The function and its slope", ...SIDES, names: ["x", ""], size: [340, 254], steps: [1, 1] });
  const bars = plane({ label: "Product of the slopes, layer by layer", x: [-3.2, ALL], y: [FLOOR - 0.5, TOP], names: ["", ""], size: [340, 254], steps: [100, 100] });
  let byHand = false;
  let shown = null;
  const grip = curves.handle({
    label: "the number that goes in",
    look: "start",
    step: 0.05,
    range: [-REACH, REACH],
    onMove: ([x]) => {
      byHand = true;
      setStart(bounded(x));
      place(bounded(x)); // at once: another key may come before the frame
    },
  });
  function place(x) {
    grip.place([x, 0], number(x), x);
  }
  const move = eased(([exponent, start]) => {
    const now = { ...shown, scale: exponent === Math.log2(shown.scale) ? shown.scale : 2 ** exponent, start };
    place(start);
    curves.draw(curveMarks(now));
    bars.draw(barMarks(now));
    nameLayers(root);
    pointed.refresh();
  });
  const draw = ({ function: name, scale, start, layers }) => {
    const isSame = shown && shown.name === name && shown.layers === layers;
    shown = { name, layers, scale };
    const goal = [Math.log2(scale), start];
    if (byHand || !isSame) move.set(goal);
    else move.to(goal);
    byHand = false;
  };
  const key = (look, words) => element("span", { class: `book-name book-${look}` }, words);
  const panel = (words, drawing) =>
    element("div", { class: "book-panel" }, element("p", { class: "book-caption" }, ...words), drawing.root);
  const left = [key("value", "function"), ", ", key("slope", "slope"), ", ", key("limit", "limit"), "; dots: layers"];
  const right = ["Slopes multiplied, layer by layer"];
  const root = element("div", { class: "book-planes" }, panel(left, curves), panel(right, bars));
  const pointed = pointing(root);
  const stop = () => {
    move.stop();
    pointed.stop();
  };
  return { root, draw, stop };
}
