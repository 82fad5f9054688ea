// Two columns of data, the bowl that they make, and the walk of gradient descent in it.

import { apply, determinant, singular } from "../kit/matrix.mjs";

export const WAYS = ["measured", "standardised", "white"];
const MINIMUM = [0.35, -1]; // the best weights of the standardised columns
const LEFT = 0.01; // of the distance, at the end of a walk
const ROUNDING = 1e-9;

const transposed = ([[a, b], [c, d]]) => [[a, c], [b, d]];
const times = (one, other) => transposed(transposed(other).map((column) => apply(one, column)));

function inverse(matrix) {
  const [[a, b], [c, d]] = matrix;
  const area = determinant(matrix);
  return [[d / area, -b / area], [-c / area, a / area]];
}

/** [[1, r], [r, 1]] to the power of ½ or −½: its axes are the diagonals. */
function root(r, power) {
  const [along, across] = [(1 + r) ** power / 2, (1 - r) ** power / 2];
  return [[along + across, along - across], [along - across, along + across]];
}

/** What the measured columns are multiplied by, to be written in this way. */
export function change(way, scale, r) {
  if (way === "measured") return [[1, 0], [0, 1]];
  const shrunk = [[1 / scale, 0], [0, 1]];
  return way === "standardised" ? shrunk : times(shrunk, root(r, -0.5));
}

/** The points of a white cloud as rows of the columns that a change makes of the measured ones. */
export function cloud(points, matrix, scale, r) {
  const whole = transposed(times(times(root(r, 0.5), [[scale, 0], [0, 1]]), matrix));
  return points.map((point) => apply(whole, point));
}

/** The second derivatives of the loss for columns that a change has made. */
export function hessian(matrix, scale, r) {
  const covariance = [[scale * scale, r * scale], [r * scale, 1]];
  return times(transposed(matrix), times(covariance, matrix));
}

/** The largest curvature over the smallest. */
export function condition(bowl) {
  const [steep, flat] = singular(bowl).lengths;
  return steep / flat;
}

/** The share of the distance that a step with the best rate keeps. */
export function kept(kappa) {
  return (kappa - 1) / (kappa + 1);
}

/** How many steps leave a hundredth of the distance. */
export function stepsTo(kappa) {
  const share = kept(kappa);
  return share < ROUNDING ? 1 : Math.max(1, Math.ceil(Math.log(LEFT) / Math.log(share) - ROUNDING));
}

/** Where the walk begins, at weights of zero, as seen from the minimum. */
export function start(matrix, scale) {
  return apply(inverse(matrix), [-MINIMUM[0] / scale, -MINIMUM[1]]);
}

/** The places of the walk as seen from the minimum. */
export function walk(bowl, from) {
  const rate = 2 / (bowl[0][0] + bowl[1][1]);
  const places = [from];
  for (let step = stepsTo(condition(bowl)); step > 0; step--) {
    const [x, y] = places.at(-1);
    const [p, q] = apply(bowl, [x, y]);
    places.push([x - rate * p, y - rate * q]);
  }
  return places;
}

/** Half of wᵀ H w: how far the loss lies above its minimum. */
export function excess(bowl, [x, y]) {
  const [p, q] = apply(bowl, [x, y]);
  return (x * p + y * q) / 2;
}

/** The contour on which the loss lies `level` above its minimum. */
export function contour(bowl, level, parts = 90) {
  const [[a, b], [, d]] = bowl;
  const side = Math.sqrt(a); // the bowl is LLᵀ with L = [[side, 0], [b / side, rest]]
  const rest = Math.sqrt(d - (b * b) / a);
  return Array.from({ length: parts + 1 }, (_, part) => {
    const angle = (2 * Math.PI * part) / parts;
    const size = Math.sqrt(2 * level);
    const y = (size * Math.sin(angle)) / rest;
    return [(size * Math.cos(angle) - (b / side) * y) / side, y];
  });
}
