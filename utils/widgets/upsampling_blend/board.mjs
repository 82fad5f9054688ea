// The scene under its mask, the grids that it comes from, and the bars beside it.

import { CLASSES, SIDE, maskOf, outline } from "./math.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

// The book's colours of classes; background has none.
const COLOURS = [
  [0, 0, 0], [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0],
  [86, 180, 233], [136, 34, 85], [221, 204, 119], [51, 34, 136], [153, 153, 51],
];
const GROUND = [54, 56, 60, 255];
const ROOM = [0.24, 0.05]; // the least share that has room for a name: ground, a digit
const colour = (kind) => `rgb(${COLOURS[kind].join(" ")})`;
export const nameOf = (kind) => (kind ? String(kind - 1) : "ground");

/** The scene: `onPixel([row, column])` hears where pointer or keys are. */
export function board(greys, truth, onPixel) {
  const photo = element("canvas", { class: "book-dots" });
  const glass = element("canvas", { class: "book-glass" });
  const edges = shape("path", { class: "book-edges", d: outline(truth) });
  const cross = shape("rect", { class: "book-cross", width: 2, height: 2 });
  const drawing = shape("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": true }, edges, cross);
  const root = element("div", { class: "book-board", role: "application", tabindex: 0 }, photo, glass, drawing);
  paint(photo, greys, SIDE, SIDE);
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
  const draw = (mask, strength) => fillMask(glass, mask, 255 * strength, [0, 0, 0, 0]);
  const point = (next, words) => {
    place = next;
    cross.setAttribute("x", next[1] - 0.5);
    cross.setAttribute("y", next[0] - 0.5);
    root.setAttribute("aria-label", `Row ${next[0]}, column ${next[1]}: ${words}. Arrow keys move.`);
  };
  return { root, draw, point };
}

/** Paint a mask on a square canvas: each class in its colour, the ground in four bytes of its own. */
function fillMask(canvas, mask, alpha, ground) {
  const side = Math.sqrt(mask.length);
  const image = new ImageData(side, side);
  for (const [at, kind] of mask.entries()) image.data.set(kind ? [...COLOURS[kind], alpha] : ground, 4 * at);
  canvas.width = side;
  canvas.height = side;
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** The grids of answers, the coarsest first: `onChoose(index)` hears which is to be the finest in use. */
export function ladder(sides, onChoose) {
  const steps = sides.map((side, index) => {
    const canvas = element("canvas", {});
    const here = element("i", { class: "book-here" });
    const tile = element("button", { type: "button", class: "book-tile", "aria-label": `Answers on ${side} by ${side} places` }, canvas, here);
    tile.addEventListener("click", () => onChoose(index));
    here.style.setProperty("--side", side);
    return { side, canvas, here, tile, root: element("div", { class: "book-step" }, tile, `${side}×${side}`) };
  });
  const root = element("div", { class: "book-ladder" }, element("div", { class: "book-title" }, "Answers on a grid"), element("div", { class: "book-steps" }, ...steps.map((step) => step.root)));
  const draw = (grids, pixel) => {
    for (const [index, { side, canvas, here, tile, root: step }] of steps.entries()) {
      const isUsed = index < grids.length;
      tile.setAttribute("aria-pressed", isUsed);
      step.classList.toggle("book-unused", !isUsed);
      if (isUsed) fillMask(canvas, maskOf(grids[index]), 255, GROUND);
      for (const [axis, at] of [["--row", pixel[0]], ["--column", pixel[1]]]) here.style.setProperty(axis, Math.floor((at * side) / SIDE));
    }
  };
  return { root, draw };
}

/** The IoU of some classes, a bar for each under their mean. */
export function bars(kinds) {
  const rows = kinds.map((kind) => {
    const fill = element("i", { class: "book-fill" });
    const text = element("span", { class: "book-number" });
    fill.style.background = kind ? colour(kind) : "";
    return { fill, text, root: element("div", { class: "book-bar" }, element("b", {}, nameOf(kind)), element("span", { class: "book-track" }, fill), text) };
  });
  const heading = element("div", { class: "book-title" });
  const root = element("div", { class: "book-overlap" }, heading, element("div", { class: "book-rows" }, ...rows.map((row) => row.root)));
  const draw = (values) => {
    for (const [index, { fill }] of rows.entries()) fill.style.setProperty("--share", values[index]);
  };
  const say = (values, mean) => {
    heading.replaceChildren("IoU, mean ", element("strong", {}, mean.toFixed(2)));
    for (const [index, { text }] of rows.entries()) text.textContent = values[index].toFixed(2);
  };
  return { root, draw, say };
}

/** The shares of all classes at one pixel, side by side in one bar; those with room have their names below. */
export function votes() {
  const parts = Array.from({ length: CLASSES }, (_, kind) => {
    const fill = element("i", { class: "book-fill" });
    fill.style.background = kind ? colour(kind) : "";
    return { fill, root: element("div", { class: "book-part" }, fill, element("b", {}, nameOf(kind))) };
  });
  const root = element("div", { class: "book-votes" }, element("div", { class: "book-title" }, "In the frame"), element("div", { class: "book-parts" }, ...parts.map((part) => part.root)));
  const draw = (shares) => {
    for (const [kind, { fill, root: part }] of parts.entries()) {
      fill.style.setProperty("--share", shares[kind]);
      part.style.setProperty("--share", shares[kind]);
    }
  };
  const say = (shares, said) => {
    for (const [kind, { root: part }] of parts.entries()) {
      part.classList.toggle("book-chosen", kind === said);
      part.classList.toggle("book-slim", shares[kind] < ROOM[Math.min(kind, 1)]);
    }
  };
  return { root, draw, say };
}
