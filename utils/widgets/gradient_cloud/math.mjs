// Least squares with two weights: a gradient for each example, batches of them, their covariance.

import { mulberry32, shuffled } from "../kit/random.mjs";

export const CLOUD = 150; // batches that are drawn
export const SIZES = [1, 2, 4, 8, 16, 32, 64];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const dot = ([a, b], [c, d]) => a * c + b * d;

/** A row for each example: the gradient of half its squared error. */
export function gradients(w, { inputs, targets }) {
  return inputs.map((x, row) => {
    const error = dot(w, x) - targets[row];
    return [error * x[0], error * x[1]];
  });
}

/** Mean and covariance of rows, with n as the divisor; a matrix is written [p, q, r]: p q, q r. */
export function moments(rows) {
  const middle = [0, 1].map((side) => mean(rows.map((row) => row[side])));
  const product = (i, j) => mean(rows.map((row) => (row[i] - middle[i]) * (row[j] - middle[j])));
  return { mean: middle, covariance: [product(0, 0), product(0, 1), product(1, 1)] };
}

/** What a batch of b leaves of the covariance of one example: 1/b, and less without putting back. */
export function share(b, count, putBack) {
  return putBack ? 1 / b : (count - b) / (count - 1) / b;
}

/** Curvature [p, q, r] and minimum of half the mean squared error. */
export function bowl({ inputs, targets }) {
  const part = (i, j) => mean(inputs.map((x) => x[i] * x[j]));
  const [p, q, r] = [part(0, 0), part(0, 1), part(1, 1)];
  const [u, v] = [0, 1].map((side) => mean(inputs.map((x, row) => x[side] * targets[row])));
  const determinant = p * r - q * q;
  return { curvature: [p, q, r], minimum: [(r * u - q * v) / determinant, (p * v - q * u) / determinant] };
}

/** The inverse of a symmetric matrix [p, q, r]. */
export function inverse([p, q, r]) {
  const determinant = p * r - q * q;
  return [r / determinant, -q / determinant, p / determinant];
}

/** Points c + reach · L u for all directions u, where L Lᵀ is the matrix [p, q, r] (Cholesky). */
export function ellipse(center, [p, q, r], reach, parts = 72) {
  const first = Math.sqrt(Math.max(0, p));
  const cross = first > 0 ? q / first : 0;
  const second = Math.sqrt(Math.max(0, r - cross * cross));
  return Array.from({ length: parts + 1 }, (_, part) => {
    const angle = (2 * Math.PI * part) / parts;
    const [a, b] = [reach * Math.cos(angle), reach * Math.sin(angle)];
    return [center[0] + first * a, center[1] + cross * a + second * b];
  });
}

/** The order in which each batch of the cloud takes the examples; a larger one takes more of it. */
export function orders(count, seed, putBack) {
  const next = mulberry32(seed);
  const any = () => Math.floor((next() * count) / 2 ** 32);
  return Array.from({ length: CLOUD }, () => (putBack ? Array.from({ length: count }, any) : shuffled(count, next)));
}

/** The mean of the first b rows of each order: the gradients of as many batches. */
export function cloud(rows, ways, b) {
  return ways.map((way) => {
    const batch = way.slice(0, b).map((row) => rows[row]);
    return [0, 1].map((side) => mean(batch.map((row) => row[side])));
  });
}

/** The root of the mean squared distance of places from a middle. */
export function spread(places, middle) {
  return Math.sqrt(mean(places.map((place) => (place[0] - middle[0]) ** 2 + (place[1] - middle[1]) ** 2)));
}

/** All that is seen for a state: { full, covariance, noise, dots }, covariance and noise those of a batch. */
export function seen({ point, batch_size: b, put_back: putBack }, data, ways) {
  const rows = gradients(point, data);
  const { mean: full, covariance: one } = moments(rows);
  const part = share(b, rows.length, putBack);
  const covariance = one.map((value) => value * part);
  const noise = Math.sqrt(covariance[0] + covariance[2]);
  return { full, covariance, noise, one: Math.sqrt(one[0] + one[2]), length: Math.hypot(...full), dots: cloud(rows, ways, b) };
}
