// What the tangent demo draws: the curve with its lines, and the error over the step.

import { FUNCTIONS } from "./functions.mjs";
import { corner, isDefined, measure, places, roundingLevel, sweep } from "./math.mjs";
import { powerOfTen } from "./words.mjs";

const FAR = 12; // beyond the edges of the plane
const REACH = 3.2; // of the curve, on both sides of 0
const PARTS = 128; // of the curve; even, so that a corner at 0 is drawn

/** Ranges of the error plot, in powers of ten. */
export const STEP_RANGE = [-16.7, 0.7];
export const ERROR_RANGE = [-19.9, 1.9];
const LABELLED = [0, -4, -8, -12, -16]; // powers of ten
const LEAST = -17.2; // no error is drawn lower, but for an error of 0
const NO_ERROR = -17.8;

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

/** The point on the curve, if there is one. */
export function pointOf(state) {
  const { function: name, x } = state;
  const y = name === "log" && x <= 0 ? null : FUNCTIONS[name].value(x, identity);
  const [low, high] = FUNCTIONS[name].y;
  return y === null ? [x, 0] : [x, Math.max(low, Math.min(high, y))];
}

/** The left picture: everything for one setting. */
export function curveMarks(state) {
  const { function: name, x } = state;
  const marks = [{ line: curve(state), look: "curve" }];
  if (!isDefined(state)) return marks;
  const { estimate, slope } = measure(state);
  const { value } = FUNCTIONS[name];
  const at = pointOf(state);
  const sides = corner(name, x);
  if (sides) {
    const [[low], [, high]] = [through(at, sides[0]), through(at, sides[1])];
    marks.unshift({ area: [low, through(at, sides[0])[1], high, through(at, sides[1])[0]], look: "fan" });
  } else {
    marks.push({ line: through(at, slope), look: "touch" });
  }
  const points = places(state).map((place) => [place, value(place, identity)]);
  const foot = state.difference === "central" ? points[0] : at;
  marks.push({ line: through(foot, estimate), look: "secant" });
  return [...marks, ...points.map((point) => ({ dot: point, look: "secant" }))];
}

const upright = (at, look) => ({ line: ERROR_RANGE.map((end) => [at, end]), look });
const level = (at, look) => ({ line: STEP_RANGE.map((end) => [end, at]), look });

function labels() {
  const [[left, right], [bottom]] = [STEP_RANGE, ERROR_RANGE];
  const words = (power) => (power ? powerOfTen(power) : "1");
  const steps = LABELLED.slice(1).map((power) => ({ text: words(power), at: [power, bottom], away: [0, 1], look: "scale" }));
  const errors = LABELLED.map((power) => ({ text: words(power), at: [left, power], away: [1, 0], look: "scale" }));
  return [...steps, ...errors, { text: "h", at: [right, bottom], away: [-1, 1], look: "scale" }];
}

let kept = { key: "", marks: [] };

/** What the right picture shows whatever the step is; kept, because it takes a sweep. */
function sweepMarks(state) {
  const { function: name, x, difference, dtype } = state;
  const key = JSON.stringify([name, x, difference, dtype]);
  if (key === kept.key) return kept.marks;
  const found = sweep(state);
  const line = (look, list) => (list.length > 1 ? [{ line: list, look }] : []);
  const bent = found.filter(({ truncation }) => truncation > 0);
  const noise = found.map(({ step }) => [step, roundingLevel(state, step)]).filter(([, size]) => size > 0);
  const marks = [
    ...line("truncation", bent.map(({ step, truncation }) => [step, truncation].map(Math.log10))),
    ...line("rounding", noise.map((pair) => pair.map(Math.log10))),
    ...found.map(({ step, error }) => ({
      dot: [Math.log10(step), errorPlace(error)],
      look: error ? "sample" : "sample book-exact",
    })),
  ];
  kept = { key, marks };
  return marks;
}

/** The right picture: everything for one setting. */
export function errorMarks(state) {
  const grid = LABELLED.flatMap((power) => [upright(power, "rule"), level(power, "rule")]);
  const said = (text) => [...grid, ...labels(), { text, at: [-8, -8], look: "none" }];
  if (corner(state.function, state.x)) return said("no derivative, no error");
  if (state.function === "log" && state.x <= 0) return said("no value, no error");
  const found = sweepMarks(state);
  const isExact = found.some(({ look }) => look.includes("exact"));
  const zero = { text: "0", at: [STEP_RANGE[0], NO_ERROR], away: [1, 0], look: "scale" };
  return [...grid, upright(Math.log10(state.step), "now"), ...found, ...labels(), ...(isExact ? [zero] : [])];
}

/** Where the point for the step stands in the right picture. */
export function stepPlace(state) {
  const { error } = measure(state);
  return [Math.log10(state.step), error === undefined ? NO_ERROR : errorPlace(Math.abs(error))];
}
