// A drawing as MNIST keeps its digits, and what two networks make of it. Pure functions, compared with Python.

import { forward, softmax } from "../kit/convnet.mjs";
import { SIDE } from "../kit/ink.mjs";

const BOX = 20;
const HAIR = 1e-6; // what rounds down in Python shall not round up here
const rounded = (value) => Math.floor(value + 0.5 + HAIR);
const each = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** The matrix that resizes a row of pixels: each new one is the mean over the stretch that it covers. */
export function areaMatrix(inputs, outputs) {
  const wide = inputs / outputs;
  return each(outputs, (row) =>
    each(inputs, (at) => Math.max(0, Math.min((row + 1) * wide, at + 1) - Math.max(row * wide, at)) / wide),
  );
}

/** Where a box begins whose mass along one side lies in the middle of the picture. */
function corner(mass) {
  const total = mass.reduce((sum, value) => sum + value, 0);
  const middle = mass.reduce((sum, value, at) => sum + value * (at + 0.5), 0) / total;
  return Math.max(0, Math.min(SIDE - mass.length, rounded(SIDE / 2 - middle)));
}

/** 784 numbers from 0 to 1, scaled into a box of 20×20 and centred by mass; without ink all 0. */
export function mnistView(ink) {
  const view = Array(SIDE * SIDE).fill(0);
  const table = each(SIDE, (row) => ink.slice(row * SIDE, (row + 1) * SIDE));
  const rows = [...table.keys()].filter((row) => table[row].some(Boolean));
  const columns = each(SIDE, (column) => column).filter((column) => table.some((row) => row[column]));
  if (!rows.length) return view;
  const crop = table.slice(rows[0], rows.at(-1) + 1).map((row) => row.slice(columns[0], columns.at(-1) + 1));
  const [high, wide] = [crop.length, crop[0].length];
  const scale = BOX / Math.max(high, wide);
  const [height, width] = [high, wide].map((side) => Math.max(1, rounded(side * scale)));
  const across = areaMatrix(wide, width);
  const narrow = crop.map((row) => across.map((weights) => weights.reduce((sum, w, at) => sum + w * row[at], 0)));
  const small = areaMatrix(high, height).map((weights) => each(width, (column) => weights.reduce((sum, w, at) => sum + w * narrow[at][column], 0)));
  const top = corner(small.map((row) => row.reduce((sum, value) => sum + value, 0)));
  const left = corner(each(width, (column) => small.reduce((sum, row) => sum + row[column], 0)));
  small.forEach((row, y) => row.forEach((value, x) => (view[(top + y) * SIDE + left + x] = value)));
  return view;
}

/** The drawing moved down and to the right; what leaves the picture is lost. */
export function movedBy(ink, [down, right]) {
  return ink.map((_, at) => {
    const [row, column] = [Math.floor(at / SIDE) - down, (at % SIDE) - right];
    return row >= 0 && row < SIDE && column >= 0 && column < SIDE ? ink[row * SIDE + column] : 0;
  });
}

/** What a network makes of 784 numbers: { logits, probabilities, said }. */
export function answer(layers, ink) {
  const logits = Array.from(forward(layers, { shape: [1, SIDE, SIDE], values: Float64Array.from(ink) }).at(-1).values);
  return { logits, probabilities: softmax(logits), said: logits.indexOf(Math.max(...logits)) };
}
