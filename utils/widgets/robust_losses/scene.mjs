// What the demo of robust losses draws: three lines, and three curves over the residual, twice.

import { lossesAt, pullsAt } from "./math.mjs";

export const EDGE = 4.35; // of the plane with the points
export const WIDE = 8; // the largest residual on the two charts
export const LOSS_RANGE = [-1.4, 10];
export const PULL_RANGE = [-5.2, 5.2];
const OUTER = 3.9; // where the names of the highest and of the lowest line stand
const INNER = 2.7; // where that of the line between them stands
const STEPS = 160; // of a curve

const within = (value, [low, high]) => Math.max(low, Math.min(high, value));
const lookOf = ({ name }) => name.toLowerCase();
const height = ([slope, intercept], x) => slope * x + intercept;

/** The names of the lines, on the side where they are farther apart: none on another line. */
function lineNames(fits) {
  const spread = (x) => {
    const heights = fits.map(({ line }) => within(height(line, x), [-EDGE, EDGE]));
    return Math.max(...heights) - Math.min(...heights);
  };
  const side = spread(OUTER) >= spread(-OUTER) ? 1 : -1;
  const order = [...fits].sort((one, other) => height(other.line, side * OUTER) - height(one.line, side * OUTER));
  const places = [[OUTER, 1], [INNER, 1], [OUTER, -1]];
  return order.map((fit, index) => {
    const [out, up] = places[index];
    const x = side * out;
    const at = [x, within(height(fit.line, x), [-EDGE, EDGE])];
    const gap = (other) => Math.abs(height(other.line, x) - at[1]);
    const isMiddle = index === 1;
    // The name between two lines goes where there is more room.
    const away = isMiddle && gap(order[2]) > gap(order[0]) ? -1 : up;
    return { text: fit.name, at, away: [0, away], look: lookOf(fit) };
  });
}

/** The eight points that stay, the three lines and their names. */
export function planeMarks(points, fits) {
  return [
    ...fits.map((fit) => ({
      line: [-EDGE, EDGE].map((x) => [x, height(fit.line, x)]),
      look: lookOf(fit),
    })),
    ...points.slice(0, -1).map((place) => ({ dot: place, look: "datum" })),
    ...lineNames(fits),
  ];
}

/** One curve of a chart, as lines: L1's derivative has a gap at zero. */
function curve(index, delta, valuesAt, look) {
  if (valuesAt === pullsAt && index === 1) {
    return [-1, 1].map((side) => ({ line: [[side * WIDE, side], [0, side]], look }));
  }
  const even = Array.from({ length: STEPS + 1 }, (_, step) => -WIDE + (2 * WIDE * step) / STEPS);
  const residuals = [...even, -delta, delta].sort((one, other) => one - other);
  return [{ line: residuals.map((r) => [r, valuesAt(r, delta)[index]]), look }];
}

/** The curves of one chart, and on each the outlier's residual, or the edge if it lies beyond. */
function curveMarks(fits, delta, valuesAt, range) {
  const found = fits.map((fit, index) => {
    const value = valuesAt(fit.residual, delta)[index];
    const place = [within(fit.residual, [-WIDE, WIDE]), within(value, range)];
    return { place, name: fit.name, look: lookOf(fit), side: fit.residual < 0 ? -1 : 1 };
  });
  // The curves of L1 and of Huber lie close together, so their names stand on opposite sides.
  const away = ({ side, index }) => {
    const up = valuesAt === pullsAt ? side : 1;
    return [[-side, 0], [0, up], [0, -up]][index];
  };
  return [
    ...found.flatMap(({ look }, index) => curve(index, delta, valuesAt, look)),
    ...found.map(({ place, look }) => ({ line: [[place[0], 0], place], look: `stem book-${look}` })),
    ...found.map(({ place, look }) => ({ dot: place, look: `now book-${look}` })),
    ...found.map((fit, index) => ({ text: fit.name, at: fit.place, away: away({ ...fit, index }), look: fit.look })),
  ];
}

/** The marks of both charts. */
export function chartMarks(fits, delta) {
  return {
    losses: curveMarks(fits, delta, lossesAt, LOSS_RANGE),
    pulls: curveMarks(fits, delta, pullsAt, PULL_RANGE),
  };
}
