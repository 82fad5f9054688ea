// What the demo computes: pooled pictures, and how they change under shifts.

export const [ROWS, COLUMNS] = [12, 24]; // pixels of the picture
export const [TOP, LEFT] = [2, 1]; // where the digit stands before a shift
export const FARTHEST = 12; // the largest shift
export const KINDS = ["max", "average"];

const table = (rows, columns, entry) =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => entry(row, column)));

/** Pixels from one window to the next. */
export const strideOf = (window, overlap) => window - (overlap ? 1 : 0);

/** The picture with the digit, rows of ink, shifted to the right. */
export function picture(ink, shift) {
  return table(ROWS, COLUMNS, (row, column) => ink[row - TOP]?.[column - LEFT - shift] ?? 0);
}

/** The numbers that a window sees at a place of the output. */
export function seenBy(x, window, stride, [row, column]) {
  return table(window, window, (i, j) => x[row * stride + i][column * stride + j]).flat();
}

const OF_WINDOW = {
  max: (numbers) => Math.max(...numbers),
  average: (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
};

/** The pooled picture of a kind, "max" or "average". */
export function pooled(kind, x, window, stride) {
  const [rows, columns] = [x.length, x[0].length].map((size) => Math.floor((size - window) / stride) + 1);
  return table(rows, columns, (...place) => OF_WINDOW[kind](seenBy(x, window, stride, place)));
}

/** An output moved by so many cells to the right, with zeros behind it. */
export const moved = (output, cells) => output.map((row) => row.map((_, column) => row[column - cells] ?? 0));

const size = (output) => Math.hypot(...output.flat());
const minus = (one, other) => one.map((row, i) => row.map((number, j) => number - other[i][j]));

/**
 * The output `now`, after a shift, beside the output `first` before it. `cells` is the whole move,
 * one of the two next to shift / stride, that brings `first` closest to `now`, `change` what is
 * then left of the difference, by the size of `first`, and `differs` where it is.
 */
export function compared(first, now, shift, stride) {
  const tries = [Math.floor(shift / stride), Math.ceil(shift / stride)].map((cells) => {
    const rest = minus(now, moved(first, cells));
    return { cells, change: size(rest) / size(first), differs: rest.map((row) => row.map((gap) => Math.abs(gap) > 1e-9)) };
  });
  return tries[1].change < tries[0].change ? tries[1] : tries[0];
}

/** The changes of one kind for all shifts, from 0 to the farthest. */
export function curve(kind, ink, window, stride) {
  const outputs = Array.from({ length: FARTHEST + 1 }, (_, shift) => pooled(kind, picture(ink, shift), window, stride));
  return outputs.map((output, shift) => compared(outputs[0], output, shift, stride).change);
}
