// Gradient descent on quadratics: batches, paths, curvatures and regimes. No page, no drawing.

export const EDGES = { parabola: 3.2, bowl: 3.2, data: 4 }; // from the minimum to the picture's edge
export const SLOW = 0.9; // a path is slow if a step keeps more of the distance than this
const ROUNDING = 1e-9;

const dot = (one, other) => one.reduce((sum, value, index) => sum + value * other[index], 0);
const minus = (one, other) => one.map((value, index) => value - other[index]);
const times = (matrix, vector) => matrix.map((row) => dot(row, vector));

/** A generator of integers from 0 to 2³² − 1, the same as in Python (mulberry32, T. Ettinger). */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

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

/** What the learning rate does along the axes that matter, in a word; see the Python side. */
export function regimeOf(lr, curvatures, isNoisy) {
  if (!curvatures.length) return "at rest";
  const kept = curvatures.map((value) => 1 - lr * value);
  const least = Math.min(...kept);
  if (least < -1 - ROUNDING) return "diverging";
  if (isNoisy) return "noisy";
  if (least < -1 + ROUNDING) return "on the bound";
  if (Math.max(...kept.map(Math.abs)) < ROUNDING) return "one step";
  if (least < -ROUNDING) return "bouncing";
  return Math.max(...kept) > SLOW ? "slow" : "fast";
}

/**
 * Everything about one setting:
 * { path, losses, excess, hasLeft, curvatures, regime, isNoisy, hessian, minimum, edge }.
 *
 * Parabola and bowl need no data. The path ends with the first place outside the picture. `excess` is how far a loss lies above
 * the smallest; `curvatures` are those of the axes on which the start is off the minimum.
 */
export function descend(state, data) {
  const { surface, lr, steps, batch_size: size, seed } = state;
  const { hessian, minimum } = surfaceOf(state, data);
  const isData = surface === "data";
  const isNoisy = isData && size !== "full";
  const edge = EDGES[surface];
  const count = isData ? data.targets.length : 1;
  let w = state.start.slice(0, minimum.length);
  const path = [w];
  let hasLeft = false;
  for (const batch of minibatches(count, isNoisy ? size : count, steps, seed)) {
    const gradient = isData ? batchGradient(w, batch, data) : times(hessian, w);
    w = w.map((value, side) => value - lr * gradient[side]);
    path.push(w);
    hasLeft = Math.max(...minus(w, minimum).map(Math.abs)) > edge;
    if (hasLeft) break;
  }
  const excess = path.map((place) => {
    const away = minus(place, minimum);
    return dot(away, times(hessian, away)) / 2;
  });
  const least = isData ? meanLoss(minimum, data) : 0;
  const { values, axes } = principal(hessian);
  const off = minus(path[0], minimum);
  const curvatures = values.filter((_, index) => Math.abs(dot(axes[index], off)) > ROUNDING);
  return {
    path,
    losses: excess.map((value) => value + least),
    excess,
    hasLeft,
    curvatures,
    regime: regimeOf(lr, curvatures, isNoisy),
    isNoisy,
    hessian,
    minimum,
    edge,
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
