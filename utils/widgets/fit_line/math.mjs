// Least squares for a line through points: loss, gradient, bowl and minimum, in closed form.

import { residuals } from "../kit/line.mjs";

const SAME = 1e-6; // a smaller spread of x counts as none: all points share one x
const NEAR = 5e-4; // a loss this little above the smallest one has arrived

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const clamp = (value, bound) => Math.max(-bound, Math.min(bound, value));

/** The sum of the squared residuals. */
export function area(points, line) {
  return residuals(points, line).reduce((sum, residual) => sum + residual * residual, 0);
}

/** The area over 2n. */
export function loss(points, line) {
  return area(points, line) / (2 * points.length);
}

/** The gradient of the loss by slope and intercept. */
export function gradient(points, line) {
  const found = residuals(points, line);
  return [mean(found.map((residual, index) => residual * points[index][0])), mean(found)];
}

/**
 * The loss as a function of [slope, intercept]: smallest + ½ d · Hd, where d leads from `best` to
 * the line. { best, smallest, hessian, values, axes, condition, isValley, shared }: `values` are
 * the eigenvalues of H, the larger one first, `axes` unit vectors to them, `condition` belongs to
 * the matrix with the columns x and 1. In a valley `best` is the minimum nearest to the origin,
 * the smaller eigenvalue is 0, `condition` is null and `shared` is the x of all points.
 */
export function bowl(points) {
  const [xs, ys] = [0, 1].map((side) => points.map((point) => point[side]));
  const [x, y] = [mean(xs), mean(ys)];
  const isValley = Math.max(...xs) - Math.min(...xs) < SAME;
  const variance = isValley ? 0 : mean(xs.map((value) => (value - x) ** 2));
  const covariance = mean(points.map(([a, b]) => (a - x) * (b - y)));
  const slope = isValley ? (x * y) / (x * x + 1) : covariance / variance;
  const best = [slope, isValley ? y / (x * x + 1) : y - slope * x];
  const square = variance + x * x;
  const large = (square + 1) / 2 + Math.hypot((square - 1) / 2, x);
  const turn = Math.atan2(2 * x, square - 1) / 2;
  return {
    best,
    smallest: loss(points, best),
    hessian: [[square, x], [x, 1]],
    values: [large, variance / large], // their product is the determinant, the variance
    axes: [[Math.cos(turn), Math.sin(turn)], [-Math.sin(turn), Math.cos(turn)]],
    condition: isValley ? null : large / Math.sqrt(variance),
    isValley,
    shared: isValley ? x : null,
  };
}

/** How far the loss of a line lies above the smallest one. */
export function excess({ best, hessian }, line) {
  const [dw, db] = line.map((value, side) => value - best[side]);
  return (hessian[0][0] * dw * dw + 2 * hessian[0][1] * dw * db + hessian[1][1] * db * db) / 2;
}

/** The best line with slope and intercept from −bound to bound. */
export function bestWithin(found, bound) {
  const { best, hessian } = found;
  if (best.every((value) => Math.abs(value) <= bound)) return best;
  // The bowl is convex: its lowest place in the square lies on one of the four sides.
  const sides = [-bound, bound].flatMap((end) => {
    const intercept = best[1] - (hessian[0][1] * (end - best[0])) / hessian[1][1];
    const slope = best[0] - (hessian[0][1] * (end - best[1])) / hessian[0][0];
    return [[end, clamp(intercept, bound)], [clamp(slope, bound), end]];
  });
  return sides.reduce((low, next) => (excess(found, next) < excess(found, low) ? next : low));
}

/** How much more the squares of a line cover than those of the best line. */
export function surplus(points, line) {
  return 2 * points.length * excess(bowl(points), line);
}

/** Where a ball that rolls straight down the bowl, without inertia, is after a time. */
function after({ best, values, axes }, line, time) {
  const away = line.map((value, side) => value - best[side]);
  const along = axes.map((axis) => axis[0] * away[0] + axis[1] * away[1]);
  const left = along.map((length, side) => length * Math.exp(-values[side] * time));
  return best.map((middle, side) => middle + left[0] * axes[0][side] + left[1] * axes[1][side]);
}

/**
 * The line one ring further down: half as far above the smallest loss, on the path of steepest
 * descent. Near the minimum the best line within the bound, and there null.
 */
export function rolled(found, line, bound) {
  const goal = bestWithin(found, bound);
  const above = excess(found, line);
  if (above <= excess(found, goal) + NEAR) {
    return line.every((value, side) => Math.abs(value - goal[side]) < SAME) ? null : goal;
  }
  let [early, late] = [0, 1];
  while (excess(found, after(found, line, late)) > above / 2) late *= 2;
  for (let round = 0; round < 50; round++) {
    const middle = (early + late) / 2;
    if (excess(found, after(found, line, middle)) > above / 2) early = middle;
    else late = middle;
  }
  const next = after(found, line, late);
  return next.every((value) => Math.abs(value) <= bound) ? next : goal;
}
