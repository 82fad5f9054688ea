// The ridges, one histogram a layer, and beside them a bar for the size of each layer's numbers.

import { LAYERS, flatShare, histogram, signals, size } from "./math.mjs";
import { sizeWords } from "./words.mjs";
import { power } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const RANGES = { tanh: [-2, 2], ReLU: [-2, 5], linear: [-4, 4] };
const TICKS = { tanh: [-1, 0, 1], ReLU: [0, 2, 4], linear: [-2, 0, 2] };
const BINS = 96;
const ROWS = LAYERS + 1;
// The drawings are stretched to their boxes, so they count in shares of a thousand.
const [ACROSS, DOWN] = [1000, 1000];
const [FIRST, LAST] = [130, 985]; // where the ridges of the input and of the last layer stand
const LEAST = 2e-5; // a share that counts as none
const TALL = 330; // of a ridge with all its numbers in one bin
const MANY = 0.6; // numbers where tanh is flat: as red as it gets
const MOST = 5; // powers of ten to both sides of 1
const THICK = 15; // of a bar
const MARKED = [0, 10, 20, 30]; // layers that are named at the side

const height = (layer) => FIRST + (layer / LAYERS) * (LAST - FIRST);
const bounded = (value, low, high) => Math.max(low, Math.min(high, value));

/** What is drawn of a layer: its ridge, its size as a power of ten, and how far it is from healthy. */
function seen(values, name, layer) {
  const exponent = bounded(Math.log10(Math.max(size(values), 1e-300)), -MOST, MOST);
  const flat = name === "tanh" ? layer && Math.min(1, flatShare(values) / MANY) : 0;
  const hot = Math.max(flat, bounded(exponent / 2, 0, 1));
  return [...histogram(values, RANGES[name], BINS), exponent, hot, bounded(-exponent / 2, 0, 1)];
}

const EACH = BINS + 3;

/**
 * The area of a ridge, and its crest: a line where there are numbers. Heights are roots of the
 * shares, so that a spike leaves room for the others.
 */
function outline(layer, shares) {
  const floor = height(layer);
  const step = ACROSS / (shares.length - 1);
  const tops = shares.map((share, bin) => `${(bin * step).toFixed(1)} ${(floor - TALL * Math.sqrt(share)).toFixed(1)}`);
  const isEmpty = (bin) => Math.max(shares[bin - 1] ?? 0, shares[bin], shares[bin + 1] ?? 0) < LEAST;
  const crest = tops.map((top, bin) => (isEmpty(bin) ? "" : `${bin === 0 || isEmpty(bin - 1) ? "M" : "L"}${top}`)).join("");
  return { area: `M0 ${floor}L${tops.join("L")}L${ACROSS} ${floor}Z`, crest };
}

const drawing = (label, ...parts) =>
  shape("svg", { viewBox: `0 0 ${ACROSS} ${DOWN}`, preserveAspectRatio: "none", role: "img", "aria-label": label }, ...parts);

/** A word beside a drawing, at a share of its width or of its height. */
const tick = (words, side, share) => element("span", { style: `${side}: ${(100 * share).toFixed(2)}%` }, words);

/** Both drawings with their words; `draw(state)` eases to a state. */
export function picture() {
  const layers = Array.from({ length: ROWS }, (_, layer) => layer);
  const part = (tag, layer, attributes = {}) => {
    const name = shape("title");
    const node = shape(tag, { ...attributes, "data-about": `layer-${layer}` }, name);
    return { node, name };
  };
  const ridges = layers.map((layer) => {
    const [area, crest] = [shape("path", { class: "book-area" }), shape("path", { class: "book-crest" })];
    const ridge = part("g", layer);
    ridge.node.append(area, crest);
    return { ...ridge, area, crest };
  });
  const bars = layers.map((layer) => part("rect", layer, { y: height(layer) - THICK, height: THICK }));
  const middle = shape("line", { x1: ACROSS / 2, x2: ACROSS / 2, y1: height(0) - 2 * THICK, y2: DOWN });
  const left = drawing("A histogram of the numbers in each layer", ...ridges.map(({ node }) => node));
  const right = drawing("The size of the numbers in each layer", middle, ...bars.map(({ node }) => node));
  const values = element("div", { class: "book-ticks" });
  const sides = MARKED.map((layer) => tick(layer ? String(layer) : "in", "top", height(layer) / DOWN));
  const powers = [-3, 0, 3].map((exponent) =>
    tick(exponent ? power(exponent) : "1", "left", (exponent + MOST) / (2 * MOST)),
  );
  const caption = (words) => element("p", { class: "book-caption" }, words);
  const root = element(
    "div",
    { class: "book-river" },
    element("div"),
    caption("Numbers in each layer"),
    caption("Their size"),
    element("div", { class: "book-sides", "aria-hidden": true }, ...sides),
    left,
    right,
    element("div"),
    values,
    element("div", { class: "book-ticks" }, ...powers),
  );
  const pointed = pointing(root);

  const move = eased((numbers) => {
    for (const layer of layers) {
      const own = numbers.slice(layer * EACH, (layer + 1) * EACH);
      const [exponent, hot, cold] = own.slice(BINS);
      const { area, crest } = outline(layer, own.slice(0, BINS));
      ridges[layer].area.setAttribute("d", area);
      ridges[layer].crest.setAttribute("d", crest);
      const [from, to] = [0, exponent].sort((one, other) => one - other);
      const place = (power10) => ((power10 + MOST) / (2 * MOST)) * ACROSS;
      bars[layer].node.setAttribute("x", place(from).toFixed(1));
      // A bar of size 1 has no length, and is seen all the same.
      bars[layer].node.setAttribute("width", Math.max(6, place(to) - place(from)).toFixed(1));
      for (const { node } of [ridges[layer], bars[layer]]) {
        node.style.setProperty("--hot", `${(100 * hot).toFixed(1)}%`);
        node.style.setProperty("--cold", `${(100 * cold).toFixed(1)}%`);
      }
    }
  });

  let shown = "";
  const draw = ({ function: name, scale }) => {
    const all = signals(name, scale);
    const goal = all.flatMap((each, layer) => seen(each, name, layer));
    all.forEach((each, layer) => {
      const words = `${layer ? `layer ${layer}` : "input"}: size ${sizeWords(size(each))}`;
      for (const { name: title } of [ridges[layer], bars[layer]]) title.textContent = words;
    });
    const [low, high] = RANGES[name];
    if (shown !== name) {
      values.replaceChildren(
        ...TICKS[name].map((value) => tick(String(value).replace("-", "\u2212"), "left", (value - low) / (high - low))),
      );
      move.set(goal); // another axis: nothing to ease
    } else move.to(goal);
    shown = name;
  };
  const stop = () => {
    move.stop();
    pointed.stop();
  };
  return { root, draw, stop };
}
