// A photograph under a move, with outlines and boxes over it.

import { SIDE, pushed, shiftHue } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

/** A square with the photograph, an outline and a box for each name; `words` describe it. */
export function board(names, look) {
  const canvas = element("canvas", { class: "book-photo", "aria-hidden": "true" });
  const parts = names.map((name) => ({
    outline: shape("polygon", { class: "book-outline" }),
    halo: shape("rect", { class: "book-halo" }),
    box: shape("rect", { class: `book-box book-${name}` }),
  }));
  const lines = parts.flatMap(({ outline, halo, box }) => [outline, halo, box]);
  const svg = shape("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, ...lines);
  const root = element("div", { class: `book-square ${look}`, role: "img" }, canvas, svg);
  let source = null;
  let painted = null;

  const paint = (shift) => {
    const rounded = Math.round(100 * shift) / 100;
    if (!source || painted === rounded) return;
    const tinted = new ImageData(shiftHue(source.data, rounded), source.width, source.height);
    canvas.getContext("2d").putImageData(tinted, 0, 0);
    painted = rounded;
  };

  /** Take over the photograph once the browser has it. */
  const take = (image) => {
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    source = context.getImageData(0, 0, canvas.width, canvas.height);
    painted = null;
  };

  const draw = ({ move, outlines, boxes, shift, words }) => {
    const [a, b, right, c, d, down] = move;
    const share = (pixels) => `${((100 * pixels) / SIDE).toFixed(3)}%`;
    const linear = [a, c, b, d].map((part) => part.toFixed(5)).join(", ");
    canvas.style.transform = `translate(${share(right)}, ${share(down)}) matrix(${linear}, 0, 0)`;
    paint(shift);
    for (const [at, { outline, halo, box }] of parts.entries()) {
      const places = pushed(outlines[at], move).map((point) => point.map((place) => place.toFixed(1)).join(","));
      outline.setAttribute("points", places.join(" "));
      const [left, top, end, bottom] = boxes[at];
      const sides = { x: left, y: top, width: Math.abs(end - left), height: Math.abs(bottom - top) };
      for (const rect of [halo, box]) {
        for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value.toFixed(1));
      }
    }
    if (words) root.setAttribute("aria-label", words);
  };
  return { root, draw, take };
}
