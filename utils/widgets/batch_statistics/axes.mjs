// Where things stand in the picture: the two axes, in a wide drawing and in a narrow one.

import { SIZES } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const RANGE = [-2, 2.2]; // of normalised numbers; no output of the marked image lies beyond it
export const AFTER = [-2, -1, 0, 1, 2];
export const BEFORE = [4.5, 5, 5.5];

export const WIDE = {
  ...{ look: "whole", width: 800, height: 392, top: 30, low: 348, left: 96, right: 516, columns: [568, 800], face: 52 },
  names: ["brightness in the batch", "normalised", "output by batch size"],
  notes: [["one image, 12 outputs", "12 batch means \u2192 0"], ["one image, one output", "one stored mean \u2192 0"]],
};
export const NARROW = {
  ...{ look: "narrow", width: 308, height: 346, top: 24, low: 306, left: 46, right: 166, columns: [192, 308], face: 26 },
  names: ["brightness", "normalised", "output"],
  notes: [["12 outputs", "12 means \u2192 0"], ["one output", "one mean \u2192 0"]],
};

/**
 * From numbers to pixels of a drawing. With the stored mean and root of all images a number keeps its
 * height, so that stored statistics draw level lines.
 */
export function scales({ top, low, columns: [first, last] }, [mean, root]) {
  const after = (value) => low - ((value - RANGE[0]) / (RANGE[1] - RANGE[0])) * (low - top);
  const step = (last - first) / SIZES.length;
  return { after, before: (value) => after((value - mean) / root), column: (place) => first + (place + 0.5) * step, step };
}

export function text(words, x, y, look) {
  return shape("text", { x, y, class: `book-label book-${look}` }, words);
}

export const line = (look, x1, y1, x2, y2) => shape("line", { class: `book-${look}`, x1, y1, x2, y2 });
