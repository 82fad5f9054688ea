// Coins that answer questions, and the best of them: pure functions.

import { mulberry32 } from "../kit/random.mjs";

const FLIPS = 32; // coins in one random integer

/** How many bits of a 32-bit integer are 1. */
function ones(word) {
  let count = 0;
  for (let rest = word; rest; rest &= rest - 1) count++;
  return count;
}

/** How many answers of each model are right: [on validation, on new examples]. */
export function counts(models, examples, tested, seed) {
  const next = mulberry32(seed);
  const heads = (tosses) => {
    let count = 0;
    for (let left = tosses; left > 0; left -= FLIPS) count += ones(next() >>> Math.max(0, FLIPS - left));
    return count;
  };
  return Array.from({ length: models }, () => [heads(examples), heads(tested)]);
}

/** The place of the first of the models with the most right answers on validation. */
export function winner(found) {
  return found.reduce((best, [right], place) => (right > found[best][0] ? place : best), 0);
}

/** 1/2 + √(ln M / 2n): on average, the best of M coins looks no better on n examples. */
export function bound(models, examples) {
  return 0.5 + Math.sqrt(Math.log(models) / (2 * examples));
}

const FINE = 0.02; // the least width of a bar

/**
 * A histogram of counts out of `all`: { wide, shares }, where bar i covers the counts from i · wide on,
 * and the highest bar has the share 1. A bar is `finest` of `all` wide, or one count.
 */
export function histogram(counts, all, finest = FINE) {
  const wide = Math.max(1, Math.ceil(finest * all - 1e-9));
  const bars = Array(Math.floor(all / wide) + 1).fill(0);
  for (const count of counts) bars[Math.floor(count / wide)]++;
  const most = Math.max(...bars);
  return { wide, shares: bars.map((bar) => bar / most) };
}
