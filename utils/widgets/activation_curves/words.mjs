// What the demo of the activation functions says, and its lines of torch.

import { LEAK, chain, isRamp } from "./math.mjs";
import { number, power } from "../kit/numbers.mjs";

const LEAST = 1e-12; // what is smaller is called so: its digits are rounding
const CALLS = {
  sigmoid: (x) => `torch.sigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  ReLU: (x) => `F.relu(${x})`,
  "leaky ReLU": (x) => `F.leaky_relu(${x}, ${LEAK})`,
  GELU: (x) => `F.gelu(${x})`,
  SiLU: (x) => `F.silu(${x})`,
};

/** A slope or a product of slopes, for reading: plain where it is near 1, else with a power of ten. */
export function slopeWords(value) {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size < LEAST) return `< ${power(Math.log10(LEAST))}`;
  if (size >= 0.01 && size < 1000) return number(value, size < 0.1 ? 3 : 2);
  const exponent = Math.floor(Math.log10(size) + 1e-12);
  return `${number(value / 10 ** exponent, 1)} · ${power(exponent)}`;
}

/** The scale, as short as it can be said. */
export function scaleWords(scale) {
  return String(Number(scale.toFixed(2)));
}

/** What one layer is, as a formula. */
export function formula(name, scale) {
  const inner = scale === 1 ? "x" : `${scaleWords(scale)} x`;
  return `${name}(${inner})${isRamp(name) && scale !== 1 ? ` / ${scaleWords(scale)}` : ""}`;
}

/** What is seen now: what is left of the gradient, and why. */
export function sentence({ function: name, scale, start, layers }) {
  const { slopes, products } = chain(name, scale, start, layers);
  const left = products.at(-1);
  const after = layers === 1 ? "one layer" : `${layers} layers`;
  const dead = slopes.indexOf(0);
  if (dead >= 0) return `Layer ${dead + 1} is flat where its input lies: its slope is 0, and nothing of the gradient is left.`;
  const words = slopeWords(left);
  const shown = slopes.slice(0, 2).map(slopeWords).join(" × ");
  const factors = layers > 2 ? `${shown} × …` : shown;
  const result = words.startsWith("<") ? ` ${words}` : ` = ${words}`;
  const size = Math.abs(left);
  const verdict = size < 0.1 ? "it vanishes" : size > 10 ? "it explodes" : "it stays in sight";
  return `Of the gradient, ${factors}${layers > 1 ? result : ""} is left after ${after}: ${verdict}.`;
}

/** The lines of torch that give the same product. */
export function torchCode({ function: name, scale, start, layers }) {
  const { products } = chain(name, scale, start, layers);
  const s = String(Number(scale.toPrecision(7)));
  const call = CALLS[name](`${s} * a`);
  const left = products.at(-1);
  const result = left !== 0 && Math.abs(left) < LEAST ? `below ${LEAST}` : String(Number(left.toPrecision(4)));
  return [
    `x = torch.tensor(${start.toFixed(2)}, dtype=torch.float64, requires_grad=True)`,
    "a = x",
    `for _ in range(${layers}):`,
    `    a = ${call}${isRamp(name) ? ` / ${s}` : ""}`,
    "a.backward()",
    `x.grad  # ${result}`,
  ].join("\n");
}
