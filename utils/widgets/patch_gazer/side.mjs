// Beside the picture: a small map for each head, and what the net says.

import { ACROSS } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const COUNT = ACROSS * ACROSS;
const all = (length, make) => Array.from({ length }, (_, index) => make(index));

function map(label, choose) {
  const cells = all(COUNT, (place) =>
    shape("rect", { x: place % ACROSS, y: Math.floor(place / ACROSS), width: 1.03, height: 1.03, class: "book-cell" }),
  );
  const drawing = shape("svg", { viewBox: `-0.3 -0.3 ${ACROSS + 0.6} ${ACROSS + 0.6}`, "aria-hidden": true }, ...cells);
  const root = element("button", { type: "button", class: "book-head", "aria-label": label, "aria-pressed": "false", onclick: choose }, drawing);
  return { root, cells };
}

/** Maps of all heads, layer by layer; `choose(layer, head)` counts from 1. */
export function headMaps(layers, heads, choose) {
  const maps = all(layers * heads, (index) => {
    const [layer, head] = [Math.floor(index / heads) + 1, (index % heads) + 1];
    return map(`Layer ${layer}, head ${head}`, () => choose(layer, head));
  });
  const rows = all(layers, (layer) =>
    element(
      "div",
      { class: "book-layer" },
      element("span", {}, `layer ${layer + 1}`),
      ...maps.slice(layer * heads, (layer + 1) * heads).map(({ root }) => root),
    ),
  );
  const root = element("div", { class: "book-heads", role: "group", "aria-label": "Heads" }, ...rows);
  /** Weights of the patches, all heads in one list. */
  const draw = (numbers) => {
    maps.forEach(({ cells }, index) => {
      cells.forEach((cell, place) => {
        cell.style.setProperty("--share", Math.min(1, 7 * numbers[index * COUNT + place]).toFixed(3));
      });
    });
  };
  const choice = (layer, head) => {
    maps.forEach(({ root: node }, index) => node.setAttribute("aria-pressed", String(index === (layer - 1) * heads + head - 1)));
  };
  return { root, draw, choice };
}

/** Ten columns, as high as the probabilities. */
export function columns() {
  const [STEP, HIGH, BASE] = [22, 58, 60];
  const bars = all(10, (digit) => shape("rect", { x: STEP * digit + 2, width: STEP - 4, rx: 2, class: "book-bar" }));
  const names = all(10, (digit) => shape("text", { x: STEP * (digit + 0.5), y: BASE + 12 }, String(digit)));
  const line = shape("line", { x1: 0, x2: STEP * 10, y1: BASE, y2: BASE, class: "book-base" });
  const drawing = shape("svg", { viewBox: `0 0 ${STEP * 10} ${BASE + 20}` }, ...bars, line, ...names);
  const root = element("div", { class: "book-answer", role: "img" }, drawing);
  const draw = (probabilities) => {
    bars.forEach((bar, digit) => {
      const height = Math.max(0.5, HIGH * probabilities[digit]);
      bar.setAttribute("height", height.toFixed(2));
      bar.setAttribute("y", (BASE - height).toFixed(2));
    });
  };
  const name = (said, words) => {
    [...bars.entries()].forEach(([digit, bar]) => bar.classList.toggle("book-said", digit === said));
    [...names.entries()].forEach(([digit, text]) => text.classList.toggle("book-said", digit === said));
    root.setAttribute("aria-label", words);
  };
  return { root, draw, name };
}
