// The best line under the L2, the L1 and the Huber loss, and how hard a residual pulls at each.

import { residuals } from "../kit/line.mjs";

const STEPS = 5000; // of reweighting, at most: a few hundred are enough
const STILL = 1e-13; // a smaller change of slope and intercept counts as none
const SAME = 1e-9; // losses closer than this are one loss, and a smaller residual is none

const clamp = (value, bound) => Math.max(-bound, Math.min(bound, value));
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The names of the losses, in the order of every list below. */
export const NAMES = ["L2", "L1", "Huber"];

/** The loss of one residual under each of the three; `delta` is Huber's threshold. */
export function lossesAt(residual, delta) {
  const size = Math.abs(residual);
  const half = (residual * residual) / 2;
  return [half, size, size <= delta ? half : delta * (size - delta / 2)];
}

/** Their derivatives at one residual; L1's in the kink is 0, as in torch. */
export function pullsAt(residual, delta) {
  return [residual, Math.sign(residual), clamp(residual, delta)];
}

/** The line of least weighted squares: the normal equations, around the centre of the points. */
export function weightedLine(points, weights) {
  const total = sum(weights);
  const mean = (part) => sum(points.map((point, index) => weights[index] * part(point))) / total;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const slope = mean((point) => (point[0] - x) * (point[1] - y)) / mean((point) => (point[0] - x) ** 2);
  return [slope, y - slope * x];
}

/**
 * The L1 line, { line, isOnly }: among the lines through two points there is always a best one.
 * If several are equally good, so are all between them, and `line` is their mean.
 */
export function l1Line(points) {
  const found = [];
  for (const [index, [x, y]] of points.entries()) {
    for (const [otherX, otherY] of points.slice(index + 1)) {
      if (x === otherX) continue;
      const slope = (otherY - y) / (otherX - x);
      const line = [slope, y - slope * x];
      found.push({ line, total: sum(residuals(points, line).map(Math.abs)) });
    }
  }
  const least = Math.min(...found.map(({ total }) => total));
  const best = found.filter(({ total }) => total <= least + SAME).map(({ line }) => line);
  const line = [0, 1].map((side) => sum(best.map((each) => each[side])) / best.length);
  const isSame = (each) => each.every((value, side) => Math.abs(value - line[side]) < 1e-7);
  return { line, isOnly: best.every(isSame) };
}

/** The Huber line by iteratively reweighted least squares, from the L2 line until it stands still. */
export function huberLine(points, delta) {
  let line = weightedLine(points, points.map(() => 1));
  for (let step = 0; step < STEPS; step++) {
    const sizes = residuals(points, line).map(Math.abs);
    const next = weightedLine(points, sizes.map((size) => delta / Math.max(size, delta)));
    const change = Math.max(...next.map((value, side) => Math.abs(value - line[side])));
    line = next;
    if (change < STILL) break;
  }
  return line;
}

/**
 * All that is shown of one setting; the outlier is the last of the points. { fits, isOnly }: each
 * fit has a name, its line, its smallest mean loss, and the outlier's residual, loss and pull.
 */
export function fitted(points, delta) {
  const l1 = l1Line(points);
  const lines = [weightedLine(points, points.map(() => 1)), l1.line, huberLine(points, delta)];
  const fits = lines.map((line, index) => {
    // A line through a point misses it by a rounding error, whose sign would say nothing.
    const all = residuals(points, line).map((each) => (Math.abs(each) < SAME ? 0 : each));
    const residual = all.at(-1);
    return {
      name: NAMES[index],
      line,
      mean: sum(all.map((each) => lossesAt(each, delta)[index])) / points.length,
      residual,
      loss: lossesAt(residual, delta)[index],
      pull: pullsAt(residual, delta)[index],
    };
  });
  return { fits, isOnly: l1.isOnly };
}

/** The line of least squares through all points but the last, the outlier. */
export function lineWithout(points) {
  const others = points.slice(0, -1);
  return weightedLine(others, others.map(() => 1));
}

/** How far the outlier turns the L2 line: the slope with it minus the slope without it. */
export function turned(points) {
  return weightedLine(points, points.map(() => 1))[0] - lineWithout(points)[0];
}

/**
 * The next moment of the story: the outlier falls by `step`, but not below `floor`; null if it is
 * there.
 */
export function fallen([x, y], step, floor) {
  if (y <= floor + SAME) return null;
  return [x, Math.max(floor, Math.round(20 * (y - step)) / 20)];
}

/** Where the outlier would be no outlier: on the line of the others, at its x, within the bound. */
export function lifted(points, bound) {
  const [slope, intercept] = lineWithout(points);
  const x = points.at(-1)[0];
  return [x, Math.round(20 * clamp(slope * x + intercept, bound)) / 20];
}

/**
 * Heights for labels that want to stand at some heights, at least `gap` apart and from `low` to
 * `high`: those that would meet stand around their mean, in the same order.
 */
export function spread(wanted, gap, [low, high]) {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other] || one - other);
  const blocks = []; // of labels in touch: where their first one stands, and how many they are
  for (const [rank, index] of order.entries()) {
    let block = { sum: wanted[index] - rank * gap, count: 1 };
    while (blocks.length && blocks.at(-1).sum / blocks.at(-1).count >= block.sum / block.count) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  }
  const last = high - (order.length - 1) * gap;
  const bases = blocks.flatMap(({ sum, count }) => new Array(count).fill(Math.max(low, Math.min(last, sum / count))));
  const found = [];
  for (const [rank, index] of order.entries()) found[index] = bases[rank] + rank * gap;
  return found;
}
