// A patch over a picture, and what a network says under it: pure functions, compared with torch.
//
// A picture is 784 numbers from 0 to 1, row by row. A place is the row and the column of a cell of
// 2×2 pixels, in the middle of the patch; as one number it is 14 · row + column.

import { forward, softmax } from "../kit/convnet.mjs";

export const SIDE = 28;
const CELL = 2;
export const CELLS = SIDE / CELL;
export const PLACES = CELLS * CELLS;

/** The pixels under a patch around a place, { top, left, bottom, right }, cut off at the rim. */
export function patchAt([row, column], size) {
  const [top, left] = [row, column].map((at) => CELL * at + CELL / 2 - size / 2);
  const [low, high] = [(at) => Math.max(0, at), (at) => Math.min(SIDE, at)];
  return { top: low(top), left: low(left), bottom: high(top + size), right: high(left + size) };
}

/** The picture with the patch on it. */
export function covered(picture, place, size, fill) {
  const { top, left, bottom, right } = patchAt(place, size);
  const result = Float64Array.from(picture);
  for (let row = top; row < bottom; row++) result.fill(fill, row * SIDE + left, row * SIDE + right);
  return result;
}

/** What the network says of a picture: { probabilities, said }. */
export function answer(layers, picture) {
  const logits = forward(layers, { shape: [1, SIDE, SIDE], values: Float64Array.from(picture) }).at(-1).values;
  return { probabilities: softmax(logits), said: logits.indexOf(Math.max(...logits)) };
}

/** How far the probability of a class falls at one place, and what is said there: { drop, said }. */
export function drop(layers, picture, before, label, place, size, fill) {
  const { probabilities, said } = answer(layers, covered(picture, place, size, fill));
  return { drop: before - probabilities[label], said };
}

export const indexOf = ([row, column]) => CELLS * row + column;
export const placeOf = (index) => [Math.floor(index / CELLS), index % CELLS];

/** The cells on a straight way from one place to another, both included. */
export function way(from, to) {
  const [rows, columns] = [to[0] - from[0], to[1] - from[1]];
  const steps = Math.max(Math.abs(rows), Math.abs(columns), 1);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    return indexOf([Math.round(from[0] + share * rows), Math.round(from[1] + share * columns)]);
  });
}

/** Cells in order, each once. */
export const joined = (cells, more) => [...new Set([...cells, ...more])].sort((one, other) => one - other);
