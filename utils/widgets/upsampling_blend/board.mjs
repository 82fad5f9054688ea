// The scene under its mask, and the bars beside it.

import { CLASSES, SIDE, outline } from "./math.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

// The book's colours of classes; background has none.
const COLOURS = [
  [0, 0, 0], [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0],
  [86, 180, 233], [136, 34, 85], [221, 204, 119], [51, 34, 136], [153, 153, 51],
];
const colour = (kind) => `rgb(${COLOURS[kind].join(" ")})`;
export const nameOf = (kind) => (kind ? String(kind - 1) : "ground");

/** The scene: `onPixel([row, column])` hears where pointer or keys are. */
export function board(greys, truth, onPixel) {
  const photo = element("canvas", { class: "book-dots" });
  const glass = element("canvas", { class: "book-glass" });
  const edges = shape("path", { class: "book-edges", d: outline(truth) });
  const cross = shape("rect", { class: "book-cross", width: 1, height: 1 });
  const drawing = shape("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": true }, edges, cross);
  const root = element("div", { class: "book-board", role: "application", tabindex: 0 }, photo, glass, drawing);
  paint(photo, greys, SIDE, SIDE);
  glass.width = SIDE;
  glass.height = SIDE;
  let place = [0, 0];
  const within = (at) => Math.max(0, Math.min(SIDE - 1, at));
  const go = (next) => {
    if (next[0] !== place[0] || next[1] !== place[1]) onPixel(next);
  };
  const hear = ({ clientX, clientY }) => {
    const { left, top, width, height } = root.getBoundingClientRect();
    go([(clientY - top) / height, (clientX - left) / width].map((share) => within(Math.floor(share * SIDE))));
  };
  for (const kind of ["pointermove", "pointerdown"]) root.addEventListener(kind, hear);
  onArrows(root, (rows, columns) => go([within(place[0] + rows), within(place[1] + columns)]));
  const draw = (mask, strength) => {
    const image = new ImageData(SIDE, SIDE);
    for (const [at, kind] of mask.entries()) image.data.set([...COLOURS[kind], kind ? 255 * strength : 0], 4 * at);
    glass.getContext("2d").putImageData(image, 0, 0);
  };
  const point = (next, words) => {
    place = next;
    cross.setAttribute("x", next[1]);
    cross.setAttribute("y", next[0]);
    root.setAttribute("aria-label", `Row ${next[0]}, column ${next[1]}: ${words}. Arrow keys move.`);
  };
  return { root, draw, point };
}

/** Bars from 0 to 1 under a title, one for each of some classes. */
export function bars(title, kinds, look) {
  const rows = kinds.map((kind) => {
    const fill = element("i", { class: "book-fill" });
    const text = element("span", { class: "book-number" });
    fill.style.background = kind ? colour(kind) : "";
    return { fill, text, root: element("div", { class: "book-bar" }, element("b", {}, nameOf(kind)), element("span", { class: "book-track" }, fill), text) };
  });
  const heading = element("div", { class: "book-title" }, title);
  const root = element("div", { class: `book-bars ${look}` }, heading, element("div", { class: "book-rows" }, ...rows.map((row) => row.root)));
  const draw = (values) => {
    for (const [index, { fill }] of rows.entries()) fill.style.setProperty("--share", values[index] || 0);
  };
  const name = (values, chosen = -1) => {
    for (const [index, row] of rows.entries()) {
      row.text.textContent = Number.isNaN(values[index]) ? "" : values[index].toFixed(2);
      row.root.classList.toggle("book-chosen", index === chosen);
    }
  };
  return { root, draw, name, say: (text) => heading.replaceChildren(...text) };
}

export const ALL = Array.from({ length: CLASSES }, (_, kind) => kind);
