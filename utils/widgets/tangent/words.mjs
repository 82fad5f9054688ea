// What the tangent demo says: numbers, sentences and torch code, all pure text.

import { FUNCTIONS } from "./functions.mjs";
import { corner, measure, sharedDigits } from "./math.mjs";

const DIGITS = { float64: 16, float32: 7 }; // decimal digits of a float, about
const SHOWN = { float64: 10, float32: 8 }; // of an estimate
const MINUS = "\u2212";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const superscript = (exponent) =>
  (exponent < 0 ? "⁻" : "") +
  [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[digit]).join("");

/** A power of ten. */
export const powerOfTen = (exponent) => `10${superscript(exponent)}`;

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
  return `${digits.replace("-", MINUS)} · ${powerOfTen(Number(exponent))}`;
}

/** A step, such as 5 · 10⁻⁹, with as few digits as it has. */
export function stepWords(step) {
  if (step >= 0.001) return String(Number(step.toPrecision(3)));
  const [digits, exponent] = Number(step.toPrecision(3)).toExponential().split("e");
  return (digits === "1" ? "" : `${digits} · `) + powerOfTen(Number(exponent));
}

/** A coordinate. */
export function placeWords(value) {
  const text = value.toFixed(2);
  return (Number(text) ? text : "0.00").replace("-", MINUS);
}

const NONE = "none";

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
  const { estimate } = measure(state);
  const middle = state.function === "abs" ? "0" : "½";
  const given = plain(estimate, 4).replace(/\.?0+$/, "");
  return (
    `${name} has no derivative at 0: the slope is ${left} on the left and ${right} on the right. ` +
    `The ${state.difference} difference gives ${given || "0"}` +
    (state.difference === "central" ? ", for every h" : `, the central one would give ${middle}`) +
    `; torch gives 0. Every slope from ${left} to ${right} is a sub-derivative (the shaded fan).`
  );
}

function undefinedSentence({ x, difference }) {
  if (x <= 0) return "log x needs a positive x: there is no value, and no slope, at this point. Move the point to the right.";
  const words = difference === "central" ? "x − h" : "x + h";
  return `log has no value at ${words}, which is not positive. Take a smaller step, or a forward difference.`;
}

/** Which error dominates, and what to do about it. */
export function sentence(state) {
  const { kind, values, slope } = measure(state);
  const isCentral = state.difference === "central";
  const pair = isCentral ? "f(x + h) and f(x − h)" : "f(x + h) and f(x)";
  switch (kind) {
    case "undefined":
      return undefinedSentence(state);
    case "corner":
      return cornerSentence(state);
    case "exact":
      return "No error at all: here secant and tangent have the same slope, to the last bit.";
    case "lost":
      return `In ${state.dtype}, x + h is rounded to x${isCentral ? ", and so is x − h" : ""}. The difference is 0, whatever the slope is. A larger step helps.`;
    case "same":
      return `${pair} are rounded to the same ${state.dtype}. Their difference is 0, although the slope is ${plain(slope, 3)}. A larger step helps.`;
    case "truncation":
      return "Truncation dominates: between the points the curve bends, and the secant does not. A smaller step helps.";
    case "both":
      return "Truncation and rounding are about equally large: this step is close to the best one.";
    default: {
      const shared = Math.min(sharedDigits(values), DIGITS[state.dtype]);
      const digits = shared === 1 ? "digit" : `${shared} digits`;
      return shared
        ? `Rounding dominates: ${pair} share their first ${digits}, of about ${DIGITS[state.dtype]} that ${state.dtype} has. Little is left of the difference. A larger step helps.`
        : "Rounding dominates: all that is left of the error is the rounding of a few operations.";
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
