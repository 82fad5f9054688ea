// The two planes of the demo: the function with its slope, and the product of the slopes by layer.
// Both name what they show in place, and the layers that are not there yet stand as ghosts.

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
const [BESIDE, ROOM] = [7, 3.4]; // bars in whose room the product fits, and half its width in bars
const NAMED = 2.45; // where the two curves have their names
const CROWDED = 0.75; // below this height the name of the function stands over it

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

/** The names of the two curves and of the limit, on the right, where the curves lie apart. */
function nameMarks({ name, scale }) {
  if (isRamp(name)) {
    const isBent = layer(name, scale, -1)[0] !== limit(name, -1); // else the limit is the function
    return [
      { text: name, at: [1.5, limit(name, 1.5)], away: [-1, 0.4], look: "value" },
      { text: "its slope", at: [NAMED, layer(name, scale, NAMED)[1]], away: [0, -1], look: "slope" },
      ...(isBent ? [{ text: "limit", at: [-NAMED, 0], away: [0, 1], look: "limit" }] : []),
    ];
  }
  const [height] = layer(name, scale, NAMED);
  const aside = name === "tanh" ? -NAMED : NAMED; // the slope of a tanh has the left to itself
  return [
    { text: name, at: [NAMED, height], away: [0, height < CROWDED ? 1 : -1], look: "value" },
    { text: "its slope", at: [aside, layer(name, scale, aside)[1]], away: [0, 1], look: "slope" },
    { text: "limit", at: [NAMED, 1], away: [0, 1], look: "limit" },
  ];
}

/** The end of a bar, as a power of ten within the plane; the floor if its product is 0. */
const endOf = (product) => (product === 0 ? FLOOR : clamped(Math.log10(Math.abs(product)), FLOOR, TOP));

/** Where the product is written: beside the last bar that hangs, or below the axis where bars stand. */
function productPlace(products, layers) {
  const end = endOf(products[layers - 1]);
  if (end > 0) return [clamped(layers, 4, MOST_LAYERS - 4.5), -2.6];
  const early = products.slice(0, BESIDE).map(endOf);
  const isEarly = layers < BESIDE + 1;
  return isEarly ? [ROOM + 0.2, clamped(Math.min(...early) - 1.1, FLOOR + 0.4, -1)] : [layers - 0.6 - ROOM, clamped(end - 0.35, FLOOR + 0.4, -1)];
}

/** One bar a layer: from 1 down (or up) to the product so far, to the floor if that is 0. */
function barMarks({ name, scale, start, layers }) {
  const { products } = chain(name, scale, start, MOST_LAYERS);
  const bars = products.map((product, index) => {
    const end = endOf(product);
    const [left, right] = [index + 1 - BAR, index + 1 + BAR];
    const look = index >= layers ? "ghost" : product === 0 ? "dead" : product < 0 ? "below" : "bar";
    return { area: [[left, 0], [right, 0], [right, end], [left, end]], look };
  });
  const last = products[layers - 1];
  const end = endOf(last);
  const at = productPlace(products, layers);
  return [
    { area: [[NONE, 0], [ALL, 0], [ALL, TOP], [NONE, TOP]], look: "grows" },
    { text: "explodes", at: [ALL - 3.4, 2.2], look: "grows" },
    ...RULES.map((exponent) => ({ line: [[NONE, exponent], [ALL, exponent]], look: exponent ? "rule" : "axis" })),
    ...RULES.slice(1).map((exponent) => ({ text: power(exponent), at: [-0.1, exponent], away: [-1, 0], look: "tick" })),
    { text: "1", at: [-1.2, -0.65], look: "tick" },
    ...bars,
    ...[1, 5, 10, 15, 20].map((index) => ({ text: String(index), at: [index, 0], away: [0, end > 0.1 ? -1 : 1], look: "tick" })),
    { text: slopeWords(last), at, look: "left" },
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
    curves.draw([...curveMarks(now), ...nameMarks(now)]);
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
  const panel = (words, drawing) =>
    element("div", { class: "book-panel" }, element("p", { class: "book-caption" }, words), drawing.root);
  const root = element("div", { class: "book-planes" }, panel("Dots: the slope in each layer", curves), panel("Slopes multiplied, layer by layer", bars));
  const pointed = pointing(root);
  const stop = () => {
    move.stop();
    pointed.stop();
  };
  return { root, draw, stop };
}
