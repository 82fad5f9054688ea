// A network of sigmoids on the line: weights set by hand, weights found by training. No page.

import { adam } from "../kit/adam.mjs";
import { backward, forward, layersOf } from "../kit/network.mjs";
import { mulberry32 } from "../kit/random.mjs";

export const [LEAST_STEEP, MOST_STEEP] = [10, 2000];
export const MOST_BUMPS = 40;
export const MOST_STEPS = 2000;
export const SAMPLES = 65; // that training sees, from 0 to 1
export const PLACES = 401; // at which the error is measured and the curves are drawn
const [BEFORE, BEHIND] = [-1, 2]; // the outermost edges lie beyond what is looked at

const wave = (x, count) => Math.sin(2 * Math.PI * count * x);

/** The curves to be met, from 0 to 1. */
export const TARGETS = {
  wave: (x) => wave(x, 1),
  wiggles: (x) => 0.6 * wave(x, 1) + 0.4 * wave(x, 4),
  corner: (x) => 0.8 - 3.2 * Math.abs(x - 0.5),
  jump: (x) => 1.2 * (x >= 0.5) - 0.6,
};

/** `count` numbers from 0 to 1, both included. */
export function placesOf(count) {
  return Float64Array.from({ length: count }, (_, index) => index / (count - 1));
}

/** The bars { left, right, height } of so many bumps: each as high as the target in its middle. */
export function barsOf({ target, bumps }) {
  return Array.from({ length: bumps }, (_, index) => ({
    left: index / bumps,
    right: (index + 1) / bumps,
    height: TARGETS[target]((index + 0.5) / bumps),
  }));
}

/** The two layers whose units 2k and 2k + 1 are the left and the right edge of bump k. */
export function byHand({ target, bumps, steepness }) {
  const bars = barsOf({ target, bumps });
  const edges = bars.flatMap(({ left, right }) => [left, right]);
  edges[0] = BEFORE;
  edges[edges.length - 1] = BEHIND;
  const units = edges.length;
  const hidden = {
    inputs: 1,
    outputs: units,
    weight: Float64Array.from(edges, () => steepness),
    bias: Float64Array.from(edges, (edge) => -steepness * edge),
  };
  const weight = Float64Array.from(bars.flatMap(({ height }) => [height, -height]));
  return [hidden, { inputs: units, outputs: 1, weight, bias: new Float64Array(1) }];
}

/** The mean squared error of the network at the samples, and its gradient for each layer. */
export function gradient(layers, target) {
  const xs = placesOf(SAMPLES);
  const all = forward(layers, "sigmoid", xs);
  const off = all.at(-1).map((value, index) => value - TARGETS[target](xs[index]));
  const loss = off.reduce((sum, value) => sum + value * value, 0) / SAMPLES;
  return { loss, slopes: backward(layers, "sigmoid", all, off.map((value) => (2 * value) / SAMPLES)) };
}

/** A network of as many units in training: { layers, taken(), advance(to) }; `to` counts steps. */
export function training({ target, bumps, lr, seed }) {
  const layers = layersOf([1, 2 * bumps, 1], mulberry32(seed));
  const move = adam(layers, lr);
  let taken = 0;
  function advance(to) {
    for (; taken < to; taken++) move(gradient(layers, target).slopes);
  }
  return { layers, taken: () => taken, advance };
}

/** The layers after so many steps. */
export function trained(settings, steps) {
  const { layers, advance } = training(settings);
  advance(steps);
  return layers;
}

/** { outputs, hidden, error, worst } at the places: the largest error, and where it is. */
export function seen(layers, target) {
  const xs = placesOf(PLACES);
  const [, hidden, outputs] = forward(layers, "sigmoid", xs);
  let [error, worst] = [-1, 0];
  outputs.forEach((value, index) => {
    const off = Math.abs(value - TARGETS[target](xs[index]));
    if (off > error) [error, worst] = [off, index];
  });
  return { outputs, hidden, error, worst: xs[worst] };
}
