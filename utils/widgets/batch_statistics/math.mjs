// One feature of images, in batches that one image takes part in: statistics and outputs.

import { mulberry32, shuffled } from "../kit/random.mjs";

export const ROWS = 12; // batches that are drawn
export const SIZES = [2, 4, 8, 16, 32, 64];
const EPS = 1e-5;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and variance of numbers; the divisor of the variance is n - correction. */
export function moments(values, correction = 0) {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { mean: middle, variance: squares / (values.length - correction) };
}

/** The root that a distance from the mean is divided by. */
export function root(variance) {
  return Math.sqrt(variance + EPS);
}

/** What each batch holds when all images take part, the marked one first; a smaller batch takes the first of it. */
export function orders({ brightness, marked }, seed) {
  const next = mulberry32(seed);
  const others = brightness.filter((_, place) => place !== marked);
  return Array.from({ length: ROWS }, () => [brightness[marked], ...shuffled(others.length, next).map((place) => others[place])]);
}

/** All that is seen: { batches, used, outputs, middle, spread }; `used` has [mean, root] for each batch. */
export function seen({ batch_size: size, training }, data, ways) {
  const batches = ways.map((way) => way.slice(0, size));
  const stored = moments(data.brightness, 1);
  const used = batches.map((batch) => {
    const { mean: middle, variance } = training ? moments(batch) : stored;
    return [middle, root(variance)];
  });
  const outputs = used.map(([middle, s]) => (data.brightness[data.marked] - middle) / s);
  const { mean: middle, variance } = moments(outputs);
  return { batches, used, outputs, middle, spread: Math.sqrt(variance) };
}

/** The same for each batch size, from the smallest on. */
export function atEachSize({ training }, data, ways) {
  return SIZES.map((size) => seen({ batch_size: size, training }, data, ways));
}
