// What the tangent demo draws: the curve with its lines, and the error over the step.

import { power } from "../kit/numbers.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { corner, isDefined, measure, places, roundingLevel, sweep } from "./math.mjs";

const FAR = 12; // beyond the edges of the plane
const REACH = 3.2; // of the curve, on both sides of 0
const PARTS = 128; // of the curve; even, so that a corner at 0 is drawn
const VISIBLE = 0.15; // a step that a picture can show

/** The range of the curve's plane from left to right. */
export const ACROSS = [-2.7, 2.7];
/** Ranges of the error plot, in powers of ten. */
export const STEP_RANGE = [-16.9, 0.7];
export const ERROR_RANGE = [-20.9, 2.3];
const LABELLED = [0, -4, -8, -12, -16]; // powers of ten
const LEAST = -16; // no error is drawn lower, but for an error of 0
const NO_ERROR = -16.6;

const identity = (value) => value;

/** Where an error stands, within what the plot shows. */
export function errorPlace(error) {
  if (!error) return NO_ERROR;
  return Math.min(ERROR_RANGE[1] - 0.4, Math.max(LEAST, Math.log10(error)));
}

function curve({ function: name }) {
  const { value } = FUNCTIONS[name];
  const at = Array.from({ length: PARTS + 1 }, (_, index) => REACH * ((2 * index) / PARTS - 1));
  // Drawn as far as a screen can show: no need for the last bit.
  const quick = { sin: Math.sin, exp: Math.exp, log: Math.log }[name] ?? ((x) => value(x, identity));
  const seen = name === "log" ? [0.001, 0.01, ...at.filter((x) => x > 0)] : at;
  return seen.map((x) => [x, quick(x)]);
}

const through = ([x, y], slope) => [
  [x - FAR, y - FAR * slope],
  [x + FAR, y + FAR * slope],
];

/** Where the point is drawn: on the curve, or at the edge of the plane where the curve has left it. */
export function pointOf(state) {
  const { function: name, x } = state;
  const y = name === "log" && x <= 0 ? null : FUNCTIONS[name].value(x, identity);
  const [low, high] = FUNCTIONS[name].y;
  return y === null ? [x, 0] : [x, Math.max(low, Math.min(high, y))];
}

/** How far the secant runs and how far it rises, where that can be seen. */
function triangle([[left, low], [right, high]], words, [bottom, top]) {
  if (right - left < VISIBLE) return [];
  const name = { text: words, at: [(left + right) / 2, low], away: [0, low > high ? 1 : -1], look: "secant" };
  return [{ line: [[left, low], [right, low], [right, high]], look: "run" }, ...(low > bottom && low < top ? [name] : [])];
}

/** The left picture: everything for one setting, the secant with the slope `estimate`. */
export function curveMarks(state, estimate = measure(state).estimate) {
  const { function: name, x } = state;
  const marks = [{ line: curve(state), look: "curve" }];
  if (!isDefined(state)) return marks;
  const { slope } = measure(state);
  const { value } = FUNCTIONS[name];
  const at = [x, value(x, identity)];
  const sides = corner(name, x);
  if (sides) {
    const [[low], [, high]] = [through(at, sides[0]), through(at, sides[1])];
    marks.unshift({ area: [low, through(at, sides[0])[1], high, through(at, sides[1])[0]], look: "fan" });
  } else {
    marks.push({ line: through(at, slope), look: "touch" });
  }
  const points = places(state).map((place) => [place, value(place, identity)]);
  marks.push(...triangle(points, state.difference === "central" ? "2h" : "h", FUNCTIONS[name].y), { line: through(points[0], estimate), look: "secant" });
  return [...marks, ...points.map((point) => ({ dot: point, look: "secant" }))];
}

const upright = (at, look) => ({ line: ERROR_RANGE.map((end) => [at, end]), look });
const level = (at, look) => ({ line: STEP_RANGE.map((end) => [end, at]), look });

/** Numbers and names at the edges; the lowest number has no room beside that of no error at all. */
function labels(isExact) {
  const [[left, right], [bottom]] = [STEP_RANGE, ERROR_RANGE];
  const words = (exponent) => (exponent ? power(exponent) : "1");
  const steps = LABELLED.slice(1).map((at) => ({ text: words(at), at: [at, bottom], away: [0, 1], look: "scale" }));
  const errors = LABELLED.slice(0, isExact ? -1 : undefined).map((at) => ({ text: words(at), at: [left, at], away: [1, 0], look: "scale" }));
  return [...steps, ...errors, { text: "h", at: [right, bottom], away: [-1, 1], look: "scale" }];
}

/** The name of a line beside one of its points, if it is in the picture there. */
function named(text, line, step, away) {
  const at = line.find(([x]) => x >= step);
  const isIn = at && at[1] > ERROR_RANGE[0] + 2 && at[1] < ERROR_RANGE[1] - 2;
  return isIn ? [{ text, at, away, look: text }] : [];
}

let kept = { key: "", found: [], lines: [] };

/** The errors and the lines of both kinds, whatever the step is; kept, because it takes a sweep. */
function swept(state) {
  const { function: name, x, difference, dtype } = state;
  const key = JSON.stringify([name, x, difference, dtype]);
  if (key === kept.key) return kept;
  const found = sweep(state);
  const bent = found.filter(({ truncation }) => truncation > 0).map(({ step, truncation }) => [step, truncation]);
  const noise = found.map(({ step }) => [step, roundingLevel(state, step)]).filter(([, size]) => size > 0);
  const [bending, rounding] = [bent, noise].map((list) => list.map((pair) => pair.map(Math.log10)));
  const drawn = (line, look) => (line.length > 1 ? [{ line, look }] : []);
  const lines = [
    ...drawn(bending, "truncation"),
    ...drawn(rounding, "rounding"),
    ...named("truncation", bending, -5.8, [-1, 0.3]),
    ...named("rounding", rounding, -12.2, [1, 0.6]),
  ];
  kept = { key, found, lines };
  return kept;
}

/**
 * The right picture: everything for one setting, the line of the step at the power `exponent`; steps
 * smaller than the one now are faint.
 */
export function errorMarks(state, exponent = Math.log10(state.step)) {
  const grid = LABELLED.flatMap((at) => [upright(at, "rule"), level(at, "rule")]);
  const said = (text) => [...grid, ...labels(), { text, at: [-8, -8], look: "none" }];
  if (corner(state.function, state.x)) return said("no derivative, no error");
  if (state.function === "log" && state.x <= 0) return said("no value, no error");
  const { found, lines } = swept(state);
  const dots = found.map(({ step, error }) => ({
    dot: [Math.log10(step), errorPlace(error)],
    look: `sample${error ? "" : " book-exact"}${step < state.step * (1 - 1e-9) ? " book-ahead" : ""}`,
  }));
  const zero = { text: "0", at: [STEP_RANGE[0], NO_ERROR], away: [1, 0], look: "scale" };
  const isExact = found.some(({ error }) => !error);
  return [...grid, upright(exponent, "now"), ...dots, ...lines, ...labels(isExact), ...(isExact ? [zero] : [])];
}

/** Where the point for the step stands in the right picture. */
export function stepPlace(state) {
  const { error } = measure(state);
  return [Math.log10(state.step), error === undefined ? NO_ERROR : errorPlace(Math.abs(error))];
}
