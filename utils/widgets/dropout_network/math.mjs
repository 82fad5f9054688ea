// A small network with dropout on its hidden units: masks and outputs. No page.

import { mulberry32 } from "../kit/random.mjs";

export const MOST_PASSES = 60;
export const MOST_P = 0.6;
export const INPUTS = [1, 2];
export const FIRST = [[1, 0], [0.5, 0], [0.5, 0.5], [0, 1], [2, -0.5], [-0.5, 0.5]];
export const SECOND = [
  [-0.25, -0.25, 0.5, 0.25, -0.5, 0.25],
  [0.75, 0.25, 0.75, -0.5, -0.5, -0.5],
  [-0.25, 0.75, -0.5, 0.75, 0.5, -0.25],
];

const UNITS = FIRST.length;
const relu = (z) => Math.max(0, z);
const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);

/** What the hidden units give before dropout. */
export function hidden() {
  return FIRST.map((row) => relu(dot(row, INPUTS)));
}

/** The masks of all passes: 1 where a unit stays, 0 where it is dropped. */
export function masks({ p, training, passes, seed }) {
  const next = mulberry32(seed);
  const stays = () => Number(next() / 2 ** 32 >= p || !training);
  return Array.from({ length: passes }, () => Array.from({ length: UNITS }, stays));
}

/** What reaches the next layer: the hidden values behind one mask, scaled. */
export function thinned(mask, { p, training, scaled }) {
  const scale = training && scaled ? 1 / (1 - p) : 1;
  return hidden().map((value, unit) => mask[unit] * value * scale);
}

/** What the three units behind the dropout give for one mask. */
export function behind(mask, state) {
  const values = thinned(mask, state);
  const sums = SECOND.map((row) => dot(row, values));
  return state.relu ? sums.map(relu) : sums;
}

/** The output for one mask. */
export function output(mask, state) {
  return behind(mask, state).reduce((sum, value) => sum + value, 0);
}

/** The mean of the outputs up to each pass. */
export function runningMeans(outputs) {
  let sum = 0;
  return outputs.map((value, at) => (sum += value) / (at + 1));
}

/** The output when nothing is dropped and nothing is scaled. */
export function evalOutput(state) {
  return output(Array(UNITS).fill(1), { ...state, training: false });
}

/** The mean over all masks, each weighted by its probability. */
export function meanOfAll(state) {
  if (!state.training) return evalOutput(state);
  let mean = 0;
  for (let code = 0; code < 2 ** UNITS; code++) {
    const mask = Array.from({ length: UNITS }, (_, unit) => (code >> unit) & 1);
    const chance = mask.reduce((product, stays) => product * (stays ? 1 - state.p : state.p), 1);
    mean += chance * output(mask, state);
  }
  return mean;
}
