// Kernel stamps: a transposed convolution worked out twice, by stamps and by a window.

import { axisCounts, contributions, convTranspose2d } from "../kit/convolution.mjs";

export const INPUT = [
  [1, 2, 1, 0],
  [2, 3, 2, 1],
  [1, 2, 3, 2],
  [0, 1, 2, 1],
];
const N = INPUT.length;

const table = (side, value) =>
  Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_, j) => value(i, j)));

/** The demo's kernel: largest in its first corner, so that it looks different when flipped. */
export function kernelOf(size) {
  return table(size, (i, j) => size - Math.max(i, j));
}

/** How many stamps of width k reach a pixel far from all edges: a number for each of s phases. */
export function phaseCounts(k, s) {
  return Array.from({ length: s }, (_, phase) => Math.ceil(Math.max(0, k - phase) / s));
}

/** Whether pixels far from the edges get equally many stamps. */
export function isEven({ k, s }) {
  return new Set(phaseCounts(k, s)).size === 1;
}

/** All that the settings say: sides, kernel, the canvas with all stamps; `side` may be below 1. */
export function scene({ kernel_size: k, stride: s, padding: p }) {
  const full = (N - 1) * s + k;
  const kernel = kernelOf(k);
  const canvas = convTranspose2d(INPUT, kernel, { stride: [s, s] });
  const axis = { input_size: N, kernel_size: k, stride: s, padding: 0, dilation: 1 };
  const counts = axisCounts({ ...axis, output_padding: 0, transposed: true });
  return { k, s, p, full, side: full - 2 * p, kernel, canvas, counts, edge: k - 1 - p };
}

/** The stamp of one input pixel: its place on the canvas, and the kernel times the pixel. */
export function stampOf({ k, s, kernel }, [i, j]) {
  const value = INPUT[i][j];
  const values = kernel.map((row) => row.map((weight) => value * weight));
  return { value, values, top: i * s, left: j * s, side: k };
}

/** The canvas after the first `count` stamps in reading order. */
export function canvasAfter(now, count) {
  const canvas = table(now.full, () => 0);
  for (let at = 0; at < count; at++) {
    const { values, top, left } = stampOf(now, [Math.floor(at / N), at % N]);
    values.forEach((row, i) => row.forEach((value, j) => (canvas[top + i][left + j] += value)));
  }
  return canvas;
}

/** The input pixels and kernel entries that meet at a pixel of the canvas. */
export function reaching({ k, s }, cell) {
  const pair = (value) => [value, value];
  const settings = { input_size: pair(N), kernel_size: pair(k), stride: pair(s), padding: [0, 0] };
  return contributions({ ...settings, dilation: [1, 1], output_padding: [0, 0] }, cell);
}

/**
 * The input with s − 1 zeros between its pixels and k − p − 1 around: { side, first, at }, where
 * `at(row, column)` is { value, kind } and rows begin at `first`, which is 0 or less.
 */
export function stretched({ s, edge }) {
  const inner = (N - 1) * s + 1;
  const around = Math.max(0, edge);
  const at = (row, column) => {
    const isOutside = [row, column].some((place) => place < 0 || place >= inner);
    if (isOutside) return { value: 0, kind: "padding" };
    if (row % s || column % s) return { value: 0, kind: "zero" };
    return { value: INPUT[row / s][column / s], kind: "plain" };
  };
  return { side: inner + 2 * around, first: -around, at };
}

/** What the flipped kernel meets for one output number: { top, left, products, sum }. */
export function windowOf(now, [row, column]) {
  const { k, kernel, edge } = now;
  const { at } = stretched(now);
  const [top, left] = [row - edge, column - edge];
  const products = table(k, (i, j) => at(top + i, left + j).value * kernel[k - 1 - i][k - 1 - j]);
  return { top, left, products, sum: products.flat().reduce((sum, one) => sum + one, 0) };
}

/** The output numbers whose windows see a cell of the stretched input. */
export function seenBy({ k, side, edge }, [row, column]) {
  const along = (place) =>
    Array.from({ length: Math.max(0, side) }, (_, at) => at).filter(
      (at) => at - edge <= place && place < at - edge + k,
    );
  return along(row).flatMap((r) => along(column).map((c) => [r, c]));
}

/** The next cell of a square in reading order, or null after the last. */
export function following(side, [row, column]) {
  if (column + 1 < side) return [row, column + 1];
  return row + 1 < side ? [row + 1, 0] : null;
}

/** Whether the task is done: stride 2, twice the side, and no checkerboard. */
export function isDoubled(state) {
  const now = scene(state);
  return now.s === 2 && now.side === 2 * N && isEven(now);
}
