// What a difference quotient computes, float by float, and where its error comes from.

import { FUNCTIONS } from "./functions.mjs";

export const LEAST_STEP = 1e-16;
const SEEN = 0.01; // a picture shows how the secant turns, down to this step
const CLEARLY = 3; // one error dominates if it is so many times the other
const ROUNDOFF = { float64: 2 ** -53, float32: 2 ** -24 }; // of one operation, at most

/** The steps of the slider, 1, 2 and 5 times the powers of ten, the smallest first. */
export const STEPS = Array.from({ length: 49 }, (_, index) =>
  Number(`${[1, 2, 5][index % 3]}e${Math.floor(index / 3) - 16}`),
);

const rounding = (dtype) => (dtype === "float32" ? Math.fround : (value) => value);

/** The index in STEPS of the step that is nearest on a logarithmic scale. */
export function stepIndex(step) {
  const away = (other) => Math.abs(Math.log(other / step));
  return STEPS.reduce((best, other, index) => (away(other) < away(STEPS[best]) ? index : best), 0);
}

/** The next step of the slider in the given sense, 1 or −1; an infinite sense asks for the end. */
export function nextStep(step, sense) {
  if (!Number.isFinite(sense)) return sense > 0 ? 1 : LEAST_STEP;
  const larger = STEPS.find((other) => other > step) ?? 1;
  const smaller = STEPS.findLast((other) => other < step) ?? LEAST_STEP;
  return sense > 0 ? larger : smaller;
}

/** The slopes from the left and from the right, if they differ at x; else null. */
export function corner(name, x) {
  const { sides } = FUNCTIONS[name];
  return sides && x === 0 ? sides : null;
}

/** Where the function is asked for its values: [left, right], in floats of the dtype. */
export function places({ x, step, difference, dtype }) {
  const round = rounding(dtype);
  const [at, h] = [round(x), round(step)];
  return [difference === "central" ? round(at - h) : at, round(at + h)];
}

/** Whether the function has a value wherever it is asked. */
export function isDefined(state) {
  return state.function !== "log" || (state.x > 0 && places(state)[0] > 0);
}

/** The difference quotient, rounded after every operation as torch does. */
export function estimate(state) {
  const round = rounding(state.dtype);
  const h = round(state.step);
  const [low, high] = places(state).map((at) => FUNCTIONS[state.function].value(at, round));
  return round(round(high - low) / (state.difference === "central" ? round(2 * h) : h));
}

/**
 * Everything about one setting: { kind, estimate, slope, error, truncation, rounding, values }.
 *
 * The error is estimate minus slope. Its share `truncation` is what exact arithmetic would leave,
 * `rounding` is the rest. The kind is "undefined", "corner", "exact", "lost" (x + h is x), "same"
 * (both function values are one float), or what dominates: "truncation", "rounding", "both".
 */
export function measure(state) {
  const { function: name, x, step, difference, dtype } = state;
  if (!isDefined(state)) return { kind: "undefined" };
  const round = rounding(dtype);
  const { value, slope, gap } = FUNCTIONS[name];
  const found = estimate(state);
  const at = places(state);
  const values = at.map((place) => value(place, round));
  if (corner(name, x)) return { kind: "corner", estimate: found, slope: null, values };
  const exact = slope(round(x));
  const error = found - exact;
  const truncation = gap(round(x), round(step), difference === "central");
  const rest = error - truncation;
  const [bent, rounded] = [truncation, rest].map(Math.abs);
  const kind =
    error === 0 ? "exact"
    : at[0] === at[1] ? "lost"
    : values[0] === values[1] ? "same"
    : bent > CLEARLY * rounded ? "truncation"
    : rounded > CLEARLY * bent ? "rounding"
    : "both";
  return { kind, estimate: found, slope: exact, error, truncation, rounding: rest, values };
}

/** The error, and its truncation alone, for every step at which the function has values. */
export function sweep(state) {
  const settings = STEPS.map((step) => ({ ...state, step })).filter(isDefined);
  return settings.map((setting) => {
    const { error, truncation } = measure(setting);
    return { step: setting.step, error: Math.abs(error), truncation: Math.abs(truncation) };
  });
}

/** How large rounding errors get: of both function values, and of the places where they are taken. */
export function roundingLevel({ function: name, x, dtype }, step) {
  const { value, slope } = FUNCTIONS[name];
  const size = Math.abs(value(x, (number) => number)) + Math.abs(x * slope(x));
  return (ROUNDOFF[dtype] * size) / step;
}

/** How many leading decimal digits two numbers share, at most. */
export function sharedDigits([low, high]) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return Math.max(0, Math.floor(-Math.log10(Math.abs(high - low) / size)));
}

/** The next step of the story: by 1, 2 and 5 while the secant is seen to turn, then by decades. */
export function storyStep(step) {
  if (step <= LEAST_STEP) return null;
  if (step > SEEN) return nextStep(step, -1);
  return Math.max(LEAST_STEP, 10 ** (Math.ceil(Math.log10(step) - 1e-9) - 1));
}

/** How many digits two texts of numbers share at their beginning, zeros before the first apart. */
export function sharedStart(one, other) {
  let end = 0;
  while (end < one.length && one[end] === other[end]) end += 1;
  return { end, digits: one.slice(0, end).replace(/^[^1-9]*/, "").replace(/\D/g, "").length };
}
