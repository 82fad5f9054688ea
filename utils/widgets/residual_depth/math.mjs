// Gradients on their way back through random blocks of two layers: pure functions, compared with torch.

import { layersOf } from "../kit/network.mjs";
import { mulberry32 } from "../kit/random.mjs";

export const [WIDTH, EXAMPLES, MOST_BLOCKS] = [16, 16, 16];
const EPS = 1e-5; // as in nn.BatchNorm1d

const hypot = (values) => Math.hypot(...values);
const scaled = (values, factor) => values.map((value) => factor * value);
const relu = (values) => values.map((value) => (value > 0 ? value : 0));
const masked = (values, outs) => values.map((value, at) => (outs[at] > 0 ? value : 0));
const sum = (one, other) => one.map((value, at) => value + other[at]);

/** Inputs of variance 1, an upstream gradient of norm 1, and the weights of nn.Linear, two layers a block. */
function drawn() {
  const sizes = Array.from({ length: 2 * MOST_BLOCKS + 1 }, () => WIDTH);
  const weights = layersOf(sizes, mulberry32(0)).map(({ weight }) => weight);
  const next = mulberry32(1);
  const [inputs, upstream] = [0, 1].map(() => layersOf([WIDTH, EXAMPLES], next)[0].weight);
  return { inputs: scaled(inputs, Math.sqrt(3 * WIDTH)), upstream: scaled(upstream, 1 / hypot(upstream)), weights };
}

const START = drawn();

/** Rows of `values` times the transposed matrix, or times the matrix itself. */
function times(values, weight, isTransposed) {
  const found = new Float64Array(EXAMPLES * WIDTH);
  for (let row = 0; row < EXAMPLES; row++) {
    for (let i = 0; i < WIDTH; i++) {
      let total = 0;
      for (let k = 0; k < WIDTH; k++) total += values[row * WIDTH + k] * weight[isTransposed ? i * WIDTH + k : k * WIDTH + i];
      found[row * WIDTH + i] = total;
    }
  }
  return found;
}

/** The mean of each column, at the place of each number. */
function means(values) {
  const found = new Float64Array(WIDTH);
  values.forEach((value, at) => (found[at % WIDTH] += value / EXAMPLES));
  return values.map((_, at) => found[at % WIDTH]);
}

/** Batch normalisation of each column, and its backward pass. */
function normalised(values) {
  const centre = means(values);
  const apart = values.map((value, at) => value - centre[at]);
  const spread = means(apart.map((value) => value * value)).map((square) => Math.sqrt(square + EPS));
  const out = apart.map((value, at) => value / spread[at]);
  const back = (g) => {
    const [push, stretch] = [means(g), means(g.map((value, at) => value * out[at]))];
    return g.map((value, at) => (value - push[at] - out[at] * stretch[at]) / spread[at]);
  };
  return { out, back };
}

const asItIs = (values) => ({ out: values, back: (g) => g });

/** A branch of two layers: { out, back }, where `back` takes the gradient of `out` to that of `h`. */
function branch(h, [first, second], normalise) {
  const one = normalise(times(h, first, true));
  const hidden = relu(one.out);
  const two = normalise(times(hidden, second, true));
  const back = (g) => times(one.back(masked(times(two.back(g), second, false), hidden)), first, false);
  return { out: two.out, back };
}

const nothing = (g) => new Float64Array(g.length);

/** The norm of the gradient below each block, from the first to the last; a gradient of norm 1 enters on top. */
export function norms({ blocks, cut, normalise, residual }) {
  let h = START.inputs;
  const passed = [];
  for (let block = 1; block <= blocks; block++) {
    const weights = START.weights.slice(2 * block - 2, 2 * block);
    const { out, back } = branch(h, weights, normalise ? normalised : asItIs);
    h = relu(residual ? sum(h, out) : out);
    passed.push({ out: h, back: block === cut ? nothing : back });
  }
  let g = START.upstream;
  const found = [];
  for (const { out, back } of passed.reverse()) {
    const arrived = masked(g, out);
    g = residual ? sum(arrived, back(arrived)) : back(arrived);
    found.unshift(hypot(g));
  }
  return found;
}
