// Two matrices on their way through an array of cells: pure functions, compared with torch.
//
// A `plan` is { array, size, products }. Tiles of the result follow each other, `size` cycles
// each; cell (i, j) works on step `time - i - j` of that stream.

/** Entry (i, j) of the left matrix of product p. */
export const leftEntry = (p, i, j) => 1 + ((3 * i + 5 * j + i * j + p) % 4);

/** Entry (i, j) of its right matrix. */
export const rightEntry = (p, i, j) => 1 + ((2 * i + 3 * j + i * j + p) % 4);

/** How many tiles lie along a side of the result. */
export const across = ({ array, size }) => Math.ceil(size / array);

export const tiles = (plan) => plan.products * across(plan) ** 2;

/** Steps of the stream that enters each lane. */
export const steps = (plan) => tiles(plan) * plan.size;

export const cycles = (plan) => steps(plan) + 2 * plan.array - 2;

export function utilisation(plan) {
  return (plan.products * plan.size ** 3) / (plan.array ** 2 * cycles(plan));
}

/** What step `step` of the stream is in cell (i, j): { product, row, column, depth, isUseful }. */
export function job(plan, i, j, step) {
  const side = across(plan);
  const tile = Math.floor(step / plan.size);
  const row = Math.floor((tile % side ** 2) / side) * plan.array + i;
  const column = (tile % side) * plan.array + j;
  const isUseful = row < plan.size && column < plan.size;
  return { product: Math.floor(tile / side ** 2), row, column, depth: step % plan.size, isUseful };
}

/** The number that enters lane i from the left at a step; a zero where a tile is filled up. */
export function fromLeft(plan, i, step) {
  const { product, row, depth } = job(plan, i, 0, step);
  return row < plan.size ? leftEntry(product, row, depth) : 0;
}

/** The number that enters lane j from above. */
export function fromAbove(plan, j, step) {
  const { product, column, depth } = job(plan, 0, j, step);
  return column < plan.size ? rightEntry(product, depth, column) : 0;
}

/**
 * A cell at a time, 0 in the first cycle: its `state` is "waiting" before its first number,
 * "useful", "complete" in the cycle that completes a sum and after the last one, or "waste" among
 * zeros; `isNow` says whether it multiplies in this cycle; `sum` is its sum so far.
 */
export function cell(plan, i, j, time) {
  const own = time - i - j;
  if (own < 0) return { state: "waiting", sum: null, isNow: false, job: null };
  const step = Math.min(own, steps(plan) - 1);
  const at = job(plan, i, j, step);
  const isNow = own === step;
  if (!at.isUseful) return { state: "waste", sum: 0, isNow, job: at };
  let sum = 0;
  for (let k = 0; k <= at.depth; k++) sum += leftEntry(at.product, at.row, k) * rightEntry(at.product, k, at.column);
  return { state: at.depth === plan.size - 1 ? "complete" : "useful", sum, isNow, job: at };
}

/** How many cells work on numbers of the matrices in each cycle. */
export function working(plan) {
  const found = new Array(cycles(plan)).fill(0);
  for (let i = 0; i < plan.array; i++) {
    for (let j = 0; j < plan.array; j++) {
      for (let step = 0; step < steps(plan); step++) found[step + i + j] += job(plan, i, j, step).isUseful;
    }
  }
  return found;
}

/**
 * Whether the entries of one product are "open", "current" or "ready" after some cycles: a table
 * of `size` rows, of the product that the first cell works on.
 */
export function result(plan, time) {
  const side = across(plan);
  const now = Math.min(Math.max(time, 0), steps(plan) - 1);
  const product = Math.floor(now / (plan.size * side ** 2));
  const fate = (row, column) => {
    const tile = product * side ** 2 + Math.floor(row / plan.array) * side + Math.floor(column / plan.array);
    const own = time - (row % plan.array) - (column % plan.array) - tile * plan.size;
    if (own < 0) return "open";
    return own < plan.size - 1 ? "current" : "ready";
  };
  return Array.from({ length: plan.size }, (_, row) => Array.from({ length: plan.size }, (_, column) => fate(row, column)));
}
