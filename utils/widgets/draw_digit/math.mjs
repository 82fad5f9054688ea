// A drawing of 8×8 pixels, and what a network makes of it: pure functions, compared with torch.
//
// A drawing is 64 numbers from 0 to 16, row by row.

import { forward } from "../kit/network.mjs";

export const SIDE = 8;
export const LARGEST = 16;
export const ALL = SIDE * SIDE;
const BESIDE = 7; // ink that the brush leaves on the pixels beside its own

const rowOf = (place) => Math.floor(place / SIDE);
const columnOf = (place) => place % SIDE;
const isInside = (row, column) => row >= 0 && row < SIDE && column >= 0 && column < SIDE;

/** The network of `[W1, b1, W2, b2]` as the layers of kit/network. */
export function networkOf([W1, b1, W2, b2]) {
  return [[W1, b1], [W2, b2]].map(([weight, bias]) => ({
    inputs: weight[0].length,
    outputs: bias.length,
    weight: Float64Array.from(weight.flat()),
    bias: Float64Array.from(bias),
  }));
}

/** What a network makes of a drawing: { hidden, logits, probabilities, said }, `said` the class. */
export function answer(network, drawing) {
  const [, hidden, logits] = forward(network, "relu", drawing.map((ink) => ink / LARGEST));
  const largest = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - largest));
  const sum = shares.reduce((total, share) => total + share);
  return { hidden, logits, probabilities: shares.map((share) => share / sum), said: logits.indexOf(largest) };
}

/** What each hidden unit adds to the logit of a class. */
export function votes([, last], hidden, label) {
  return Array.from(hidden, (value, unit) => value * last.weight[label * last.inputs + unit]);
}

/** The drawing moved down and to the right; what leaves the picture is lost. */
export function shifted(drawing, [rows, columns]) {
  return drawing.map((_, place) => {
    const [row, column] = [rowOf(place) - rows, columnOf(place) - columns];
    return isInside(row, column) ? drawing[row * SIDE + column] : 0;
  });
}

/** The inked places in the order in which a pen may draw them: on to what is near and dark. */
export function stroke(drawing) {
  const left = new Set([...drawing.keys()].filter((place) => drawing[place] > 0));
  const path = [];
  const cost = (place) => {
    if (!path.length) return 100 * rowOf(place) - drawing[place];
    const last = path.at(-1);
    const [rows, columns] = [rowOf(place) - rowOf(last), columnOf(place) - columnOf(last)];
    return LARGEST * (rows * rows + columns * columns) - drawing[place];
  };
  while (left.size) {
    const next = [...left].reduce((best, place) => (cost(place) < cost(best) ? place : best));
    path.push(next);
    left.delete(next);
  }
  return path;
}

/** What the network sees of { drawing, moved, drawn }: the drawing as far as it is drawn, moved. */
export function seen({ drawing, moved, drawn }) {
  const ink = drawing.flat();
  for (const place of stroke(ink).slice(drawn)) ink[place] = 0;
  return shifted(ink, moved);
}

/** The drawing after the brush has touched a place: dark there, softer beside it. */
export function brushed(drawing, place) {
  const [row, column] = [rowOf(place), columnOf(place)];
  return drawing.map((ink, at) => {
    const steps = Math.abs(rowOf(at) - row) + Math.abs(columnOf(at) - column);
    return Math.max(ink, [LARGEST, BESIDE][steps] ?? 0);
  });
}

/** The places on a straight way from one to another, the first left out unless it is the last. */
export function way(from, to) {
  const [rows, columns] = [rowOf(to) - rowOf(from), columnOf(to) - columnOf(from)];
  const steps = Math.max(Math.abs(rows), Math.abs(columns), 1);
  return Array.from({ length: steps }, (_, index) => {
    const share = (index + 1) / steps;
    return Math.round(rowOf(from) + share * rows) * SIDE + Math.round(columnOf(from) + share * columns);
  });
}

/** 64 numbers as 8 rows. */
export function rowsOf(drawing) {
  return Array.from({ length: SIDE }, (_, row) => drawing.slice(row * SIDE, (row + 1) * SIDE));
}
