// Gradient descent on quadratics: paths, curvatures and regimes. No page, no drawing.

import { minibatches } from "./shuffle.mjs";

export const MOST_STEPS = 60;
export const SLOW = 0.9; // a path is slow if a step keeps more of the distance than this
// From the minimum to the picture's edge, across and up; a parabola has one coordinate only.
export const EDGES = { parabola: [3.3], bowl: [3.36, 1.4], data: [4.8, 2.0] };
const ROUNDING = 1e-9;

const dot = (one, other) => one.reduce((sum, value, index) => sum + value * other[index], 0);
const minus = (one, other) => one.map((value, index) => value - other[index]);
const times = (matrix, vector) => matrix.map((row) => dot(row, vector));

/** Second derivatives and minimum of half the mean squared error of a linear model. */
function leastSquares({ inputs, targets }) {
  const column = (side) => inputs.map((row) => row[side]);
  const mean = (one, other) => dot(one, other) / inputs.length;
  const [p, q, r] = [[0, 0], [0, 1], [1, 1]].map(([i, j]) => mean(column(i), column(j)));
  const [u, v] = [0, 1].map((side) => mean(column(side), targets));
  const determinant = p * r - q * q;
  const minimum = [(r * u - q * v) / determinant, (p * v - q * u) / determinant];
  return { hessian: [[p, q], [q, r]], minimum };
}

/** Second derivatives and minimum of the loss of a setting: { hessian, minimum }. */
export function surfaceOf({ surface, curvature }, data) {
  if (surface === "data") return leastSquares(data);
  if (surface === "parabola") return { hessian: [[curvature]], minimum: [0] };
  return { hessian: [[1, 0], [0, curvature]], minimum: [0, 0] };
}

/** Curvatures and unit vectors of the axes of a quadratic, the flattest first: { values, axes }. */
export function principal(hessian) {
  if (hessian.length === 1) return { values: [hessian[0][0]], axes: [[1]] };
  const [[p, q], [, r]] = hessian;
  const [mean, half] = [(p + r) / 2, (p - r) / 2];
  const root = Math.hypot(half, q);
  const angle = Math.atan2(q, half) / 2;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return { values: [mean - root, mean + root], axes: [[-y, x], [x, y]] };
}

function meanLoss(w, { inputs, targets }) {
  const errors = inputs.map((row, index) => dot(row, w) - targets[index]);
  return dot(errors, errors) / errors.length / 2;
}

function batchGradient(w, batch, { inputs, targets }) {
  const errors = batch.map((index) => dot(inputs[index], w) - targets[index]);
  return w.map((_, side) => dot(errors, batch.map((index) => inputs[index][side])) / batch.length);
}

/** How much of the distance a step keeps in the long run; `reach` is learning rate · curvature. */
export function keptOf(reach, momentum) {
  const middle = 1 + momentum - reach;
  const discriminant = middle ** 2 - 4 * momentum;
  if (discriminant < 0) return Math.sqrt(momentum);
  return (Math.abs(middle) + Math.sqrt(discriminant)) / 2;
}

/** The learning rates from which on a path overshoots, and from which on it diverges. */
export function boundsOf(curvature, momentum) {
  return [(1 - Math.sqrt(momentum)) ** 2 / curvature, (2 * (1 + momentum)) / curvature];
}

/** What the learning rate does along the axes that matter, in a word; see the Python side. */
export function regimeOf({ lr, momentum }, curvatures, kept, isNoisy) {
  if (!curvatures.length) return "at rest";
  const reach = lr * curvatures.at(-1);
  const [overshoots, diverges] = boundsOf(1, momentum);
  if (reach > diverges + ROUNDING) return "diverging";
  if (isNoisy) return "noisy";
  if (reach > diverges - ROUNDING) return "on the bound";
  if (Math.max(...kept) < ROUNDING) return "one step";
  if (reach > overshoots + ROUNDING) return "bouncing";
  return Math.max(...kept) > SLOW ? "slow" : "fast";
}

/** The places of a path, which ends with the first one outside the picture: { path, hasLeft }. */
function walk(state, data, { hessian, minimum }, isNoisy) {
  const { surface, lr, momentum, steps, batch_size: size, seed } = state;
  const isData = surface === "data";
  const count = isData ? data.targets.length : 1;
  const isOutside = (w) => minus(w, minimum).some((far, side) => Math.abs(far) > EDGES[surface][side]);
  let w = state.start.slice(0, minimum.length);
  let velocity = w.map(() => 0);
  const path = [w];
  for (const batch of minibatches(count, isNoisy ? size : count, steps, seed)) {
    const gradient = isData ? batchGradient(w, batch, data) : times(hessian, w);
    velocity = velocity.map((value, side) => momentum * value + gradient[side]);
    w = w.map((value, side) => value - lr * velocity[side]);
    path.push(w);
    if (isOutside(w)) break;
  }
  return { path, hasLeft: isOutside(w) };
}

/**
 * Everything about one setting:
 * { path, hasLeft, losses, excess, curvatures, kept, regime, isNoisy, hessian, minimum, edges }.
 *
 * Parabola and bowl need no data. `excess` is how far a loss lies above the smallest;
 * `curvatures` are those of the axes on which the start is off the minimum, and `kept` says for
 * each how much of the distance a step keeps.
 */
export function descend(state, data) {
  const { hessian, minimum } = surfaceOf(state, data);
  const isData = state.surface === "data";
  const isNoisy = isData && state.batch_size !== "full";
  const { path, hasLeft } = walk(state, data, { hessian, minimum }, isNoisy);
  const excess = path.map((place) => {
    const away = minus(place, minimum);
    return dot(away, times(hessian, away)) / 2;
  });
  const least = isData ? meanLoss(minimum, data) : 0;
  const { values, axes } = principal(hessian);
  const off = minus(path[0], minimum);
  const curvatures = values.filter((_, index) => Math.abs(dot(axes[index], off)) > ROUNDING);
  const kept = curvatures.map((value) => keptOf(state.lr * value, state.momentum));
  return {
    path,
    hasLeft,
    losses: excess.map((value) => value + least),
    excess,
    curvatures,
    kept,
    regime: regimeOf(state, curvatures, kept, isNoisy),
    isNoisy,
    hessian,
    minimum,
    edges: EDGES[state.surface],
  };
}

/** The part of a segment, from inside a rectangle, that lies in it: { x, y } are its ranges. */
export function clipped(from, to, { x, y }) {
  const share = (start, end, [least, greatest]) => {
    if (end > greatest) return (greatest - start) / (end - start);
    return end < least ? (least - start) / (end - start) : 1;
  };
  const part = Math.min(1, share(from[0], to[0], x), share(from[1], to[1], y));
  return from.map((value, side) => value + part * (to[side] - value));
}
