// What the tangent demo says: numbers, sentences and torch code, all pure text.

import { power } from "../kit/numbers.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { corner, measure, sharedDigits, sharedStart } from "./math.mjs";

const DIGITS = { float64: 16, float32: 7 }; // decimal digits of a float, about
const SHOWN = { float64: 10, float32: 8 }; // of an estimate
const PLACES = { float64: 13, float32: 7 }; // behind the point, where two slopes are compared
const MINUS = "\u2212";

/** A number with so many digits in all, never in exponential form, with a proper minus sign. */
export function plain(value, count) {
  const magnitude = value ? Math.floor(Math.log10(Math.abs(value))) : 0;
  const decimals = Math.max(0, Math.min(count, count - 1 - magnitude));
  const text = value.toFixed(decimals);
  return (Number(text) ? text : text.replace("-", "")).replace("-", MINUS);
}

/** A number of any size with two digits, such as −2.3 · 10⁻⁶. */
export function short(value) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.00995 && Math.abs(value) < 99.5) return value.toPrecision(2).replace("-", MINUS);
  const [digits, exponent] = value.toExponential(1).split("e");
  return `${digits.replace("-", MINUS)} · ${power(Number(exponent))}`;
}

/** A step, such as 5 · 10⁻⁹, with as few digits as it has. */
export function stepWords(step) {
  if (step >= 0.001) return String(Number(step.toPrecision(3)));
  const [digits, exponent] = Number(step.toPrecision(3)).toExponential().split("e");
  return (digits === "1" ? "" : `${digits} · `) + power(Number(exponent));
}

/** A coordinate. */
export function placeWords(value) {
  const text = value.toFixed(2);
  return (Number(text) ? text : "0.00").replace("-", MINUS);
}

const NONE = "none";

function slopeText(value, dtype) {
  const text = value.toFixed(PLACES[dtype]);
  // A space as wide as a digit where a minus might stand: the points stay one below the other.
  return (Number(text) < 0 ? MINUS : "\u2007") + text.replace("-", "");
}

/**
 * Both slopes as texts that can be laid one below the other: { tangent, right, wrong, digits }. The
 * secant's is `right` + `wrong`, and of its digits so many are right.
 */
export function slopeDigits(state) {
  const { estimate, slope } = measure(state);
  if (estimate === undefined) return { tangent: NONE, right: "", wrong: NONE, digits: 0 };
  const secant = slopeText(estimate, state.dtype);
  if (slope === null) return { tangent: NONE, right: "", wrong: secant, digits: 0 };
  const tangent = slopeText(slope, state.dtype);
  const { end: shared, digits } = sharedStart(secant, tangent);
  const end = digits || slope === 0 ? shared : 0; // a zero before the point is no merit
  return { tangent, right: secant.slice(0, end), wrong: secant.slice(end), digits };
}

/** The numbers of one setting: [look, name, value, meaning]. */
export function facts(state) {
  const { kind, estimate, slope, error, truncation, rounding } = measure(state);
  const isUndefined = kind === "undefined";
  const number = (value) => plain(value, SHOWN[state.dtype]);
  const part = (value) => (error === undefined ? NONE : short(value));
  const formula = state.difference === "central" ? "(f(x + h) − f(x − h)) / 2h" : "(f(x + h) − f(x)) / h";
  return [
    ["secant", "Secant", isUndefined ? NONE : number(estimate), `${formula}, as computed`],
    ["touch", "Tangent", isUndefined || slope === null ? NONE : number(slope), "f′(x), the derivative"],
    ["error", "Error", part(error), "secant minus tangent"],
    ["truncation", "Truncation", part(truncation), "its part from bending: grows with h"],
    ["rounding", "Rounding", part(rounding), "its part from rounding: grows as h shrinks"],
  ];
}

function cornerSentence(state) {
  const { name } = FUNCTIONS[state.function];
  const [left, right] = corner(state.function, state.x).map((slope) => plain(slope, 1));
  const given = plain(measure(state).estimate, 4).replace(/\.?0+$/, "");
  return (
    `${name} has a corner with the slopes ${left} and ${right}. The ${state.difference} difference ` +
    `says ${given || "0"}, torch 0. Shaded: all sub-derivatives.`
  );
}

function undefinedSentence({ x, difference }) {
  if (x <= 0) return "log x needs a positive x: move the point to the right.";
  const words = difference === "central" ? "x − h" : "x + h";
  return `log has no value at ${words}, which is not positive. A smaller step helps.`;
}

const counted = (count, noun) => `${count || "No"} ${noun}${count === 1 ? "" : "s"}`;

/** Which error dominates, and what to do about it. */
export function sentence(state) {
  const { kind, values } = measure(state);
  const isCentral = state.difference === "central";
  const pair = isCentral ? "f(x + h) and f(x − h)" : "f(x + h) and f(x)";
  const { digits } = slopeDigits(state);
  const start = `${counted(digits, "digit")} right. `;
  switch (kind) {
    case "undefined":
      return undefinedSentence(state);
    case "corner":
      return cornerSentence(state);
    case "exact":
      return "No error at all: secant and tangent have the same slope, to the last bit.";
    case "lost":
      return `In ${state.dtype}, x + h is rounded to x${isCentral ? ", and x − h as well" : ""}. The difference is 0: a larger step helps.`;
    case "same":
      return `${pair} are rounded to the same ${state.dtype}. Their difference is 0: a larger step helps.`;
    case "truncation":
      return `${start}Truncation: the curve bends between the points. A smaller step helps.`;
    case "both":
      return `${start}Truncation and rounding are about equal: this step is close to the best one.`;
    default: {
      const shared = Math.min(sharedDigits(values), DIGITS[state.dtype]);
      return shared
        ? `${start}Rounding: both values begin with the same ${shared === 1 ? "digit" : `${shared} digits`}, which cancel. A larger step helps.`
        : `${start}Rounding: all that is left of the error is that of a few operations.`;
    }
  }
}

/** What a reader should know who compares the last digits with torch; often nothing. */
export function caution(state) {
  const isSummed = ["sin", "exp", "log"].includes(state.function);
  const { kind } = measure(state);
  return isSummed && ["rounding", "both", "same"].includes(kind)
    ? `Libraries round ${FUNCTIONS[state.function].name.slice(0, 3)} differently in the last bit. What rounding leaves can differ as well.`
    : "";
}

const literal = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));
const python = (value, dtype) => plain(value, SHOWN[dtype]).replace(MINUS, "-");

/** Lines that compute the same two slopes, with the results behind them. */
export function torchCode(state) {
  const { function: name, x, step, difference, dtype } = state;
  const { kind, estimate, slope } = measure(state);
  const isCentral = difference === "central";
  const quotient = isCentral ? "(f(x + h) - f(x - h)) / (2 * h)" : "(f(x + h) - f(x)) / h";
  const result = (value) => (value === undefined ? "no value" : python(value, dtype));
  const answer = kind === "undefined" ? (x > 0 ? 1 / x : undefined) : (slope ?? 0);
  return [
    `f = lambda x: ${FUNCTIONS[name].code}`,
    `x = torch.tensor(${literal(x)}, dtype=torch.${dtype}, requires_grad=True)`,
    `h = torch.tensor(${literal(step)}, dtype=torch.${dtype})`,
    `${quotient}  # ${result(estimate)}`,
    `torch.autograd.grad(f(x), x)[0]  # ${result(answer)}`,
  ].join("\n");
}
