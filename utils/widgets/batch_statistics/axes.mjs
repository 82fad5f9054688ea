// The axes of the demo: numbers before and after normalisation, and the latter over all the width.

import { shape } from "../kit/parts.mjs";

export const [LEFT, WIDTH, RIGHT] = [56, 234, 10]; // room for labels, the axis, and room for its last number

const axis = (range, ticks, wide = WIDTH) => ({ ticks, wide, across: (value) => ((value - range[0]) / (range[1] - range[0])) * wide });

export const BEFORE = { ...axis([3.9, 6.1], [4, 4.5, 5, 5.5, 6]), title: "brightness in 12 batches", each: "means, by batch size" };
export const AFTER = { ...axis([-3, 3], [-2, -1, 0, 1, 2]), title: "normalised", each: "output of the image, by batch size" };
export const WHOLE = { ...AFTER, ...axis([-1.8, 2.2], [-1, 0, 1, 2], 558) };

/** A frame that is `height` high, with a line at each number of the axis from `top` to `bottom`. */
export function frame({ ticks, across, wide }, look, height, [top, bottom], ...parts) {
  const lines = ticks.map((at) => shape("line", { class: "book-line", x1: across(at), x2: across(at), y1: top, y2: bottom }));
  const grid = shape("g", { class: "book-grid" }, ...lines);
  const viewBox = `${-LEFT} 0 ${LEFT + wide + RIGHT} ${height}`;
  // Where a phone gives it less height, its foot is cut off.
  return shape("svg", { viewBox, role: "img", class: look, preserveAspectRatio: "xMidYMin slice" }, grid, ...parts);
}

/** The numbers under an axis. */
export function numbers({ ticks, across }, y) {
  return ticks.map((at) => text(String(at).replace("-", "\u2212"), across(at), y, "tick"));
}

export function text(words, x, y, look) {
  return shape("text", { x, y, class: `book-label book-${look}` }, words);
}
