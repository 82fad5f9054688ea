// What the demo of robust losses draws: three lines with their pulls, and curves over the residual.

import { lineWithout, lossesAt, pullsAt } from "./math.mjs";

export const EDGE = 4.35; // of the plane with the points
export const WIDE = 8; // the largest residual on the two charts
export const LOSS_RANGE = [-2, 10];
export const PULL_RANGE = [-5.2, 5.2];
const ASIDE = 0.26; // from one pull to the next
const STEPS = 160; // of a curve

const within = (value, [low, high]) => Math.max(low, Math.min(high, value));
const lookOf = ({ name }) => name.toLowerCase();
const height = ([slope, intercept], x) => slope * x + intercept;

/**
 * At each line the pull of the outlier, an arrow as long as the pull, over the dotted way to the
 * outlier's height. The three stand side by side, and all inside the plane.
 */
function pullMarks([x, y], fits) {
  const middle = within(x, [ASIDE - EDGE + 0.2, EDGE - ASIDE - 0.2]);
  return fits.flatMap((fit, index) => {
    const at = middle + (index - 1) * ASIDE;
    const top = height(fit.line, x);
    const look = lookOf(fit);
    return [
      { line: [[at, top], [at, y]], look: `stem book-${look}` },
      { arrow: [[at, top], [at, top - fit.pull]], look: `pull book-${look}` },
    ];
  });
}

const across = (line) => [-EDGE, EDGE].map((x) => [x, height(line, x)]);

/** The line without the outlier, the three with it, the eight points that stay, and the pulls. */
export function planeMarks(points, fits) {
  return [
    { line: across(lineWithout(points)), look: "without" },
    ...fits.map((fit) => ({ line: across(fit.line), look: lookOf(fit) })),
    ...points.slice(0, -1).map((place) => ({ dot: place, look: "datum" })),
    ...pullMarks(points.at(-1), fits),
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
    return { place: [within(fit.residual, [-WIDE, WIDE]), within(value, range)], look: lookOf(fit) };
  });
  return [
    ...found.flatMap(({ look }, index) => curve(index, delta, valuesAt, look)),
    ...found.map(({ place, look }) => ({ line: [[place[0], 0], place], look: `stem book-${look}` })),
    ...found.map(({ place, look }) => ({ dot: place, look: `now book-${look}` })),
  ];
}

/** The marks of both charts. */
export function chartMarks(fits, delta) {
  return {
    losses: curveMarks(fits, delta, lossesAt, LOSS_RANGE),
    pulls: curveMarks(fits, delta, pullsAt, PULL_RANGE),
  };
}
