// A small network that tells two classes apart: its loss, and training by Adam. No page.

import { adam } from "../kit/adam.mjs";
import { backward, forward, layersOf } from "../kit/network.mjs";
import { mulberry32 } from "../kit/random.mjs";

export const MOST_STEPS = 1000;
export const BOUND = 2.4; // the picture shows as much on either side of 0
export const GRID = 56; // places along each side of the picture where the network is asked

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The layers of an untrained network, the same as in Python. */
export function untrained({ width, depth, seed }) {
  return layersOf([2, ...Array(depth).fill(width), 1], mulberry32(seed));
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
  const logits = all.at(-1);
  const upstream = Float64Array.from(labels, (label, row) => (sigmoid(logits[row]) - label) / labels.length);
  return { loss: lossOf(logits, labels), slopes: backward(layers, activation, all, upstream) };
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
  const move = adam(layers, settings.lr);
  let { loss, slopes } = gradient(layers, settings.activation, examples, labels);
  const losses = [loss];
  function advance(to) {
    while (losses.length <= to) {
      move(slopes);
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
