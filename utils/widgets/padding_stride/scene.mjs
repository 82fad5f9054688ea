// What the padding and stride explorer shows, worked out from its settings without drawing.

import { contributions, convTranspose2d, conv2d, inputValues, kernelValues, outputShape, useCounts, windowCells } from "../kit/convolution.mjs";
import { problem, sums, times, useRange } from "./words.mjs";

/** All numbers that belong to the settings; empty arrays where nothing can be computed. */
export function scene(settings) {
  const trouble = problem(settings);
  const input = inputValues(...settings.input_size);
  const kernel = kernelValues(...settings.kernel_size);
  const operation = settings.transposed ? convTranspose2d : conv2d;
  return {
    settings,
    trouble,
    input,
    kernel,
    shape: trouble ? [0, 0] : outputShape(settings),
    output: trouble ? [] : operation(input, kernel, settings),
    uses: trouble ? [] : useCounts(settings),
    most: trouble ? 0 : useRange(settings)[1],
  };
}

/** The meetings of input and kernel that make the output number at a position. */
export function meetingsAt({ settings }, position) {
  return settings.transposed
    ? contributions(settings, position)
    : windowCells(settings, position);
}

function countedCell({ uses, most }, shown, value, row, column) {
  const count = uses[row]?.[column];
  const text = shown === "uses" ? (count ?? "") : value;
  if (count === 0) return { kind: "never", text };
  return { kind: "plain", share: count ? count / most : 0, text };
}

/** The input grid: a convolution shows its padding, and how often each cell is used. */
export function inputGrid(now, shown) {
  const { settings, input } = now;
  const edge = settings.transposed ? [0, 0] : settings.padding;
  const [rows, columns] = settings.input_size.map((size, side) => size + 2 * edge[side]);
  const look = (row, column) => {
    const value = input[row]?.[column];
    if (value === undefined) return { kind: "padding", text: shown === "uses" ? "" : 0 };
    if (settings.transposed) return { kind: "plain", text: value };
    return countedCell(now, shown, value, row, column);
  };
  return { first: edge.map((cells) => -cells), rows, columns, look };
}

/** The output grid: a transposed one shows what was cut off, and how many products meet. */
export function outputGrid(now, shown) {
  const { settings, shape, output } = now;
  const edge = settings.transposed ? settings.padding : [0, 0];
  // Output padding first takes back what padding would have cut off at the end.
  const after = edge.map((cells, side) => Math.max(0, cells - settings.output_padding[side]));
  const [rows, columns] = shape.map((size, side) => edge[side] + size + after[side]);
  const look = (row, column) => {
    const value = output[row]?.[column];
    if (value === undefined) return { kind: "cut" };
    if (settings.transposed) return countedCell(now, shown, value, row, column);
    return { kind: "plain", text: value };
  };
  return { first: edge.map((cells) => -cells), rows, columns, look };
}

/** The key to both grids: [kind of cell, strength of colour, what it means]. */
export function legend({ settings, trouble, uses, most }) {
  const { transposed, padding } = settings;
  const entries = [];
  const add = (kind, here, transposedHere, share = 0) =>
    entries.push([kind, share, transposed ? transposedHere : here]);
  if (padding.some(Boolean)) add(transposed ? "cut" : "padding", "padding", "cut off by the padding");
  if (trouble) return entries;
  add("frame", "window and its output", "output number and what reaches it");
  const counts = [...new Set(uses.flat())].sort((a, b) => a - b);
  if (counts[0] === 0) add("never", "never used", "nothing reaches it");
  const shown = counts.filter((count) => count > 0);
  for (const count of new Set(shown.length ? [shown[0], shown.at(-1)] : [])) {
    add("plain", `used ${times(count)}`, `sum of ${sums(count)}`, count / most);
  }
  return entries;
}
