// What the padding and stride explorer shows, worked out from its settings without drawing.

import { axisOf, contributions, convTranspose2d, conv2d, kernelSpan, outputShape, outputsAt, useCounts, windowCells } from "../kit/convolution.mjs";
import { useRange } from "./use.mjs";
import { number, problem } from "./words.mjs";

const SETTINGS = ["input_size", "padding", "stride", "dilation", "output_padding", "transposed"];

const BRIGHTEST = 3;

const table = ([rows, columns], value) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => value(i, j)));

/** The demo's input: a bright slanting spot in 0 to 3, as large as the input. */
export function inputValues(height, width) {
  const from = (at, size) => (2 * at + 1) / size - 1;
  return table([height, width], (i, j) => {
    const [y, x] = [from(i, height) + 0.1, from(j, width) - 0.05];
    const away = y * y + x * x + 0.7 * y * x;
    return Math.floor((BRIGHTEST + 0.5) * Math.max(0, Math.min(1, 1.6 - 2 * away)));
  });
}

/** The demo's kernel, different when flipped or transposed: right minus left. */
export function kernelValues(height, width) {
  return table([height, width], (i, j) => (width === 1 ? 1 : Math.sign(2 * j + 1 - width)));
}

/**
 * A kernel in a new size: weights that still have a place stay, the others are filled in. The demo's
 * own kernel becomes the demo's own in that size.
 */
export function resized(kernel, [height, width]) {
  const fresh = kernelValues(height, width);
  const own = kernelValues(kernel.length, kernel[0].length);
  if (String(kernel) === String(own)) return fresh;
  return fresh.map((row, i) => row.map((weight, j) => kernel[i]?.[j] ?? weight));
}

/** The settings of the operation; the kernel says its own size. */
export function settingsOf(state) {
  const pairs = SETTINGS.map((name) => [name, state[name]]);
  const kernel_size = [state.kernel.length, state.kernel[0].length];
  return { ...Object.fromEntries(pairs), kernel_size };
}

/** All numbers that belong to the settings; empty arrays where nothing can be computed. */
export function scene(state) {
  const settings = settingsOf(state);
  const trouble = problem(settings);
  const input = inputValues(...settings.input_size);
  const operation = settings.transposed ? convTranspose2d : conv2d;
  return {
    settings,
    trouble,
    input,
    kernel: state.kernel,
    shape: trouble ? [0, 0] : outputShape(settings),
    output: trouble ? [] : operation(input, state.kernel, settings),
    uses: trouble ? [] : useCounts(settings),
    most: trouble ? 0 : useRange(settings)[1],
  };
}

/** The output position nearest to a place that may lie outside of it. */
export function bounded({ shape }, place) {
  return place.map((at, side) => Math.max(0, Math.min(at, shape[side] - 1)));
}

/** The next output position in reading order, or null after the last. */
export function nextPosition({ shape: [rows, columns] }, [row, column]) {
  if (column + 1 < columns) return [row, column + 1];
  return row + 1 < rows ? [row + 1, 0] : null;
}

/** The meetings of input and kernel that make the output number at a position. */
export function meetingsAt({ settings }, position) {
  return settings.transposed ? contributions(settings, position) : windowCells(settings, position);
}

/** The output positions that an input cell takes part in, in reading order. */
export function readersOf({ settings }, cell) {
  const [rows, columns] = cell.map((at, side) => outputsAt(axisOf(settings, side), at));
  return rows.flatMap((row) => columns.map((column) => [row, column]));
}

/**
 * The box around the input cells of one output number: { top, left, height, width } in cells, or
 * null where no input reaches it. Without an output it is the window in the first corner.
 */
export function windowBox(now, position) {
  const { settings, trouble } = now;
  if (trouble && settings.transposed) return null;
  if (trouble) {
    const [height, width] = [0, 1].map((side) => kernelSpan(axisOf(settings, side)));
    const [top, left] = settings.padding.map((cells) => -cells);
    return { top, left, height, width };
  }
  const cells = meetingsAt(now, position).map((meeting) => meeting.input);
  if (!cells.length) return null;
  const [top, left] = [0, 1].map((side) => Math.min(...cells.map((cell) => cell[side])));
  const [bottom, right] = [0, 1].map((side) => Math.max(...cells.map((cell) => cell[side])));
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Whether the task is done: a 5 × 5 kernel whose output is as large as the input. */
export function keepsTheSize(state) {
  const settings = settingsOf(state);
  const { kernel_size, input_size, transposed } = settings;
  return !transposed && [kernel_size, outputShape(settings)].join(";") === `5,5;${input_size}`;
}

function counted({ uses, most }, shown, cell, row, column) {
  const count = uses[row]?.[column];
  const text = shown === "uses" ? (count ?? "") : cell.text;
  if (count === 0) return { kind: "never", text };
  if (shown === "uses") return { kind: "plain", share: count ? count / most : 0, text };
  return cell;
}

/** The input grid: a convolution shows its padding, and the cells that it never uses. */
export function inputGrid(now, shown) {
  const { settings, input } = now;
  const edge = settings.transposed ? [0, 0] : settings.padding;
  const [rows, columns] = settings.input_size.map((size, side) => size + 2 * edge[side]);
  const look = (row, column) => {
    const value = input[row]?.[column];
    if (value === undefined) return { kind: "padding", text: shown === "uses" ? "" : 0 };
    const cell = { kind: value ? "plain" : "zero", share: value / BRIGHTEST, text: value };
    return settings.transposed ? cell : counted(now, shown, cell, row, column);
  };
  return { first: edge.map((cells) => -cells), rows, columns, size: settings.input_size, look };
}

const LEVELS = 12; // of colour in the output: enough to see, few enough to draw at once

/** The output grid: a transposed one shows what was cut off, and what nothing reaches. */
export function outputGrid(now, shown) {
  const { settings, shape, output } = now;
  const edge = settings.transposed ? settings.padding : [0, 0];
  // Output padding first takes back what padding would have cut off at the end.
  const after = edge.map((cells, side) => Math.max(0, cells - settings.output_padding[side]));
  const [rows, columns] = shape.map((size, side) => edge[side] + size + after[side]);
  const greatest = Math.max(1, ...output.flat().map(Math.abs));
  const look = (row, column) => {
    const value = output[row]?.[column];
    if (value === undefined) return { kind: "cut" };
    const share = Math.round((LEVELS * Math.abs(value)) / greatest) / LEVELS;
    const kind = value < 0 ? "negative" : value ? "plain" : "zero";
    const cell = { kind, share, text: number(value) };
    return settings.transposed ? counted(now, shown, cell, row, column) : cell;
  };
  return { first: edge.map((cells) => -cells), rows, columns, size: shape, look };
}
