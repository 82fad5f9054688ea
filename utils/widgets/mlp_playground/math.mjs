// A small network in float64: first weights, forward, backward, and training by Adam. No page.
//
// Values of n examples in a layer of k units are one flat array of n · k numbers, row by row.

import { mulberry32 } from "../kit/random.mjs";

export const MOST_STEPS = 1000;
export const BOUND = 2.4; // the picture shows as much on either side of 0
export const GRID = 56; // places along each side of the picture where the network is asked
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8]; // as in torch.optim.Adam

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

// What comes out of a unit, and the slope there as a function of what comes out.
const ACTIVATIONS = {
  none: [(z) => z, () => 1],
  relu: [(z) => (z > 0 ? z : 0), (out) => (out > 0 ? 1 : 0)],
  tanh: [Math.tanh, (out) => 1 - out * out],
  sigmoid: [sigmoid, (out) => out * (1 - out)],
};

/** The layers { inputs, outputs, weight, bias } of an untrained network, the same as in Python. */
export function untrained({ width, depth, seed }) {
  const next = mulberry32(seed);
  const sizes = [2, ...Array(depth).fill(width), 1];
  return sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index];
    const draw = () => ((2 * next()) / 2 ** 32 - 1) / Math.sqrt(inputs);
    const weight = Float64Array.from({ length: outputs * inputs }, draw);
    return { inputs, outputs, weight, bias: Float64Array.from({ length: outputs }, draw) };
  });
}

/** What each layer gives for the examples, the inputs first; the last are the logits. */
export function forward(layers, activation, examples) {
  const count = examples.length / layers[0].inputs;
  const [act] = ACTIVATIONS[activation];
  const all = [examples];
  layers.forEach(({ inputs, outputs, weight, bias }, index) => {
    const isLast = index === layers.length - 1;
    const before = all[index];
    const values = new Float64Array(count * outputs);
    for (let row = 0; row < count; row++) {
      for (let unit = 0; unit < outputs; unit++) {
        let sum = bias[unit];
        for (let k = 0; k < inputs; k++) sum += weight[unit * inputs + k] * before[row * inputs + k];
        values[row * outputs + unit] = isLast ? sum : act(sum);
      }
    }
    all.push(values);
  });
  return all;
}

/** The mean binary cross-entropy of logits against labels 0 and 1, without overflow. */
export function lossOf(logits, labels) {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const z = logits[row];
    sum += Math.max(z, 0) - z * labels[row] + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return sum / labels.length;
}

/** The loss, and its gradient { weight, bias } for each layer. */
export function gradient(layers, activation, examples, labels) {
  const all = forward(layers, activation, examples);
  const [, slope] = ACTIVATIONS[activation];
  const count = labels.length;
  const logits = all.at(-1);
  let upstream = Float64Array.from(labels, (label, row) => (sigmoid(logits[row]) - label) / count);
  const slopes = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const { inputs, outputs, weight: w } = layers[index];
    const before = all[index];
    const [weight, bias] = [new Float64Array(w.length), new Float64Array(outputs)];
    const down = new Float64Array(count * inputs);
    for (let row = 0; row < count; row++) {
      for (let unit = 0; unit < outputs; unit++) {
        const up = upstream[row * outputs + unit];
        bias[unit] += up;
        for (let k = 0; k < inputs; k++) {
          weight[unit * inputs + k] += up * before[row * inputs + k];
          down[row * inputs + k] += up * w[unit * inputs + k];
        }
      }
    }
    slopes.unshift({ weight, bias });
    if (index) upstream = down.map((value, at) => value * slope(before[at]));
  }
  return { loss: lossOf(logits, labels), slopes };
}

/** Move numbers as Adam does; `mean` and `square` are its running means, `step` counts from 1. */
function move(numbers, slopes, { mean, square }, step, lr) {
  const [first, second] = [1 - BETA1 ** step, Math.sqrt(1 - BETA2 ** step)];
  for (let at = 0; at < numbers.length; at++) {
    mean[at] += (1 - BETA1) * (slopes[at] - mean[at]);
    square[at] = BETA2 * square[at] + (1 - BETA2) * slopes[at] ** 2;
    numbers[at] -= ((lr / first) * mean[at]) / (Math.sqrt(square[at]) / second + EPSILON);
  }
}

/**
 * A network in training on points [x, y, label]: { layers, losses, advance(to), seen() }.
 *
 * `losses` holds the loss before each step and after the last; `advance` takes steps until there
 * were `to`; `seen` gives { right, dead }: which points are on the right side, and for each hidden
 * layer which units give 0 at all points.
 */
export function training(settings, points) {
  const layers = untrained(settings);
  const examples = Float64Array.from(points.flatMap(([x, y]) => [x, y]));
  const labels = points.map((point) => point[2]);
  const zeros = (numbers) => ({ mean: numbers.map(() => 0), square: numbers.map(() => 0) });
  const moments = layers.map(({ weight, bias }) => ({ weight: zeros(weight), bias: zeros(bias) }));
  let { loss, slopes } = gradient(layers, settings.activation, examples, labels);
  const losses = [loss];
  function advance(to) {
    while (losses.length <= to) {
      layers.forEach((layer, index) => {
        for (const part of ["weight", "bias"]) {
          move(layer[part], slopes[index][part], moments[index][part], losses.length, settings.lr);
        }
      });
      ({ loss, slopes } = gradient(layers, settings.activation, examples, labels));
      losses.push(loss);
    }
  }
  function seen() {
    const all = forward(layers, settings.activation, examples);
    const logits = all.at(-1);
    const right = labels.map((label, row) => logits[row] > 0 === (label === 1));
    const isDead = (values, unit) => values.every((value, at) => at % settings.width !== unit || value === 0);
    const units = Array.from({ length: settings.width }, (_, unit) => unit);
    return { right, dead: all.slice(1, -1).map((values) => units.map((unit) => isDead(values, unit))) };
  }
  return { layers, losses, advance, seen };
}

/** Layers, losses and what is seen after `steps` steps. */
export function trained(settings, points, steps) {
  const { layers, losses, advance, seen } = training(settings, points);
  advance(steps);
  return { layers, losses, ...seen() };
}

/** The places of a grid over ±bound, edges included, `count` on a side, row by row from the top. */
export function gridOf(bound, count) {
  const at = (index) => -bound + (2 * bound * index) / (count - 1);
  const places = new Float64Array(2 * count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      places[2 * (row * count + column)] = at(column);
      places[2 * (row * count + column) + 1] = -at(row);
    }
  }
  return places;
}

/** The ends of the line w · x + b = 0 in the square ±bound, or null if it does not cross it. */
export function lineOf([across, up, offset], bound) {
  const ends = [];
  const add = (x, y) => {
    const isNew = ends.every(([a, b]) => Math.hypot(a - x, b - y) > 1e-9);
    if (Math.max(Math.abs(x), Math.abs(y)) <= bound + 1e-12 && isNew) ends.push([x, y]);
  };
  for (const side of [-bound, bound]) {
    if (up) add(side, -(offset + across * side) / up);
    if (across) add(-(offset + up * side) / across, side);
  }
  return ends.length > 1 ? ends.slice(0, 2) : null;
}
