// Rosenblatt's rule, the bound on its updates, and half-planes: pure functions.

export const MOST_UPDATES = 400;
const ROUNDING = 1e-12;
const SEPARATES = 1e-9; // a margin below this counts as none

/** Label times (x, y, 1) of each point: what an update adds to (w₁, w₂, b). */
export function signed(points) {
  return points.map(([x, y, label]) => [label * x, label * y, label]);
}

const dot = (one, other) => one.reduce((sum, value, side) => sum + value * other[side], 0);
const minus = (one, other) => one.map((value, side) => value - other[side]);
const plus = (one, other) => one.map((value, side) => value + other[side]);
const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];

/** Label times score of each point: above 0 where the sign of the score is right. */
export function margins(points, weights) {
  return signed(points).map((row) => dot(row, weights) + 0);
}

/** The first mistake from `place` on, round and round; null if there is none. */
export function nextMistake(points, weights, place) {
  const found = margins(points, weights);
  for (let turn = 0; turn < points.length; turn++) {
    const index = (place + turn) % points.length;
    if (found[index] <= 0) return index;
  }
  return null;
}

/**
 * The whole run from zero: { weights, used, settled, cycle }; `cycle` is [first, last], the updates
 * after which weights and place in the data are the same.
 */
export function run(points, most = MOST_UPDATES) {
  const rows = signed(points);
  const [weights, used] = [[[0, 0, 0]], []];
  const seen = new Map([["0,0,0,0", 0]]);
  let place = 0;
  while (used.length < most) {
    const index = nextMistake(points, weights.at(-1), place);
    if (index === null) return { weights, used, settled: true, cycle: null };
    weights.push(plus(weights.at(-1), rows[index]));
    used.push(index);
    place = (index + 1) % points.length;
    const key = [...weights.at(-1), place].join();
    if (seen.has(key)) return { weights, used, settled: false, cycle: [seen.get(key), used.length] };
    seen.set(key, used.length);
  }
  return { weights, used, settled: false, cycle: null };
}

/** The update of the run that stands where `updates` updates lead: a cycle goes on and on. */
export function placeInRun({ used, cycle }, updates) {
  if (updates <= used.length || !cycle) return Math.min(updates, used.length);
  return cycle[0] + ((updates - cycle[0]) % (cycle[1] - cycle[0]));
}

/** The largest margin of weights of length 1; not above 0 if no line separates the points. */
export function margin(points) {
  const rows = signed(points);
  const candidates = [...rows];
  rows.forEach((one, i) => {
    rows.slice(0, i).forEach((two, j) => {
      const along = minus(two, one);
      const square = dot(along, along);
      if (square) candidates.push(one.map((value, side) => value - (dot(one, along) / square) * along[side]));
      for (const three of rows.slice(0, j)) {
        const normal = cross(along, minus(three, one));
        candidates.push(normal, normal.map((value) => -value));
      }
    });
  });
  let best = -Infinity;
  for (const vector of candidates) {
    const length = Math.hypot(...vector);
    if (length > ROUNDING) best = Math.max(best, Math.min(...rows.map((row) => dot(row, vector) / length)));
  }
  return best;
}

/** (r² + 1) / ρ², which the count of updates cannot pass; null if no line separates the points. */
export function bound(points) {
  const rho = margin(points);
  if (rho < SEPARATES) return null;
  return (Math.max(...points.map(([x, y]) => x * x + y * y)) + 1) / rho ** 2;
}

/** The part of a box { x, y } where w₁x + w₂y + b is at least 0, as corners; `sign` −1 for the rest. */
export function halfPlane({ x, y }, weights, sign = 1) {
  const corners = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
  const height = ([a, b]) => sign * dot(weights, [a, b, 1]);
  return corners.flatMap((from, index) => {
    const to = corners[(index + 1) % corners.length];
    const [here, there] = [height(from), height(to)];
    const kept = here >= 0 ? [from] : [];
    if (here * there >= 0) return kept;
    return [...kept, plus(from, minus(to, from).map((value) => (value * here) / (here - there)))];
  });
}
