// A photograph under a move, with outlines and boxes over it.

import { SIDE, pushed, shiftHue } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const DOTS = 800; // of the canvas: two for each pixel of the page
const LINE = 2; // 400ths of the side across an outline

/** A square with the photograph and the outlines, and a box for each name; `words` describe it. */
export function board(names, look) {
  const canvas = element("canvas", { class: "book-photo", width: DOTS, height: DOTS, "aria-hidden": "true" });
  const parts = names.map((name) => ({
    halo: shape("rect", { class: "book-halo" }),
    box: shape("rect", { class: `book-box book-${name}` }),
  }));
  const lines = parts.flatMap(({ halo, box }) => [halo, box]);
  const svg = shape("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, ...lines);
  const root = element("div", { class: `book-square ${look}`, role: "img" }, canvas, svg);
  const tinted = element("canvas");
  let source = null;
  let painted = null;

  const tint = (shift) => {
    const rounded = Math.round(100 * shift) / 100;
    if (!source || painted === rounded) return;
    const pixels = new ImageData(shiftHue(source.data, rounded), source.width, source.height);
    tinted.getContext("2d").putImageData(pixels, 0, 0);
    painted = rounded;
  };

  /** Take over the photograph once the browser has it. */
  const take = (image) => {
    tinted.width = image.naturalWidth;
    tinted.height = image.naturalHeight;
    const context = tinted.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    source = context.getImageData(0, 0, tinted.width, tinted.height);
    painted = null;
  };

  const paint = (move, outlines) => {
    const context = canvas.getContext("2d");
    const scale = DOTS / SIDE;
    const [a, b, right, c, d, down] = move.map((part) => scale * part);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, DOTS, DOTS);
    context.setTransform(a, c, b, d, right, down);
    if (source) context.drawImage(tinted, 0, 0, SIDE, SIDE);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.lineJoin = "round";
    const lines = outlines.map((outline) => {
      const line = new Path2D();
      for (const [x, y] of pushed(outline, move)) line.lineTo(x, y);
      line.closePath();
      return line;
    });
    for (const [name, width] of [
      ["--augment-shade", 3 * LINE],
      ["--augment-outline", LINE],
    ]) {
      context.strokeStyle = getComputedStyle(root).getPropertyValue(name);
      context.lineWidth = width;
      for (const line of lines) context.stroke(line);
    }
  };

  const draw = ({ move, outlines, boxes, shift, words }) => {
    tint(shift);
    paint(move, outlines);
    for (const [at, { halo, box }] of parts.entries()) {
      const [left, top, right, bottom] = boxes[at];
      const sides = { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
      for (const rect of [halo, box]) {
        for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value.toFixed(1));
      }
    }
    root.setAttribute("aria-label", words);
  };
  return { root, draw, take };
}
