// The gradient at each layer of a deep random network: pure functions, compared with torch.

import { layersOf } from "../kit/network.mjs";
import { mulberry32 } from "../kit/random.mjs";

export const [WIDTH, EXAMPLES, MOST_LAYERS] = [16, 8, 40];
export const BAND = [1e-6, 1e3]; // where training goes well
export const HALF = [2 ** -24, 65504]; // the smallest and the largest float16 above 0

// What comes out of a unit, and the slope there as a function of what comes out.
const ACTIVATIONS = {
  sigmoid: [(z) => 1 / (1 + Math.exp(-z)), (out) => out * (1 - out)],
  tanh: [Math.tanh, (out) => 1 - out * out],
  ReLU: [(z) => Math.max(z, 0), (out) => (out > 0 ? 1 : 0)],
};

export const NAMES = Object.keys(ACTIVATIONS);

const norm = (values) => Math.hypot(...values);
const scaled = (values, factor) => values.map((value) => factor * value);

/** Inputs of variance 1, an upstream gradient of norm 1, and weights of the deviation 1 / √16. */
function drawn() {
  const sizes = Array.from({ length: MOST_LAYERS + 1 }, () => WIDTH);
  const weights = layersOf(sizes, mulberry32(0)).map(({ weight }) => scaled(weight, Math.sqrt(3)));
  const next = mulberry32(1);
  const [inputs, upstream] = [0, 1].map(() => layersOf([WIDTH, EXAMPLES], next)[0].weight);
  return { inputs: scaled(inputs, Math.sqrt(3 * WIDTH)), upstream: scaled(upstream, 1 / norm(upstream)), weights };
}

const START = drawn();

/** Rows of `values` times the transposed matrix, or times the matrix itself. */
function times(values, weight, isTransposed) {
  const found = new Float64Array(EXAMPLES * WIDTH);
  for (let row = 0; row < EXAMPLES; row++) {
    for (let i = 0; i < WIDTH; i++) {
      let sum = 0;
      for (let k = 0; k < WIDTH; k++) sum += values[row * WIDTH + k] * weight[isTransposed ? i * WIDTH + k : k * WIDTH + i];
      found[row * WIDTH + i] = sum;
    }
  }
  return found;
}

/** The norm of the gradient at the output of each layer, from the first to the last. */
export function norms({ scale, activation, residual, layers }) {
  const [act, slope] = ACTIVATIONS[activation];
  const weights = START.weights.slice(0, layers).map((weight) => scaled(weight, scale));
  const outs = [];
  let H = START.inputs;
  for (const weight of weights) {
    const out = times(H, weight, true).map(act);
    outs.push(out);
    H = residual ? out.map((value, at) => value + H[at]) : out;
  }
  let G = START.upstream;
  const found = [norm(G)];
  for (let index = layers - 1; index > 0; index--) {
    const through = times(G.map((value, at) => value * slope(outs[index][at])), weights[index], false);
    G = residual ? through.map((value, at) => value + G[at]) : through;
    found.unshift(norm(G));
  }
  return found;
}

/** What the norm is multiplied by in a layer on its way down, on geometric average. */
export function factor(found) {
  return (found[0] / found.at(-1)) ** (1 / (found.length - 1));
}

/** What a gradient of this size is: lost, weak, fine, large or over, from below to above. */
export function kind(size) {
  // Half of the smallest float16 is rounded to 0, and half a step above the largest to infinity.
  if (size <= HALF[0] / 2) return "lost";
  if (size < BAND[0]) return "weak";
  if (size <= BAND[1]) return "fine";
  return size < HALF[1] + 16 ? "large" : "over";
}
