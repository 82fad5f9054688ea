// Numbers on their way through 30 layers of random weights: pure functions.

import { mulberry32 } from "../kit/random.mjs";

export const LAYERS = 30;
export const WIDTH = 64;
const EXAMPLES = 16;
const SEED = 0;
const PARTS = 4; // uniform numbers that are added up to one input
const FLAT = 0.95; // beyond it, and before -0.95, tanh hardly moves
const BELL = [1, 4, 6, 4, 1].map((part) => part / 16); // smooths a histogram

const FUNCTIONS = { tanh: Math.tanh, ReLU: (x) => (x > 0 ? x : 0), linear: (x) => x };
export const NAMES = Object.keys(FUNCTIONS);

const meanSquare = (values) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

let kept = null;

/** { inputs, weights }: inputs with mean square 1, and weights of variance 1 / WIDTH, one array a layer. */
function drawn() {
  if (kept) return kept;
  const next = mulberry32(SEED);
  const even = () => (2 * next()) / 2 ** 32 - 1;
  const sum = () => Array.from({ length: PARTS }, even).reduce((one, other) => one + other);
  const sums = Float64Array.from({ length: EXAMPLES * WIDTH }, sum);
  const root = Math.sqrt(meanSquare(sums));
  const bound = Math.sqrt(3 / WIDTH);
  const layer = () => Float64Array.from({ length: WIDTH * WIDTH }, () => bound * even());
  kept = { inputs: sums.map((value) => value / root), weights: Array.from({ length: LAYERS }, layer) };
  return kept;
}

/** What f(scale · W x) makes of the inputs, layer by layer: 31 arrays of EXAMPLES · WIDTH numbers. */
export function signals(name, scale) {
  const { inputs, weights } = drawn();
  const f = FUNCTIONS[name];
  const all = [inputs];
  for (const W of weights) {
    const before = all.at(-1);
    const after = new Float64Array(before.length);
    for (let row = 0; row < before.length; row += WIDTH) {
      for (let unit = 0; unit < WIDTH; unit++) {
        let sum = 0;
        for (let k = 0; k < WIDTH; k++) sum += W[unit * WIDTH + k] * before[row + k];
        after[row + unit] = f(scale * sum);
      }
    }
    all.push(after);
  }
  return all;
}

/** The root mean square. */
export function size(values) {
  return Math.sqrt(meanSquare(values));
}

/** The share of numbers that lie where tanh is flat. */
export function flatShare(values) {
  return values.filter((value) => Math.abs(value) > FLAT).length / values.length;
}

/** The share of all numbers in each of `count` equal bins from `low` to `high`, a little smoothed. */
export function histogram(values, [low, high], count) {
  const bins = new Array(count).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * count);
    if (bin >= 0 && bin < count) bins[bin] += 1 / values.length;
  }
  const at = (bin) => bins[bin] ?? 0;
  return bins.map((_, bin) => BELL.reduce((sum, part, place) => sum + part * at(bin + place - 2), 0));
}
