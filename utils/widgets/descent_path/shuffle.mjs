// The order in which minibatches take the examples, the same as in Python.

import { mulberry32 } from "../kit/random.mjs";

/** The first `count` numbers that a seed gives. */
export function drawn(seed, count) {
  const next = mulberry32(seed);
  return Array.from({ length: count }, next);
}

/** The examples of every step: shuffled once an epoch (Fisher and Yates), then sliced. */
export function minibatches(length, size, steps, seed) {
  const next = mulberry32(seed);
  const batches = [];
  while (batches.length < steps) {
    const order = Array.from({ length }, (_, index) => index);
    for (let place = length - 1; place > 0; place--) {
      // A product below 2³² · 64 is exact in a float.
      const other = Math.floor((next() * (place + 1)) / 2 ** 32);
      [order[place], order[other]] = [order[other], order[place]];
    }
    for (let at = 0; at < length; at += size) batches.push(order.slice(at, at + size));
  }
  return batches.slice(0, steps);
}
