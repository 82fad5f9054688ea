// What the demo of the gradient's flow says, and its lines of torch.

import { factor, kind } from "./math.mjs";
import { number, power } from "../kit/numbers.mjs";

const VERDICTS = {
  lost: "In float16 that is 0.",
  weak: "It vanishes.",
  fine: "It stays in the band.",
  large: "It explodes.",
  over: "In float16 that is infinite.",
};
const CALLS = { sigmoid: "torch.sigmoid", tanh: "torch.tanh", ReLU: "torch.relu" };

/** A size for reading: plain where it is near 1, else with a power of ten. */
export function sizeWords(size) {
  if (size === 0) return "0";
  if (size >= 0.01 && size < 1000) return number(size, 2);
  let exponent = Math.floor(Math.log10(size));
  // 9.96 would be printed as 10.0.
  if (size / 10 ** exponent >= 9.95) exponent += 1;
  return `${number(size / 10 ** exponent, 1)} · ${power(exponent)}`;
}

/** The scale, as short as it can be said. */
export function scaleWords(scale) {
  return String(Number(scale.toFixed(2)));
}

/** What is seen now. */
export function sentence({ layers }, found) {
  const down = layers === 2 ? "one layer" : `${layers - 1} layers`;
  return `Of 1 at the top, ${sizeWords(found[0])} is left ${down} below: ${sizeWords(factor(found))} a layer. ${VERDICTS[kind(found[0])]}`;
}

/** What the picture shows, for a reader who cannot see it. */
export function pictureWords({ layers }, found) {
  const ends = `from ${sizeWords(found.at(-1))} at layer ${layers} to ${sizeWords(found[0])} at layer 1`;
  return `Bars for the size of the gradient by layer, on a logarithmic scale, ${ends}`;
}

/** The lines of torch that give the same numbers. */
export function torchCode({ scale, activation, residual, layers }, found) {
  const call = `${CALLS[activation]}(H[-1] @ (${scale} * W).mT)`;
  return [
    "from utils.widgets.gradient_flow import drawn",
    `inputs, upstream, weights = drawn(${layers})`,
    "H = [inputs.requires_grad_()]",
    "for W in weights:",
    `    H.append(${residual ? `H[-1] + ${call}` : call})`,
    "found = torch.autograd.grad(H[-1], H[1:], upstream)",
    `found[0].norm()  # ${found[0].toExponential(4)}`,
  ].join("\n");
}
