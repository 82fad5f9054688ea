// What the demo of the initial weights says, and its lines of torch.

import { LAYERS, flatShare, signals, size } from "./math.mjs";
import { number, power } from "../kit/numbers.mjs";

const CALLS = { tanh: (sum) => `torch.tanh(${sum})`, ReLU: (sum) => `torch.relu(${sum})`, linear: (sum) => sum };
/** A size in print: 0.17, or 3.1 · 10⁻⁵. */
export function sizeWords(value) {
  if (value === 0) return "0";
  if (value >= 0.1 && value < 1000) return number(value);
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  return `${number(value / 10 ** exponent, 1)} · ${power(exponent)}`;
}

/** The standard deviation of the weights, as short as it can be said. */
export function scaleWords(scale) {
  return `${Number(scale.toFixed(2))}/√n`;
}

/** What is seen now. */
export function sentence({ function: name, scale }) {
  const last = signals(name, scale).at(-1);
  const words = `Layer ${LAYERS} puts out numbers of size ${sizeWords(size(last))}`;
  if (name === "tanh") {
    const share = Math.round(100 * flatShare(last));
    if (share >= 1) return `${words}; ${share} % of them lie where tanh is flat, beyond ±0.95.`;
    return `${words}; in went numbers of size 1.`;
  }
  return `${words}: a factor of about ${number(size(last) ** (1 / LAYERS))} in each layer.`;
}

/** The lines of torch that give the same size. */
export function torchCode({ function: name, scale }) {
  const last = size(signals(name, scale).at(-1));
  return [
    "from utils.widgets.signal_depth import drawn",
    "H, weights = drawn()  # uniform, variance 1/64",
    "for W in weights:",
    `    H = ${CALLS[name](`H @ (${Number(scale.toPrecision(7))} * W).mT`)}`,
    `H.square().mean().sqrt()  # ${Number(last.toPrecision(4))}`,
  ].join("\n");
}
