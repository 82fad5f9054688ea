// The order in which minibatches take the examples, the same as in Python.

import { mulberry32, shuffled } from "../kit/random.mjs";

/** The first `count` numbers that a seed gives. */
export function drawn(seed, count) {
  const next = mulberry32(seed);
  return Array.from({ length: count }, next);
}

/** The examples of every step: shuffled once an epoch, then sliced. */
export function minibatches(length, size, steps, seed) {
  const next = mulberry32(seed);
  const batches = [];
  while (batches.length < steps) {
    const order = shuffled(length, next);
    for (let at = 0; at < length; at += size) batches.push(order.slice(at, at + size));
  }
  return batches.slice(0, steps);
}
