// The noise against the batch size, both logarithmic, beside the length of the full gradient.

import { SIZES, share } from "./math.mjs";
import { shape } from "../kit/parts.mjs";
import { marker, scales } from "../kit/plane_marks.mjs";

const MOST = SIZES.length - 1; // powers of two across
const HEIGHTS = [-2, 3.4]; // powers of two up
const TICKS = [0.25, 0.5, 1, 2, 4, 8];
const COUNT = SIZES.at(-1);
const MARGIN = { left: 1.35, right: 0.4, up: 0.6, down: 0.9 }; // in powers of two, at a size of 190 × 285

const onScale = (value) => Math.log2(Math.max(value, 1e-9));

/** The noise of every batch size along the line, from that of one example; it may end early. */
function curve(one, putBack) {
  const places = Array.from({ length: 121 }, (_, index) => (MOST * index) / 120);
  return places
    .map((power) => [power, onScale(one * Math.sqrt(share(2 ** power, COUNT, putBack)))])
    .filter(([, height]) => height >= HEIGHTS[0]);
}

/**
 * A small chart of `size` pixels: `draw({ one, power, noise, length, putBack })` shows the noise of
 * one example falling with the batch size, a dot at 2 to the `power`, and the gradient's length.
 */
export function chart(size, { ticks = TICKS, room = MARGIN } = {}) {
  const x = [-room.left, MOST + room.right];
  const y = [HEIGHTS[0] - room.down, HEIGHTS[1] + room.up];
  const { toPixels } = scales({ x, y, size });
  const { draw } = marker({ x, y, size });
  const written = (words, place, look, anchor) => {
    const [left, top] = toPixels(place);
    return shape("text", { class: `book-words book-${look}`, x: left, y: top, style: `text-anchor: ${anchor}` }, words);
  };
  const [left, low] = [-0.2, HEIGHTS[0] - 0.1];
  const ground = shape(
    "g",
    {},
    ...ticks.map((value) => draw({ line: [[0, Math.log2(value)], [MOST, Math.log2(value)]], look: "rule" })),
    ...ticks.map((value) => written(String(value), [left, Math.log2(value)], "scale", "end")),
    ...[0, 2, 4, 6].map((power) => written(String(2 ** power), [power, low - room.down * 0.35], "scale", "middle")),
    written("noise", [0, HEIGHTS[1] + room.up * 0.5], "title", "start"),
    written("batch size", [MOST, low - room.down * 0.72], "caption", "end"),
  );
  const marks = shape("g");
  const root = shape("svg", { viewBox: `0 0 ${size.join(" ")}`, class: "book-chart", role: "img" }, ground, marks);

  function show({ one, power, noise, length, putBack, words }) {
    const line = curve(one, putBack);
    const signal = onScale(length);
    const isSeen = signal > HEIGHTS[0];
    marks.replaceChildren(
      ...(isSeen ? [draw({ line: [[0, signal], [MOST, signal]], look: "signal" })] : []),
      ...(isSeen ? [written("gradient", [MOST, signal + room.up * 0.32], "signal", "end")] : []),
      ...(line.length > 1 ? [draw({ line, look: "noise" })] : []),
      ...(onScale(noise) >= HEIGHTS[0] ? [draw({ dot: [power, onScale(noise)], look: "now" })] : []),
    );
    root.setAttribute("aria-label", words);
  }

  return { root, draw: show };
}
