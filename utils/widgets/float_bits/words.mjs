// What the demo of the bits says, and its lines of torch.

import { BITS, FORMATS, fields, value } from "./math.mjs";
import { power } from "../kit/numbers.mjs";

/** 2 to the power of a whole number, in print. */
const powerOfTwo = (exponent) => power(exponent).replace(/^10/, "2");

/** A number for reading: plain where it is near 1, else with a power of ten. */
export function sizeWords(x) {
  if (Number.isNaN(x)) return "nan";
  const minus = x < 0 || Object.is(x, -0) ? "\u2212" : "";
  const size = Math.abs(x);
  if (size === Infinity) return `${minus}infinity`;
  if (size === 0) return minus ? "minus 0" : "0";
  if (size >= 1e-3 && size < 1e5) return minus + String(Number(size.toPrecision(5)));
  const [digits, exponent] = size.toExponential(2).split("e");
  return `${minus}${Number(digits)} · ${power(Number(exponent))}`;
}

/** The exponent bits of a float16, and the power of two that they stand for. */
export function exponentWords(e) {
  const { E } = FORMATS.float16;
  if (e === 2 ** E - 1) return "∞, nan";
  return powerOfTwo(Math.max(e, 1) - (2 ** (E - 1) - 1));
}

/** How a code becomes a number: [text, part] pairs, where a part is sign, exponent or fraction. */
export function formula(code, name) {
  const { E, F } = FORMATS[name];
  const { sign, e, f } = fields(code, name);
  const bias = 2 ** (E - 1) - 1;
  const minus = sign ? [["\u2212", "sign"]] : [];
  if (e === 2 ** E - 1) return [["exponent all ones", "exponent"]];
  if (e === 0 && f === 0) return [["all zeros", "exponent"]];
  const share = `${f}/${2 ** F}`;
  if (e === 0) return [...minus, [share, "fraction"], [" · ", ""], [powerOfTwo(1 - bias), "exponent"]];
  return [...minus, ["(1 + ", ""], [share, "fraction"], [") · ", ""], [powerOfTwo(e - bias), "exponent"]];
}

/** How far the next number is away, on the far side of 0. */
function gapWords(code, name) {
  const x = value(code, name);
  if (Number.isNaN(x)) return `this ${name} is no number`;
  if (!Number.isFinite(x)) return `this ${name} is infinite`;
  const gap = Math.abs(value(code + 1, name) - x);
  return Number.isFinite(gap) ? `the next ${name} is ${sizeWords(gap)} away` : `the next ${name} is infinity`;
}

/** What is seen now. */
export function sentence({ code }) {
  const [half, brain] = ["float16", "bfloat16"].map((name) => gapWords(code, name));
  return `${half[0].toUpperCase()}${half.slice(1)}; ${brain}.`;
}

/** What the picture shows, for a reader who cannot see it. */
export function pictureWords({ code }) {
  const [half, brain] = ["float16", "bfloat16"].map((name) => sizeWords(value(code, name)));
  return `A logarithmic line with the ranges of both formats: float16 at ${half}, bfloat16 at ${brain}`;
}

/** The bits as Python writes them. */
export const literal = (code) => `0b${code.toString(2).padStart(BITS, "0")}`;

/** The lines of torch. */
export function torchCode({ code }) {
  return [
    `bits = torch.tensor([${literal(code)}]).to(torch.int16)`,
    "bits.view(torch.float16), bits.view(torch.bfloat16)",
  ].join("\n");
}
