// Activation functions, their slopes, and a chain of layers: pure functions.

import { below } from "../kit/normal.mjs";

export const LEAK = 0.1; // slope of the leaky ReLU below zero

const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** By name: value and slope, both as torch computes them, and whether the function is a ramp. */
const FUNCTIONS = {
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  tanh: { value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  ReLU: { value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0), isRamp: true },
  "leaky ReLU": { value: (x) => (x > 0 ? x : LEAK * x), slope: (x) => (x > 0 ? 1 : LEAK), isRamp: true },
  GELU: { value: (x) => x * below(x), slope: (x) => below(x) + x * density(x), isRamp: true },
  SiLU: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))), isRamp: true },
};

export const NAMES = Object.keys(FUNCTIONS);

/** Whether a function goes on upwards: then it is divided by the scale, so that its ramp stays. */
export function isRamp(name) {
  return Boolean(FUNCTIONS[name].isRamp);
}

/** [value, slope] of a layer: f(s x), or f(s x) / s for a ramp. */
export function layer(name, scale, x) {
  const { value, slope } = FUNCTIONS[name];
  const [height, steepness] = [value(scale * x), slope(scale * x)];
  return isRamp(name) ? [height / scale, steepness] : [height, steepness * scale];
}

/** What a layer tends to as the scale grows: a step, or a ramp with a kink. */
export function limit(name, x) {
  if (name === "leaky ReLU") return x > 0 ? x : LEAK * x;
  if (isRamp(name)) return Math.max(x, 0);
  return name === "tanh" ? Math.sign(x) : (1 + Math.sign(x)) / 2;
}

/**
 * The same layer again and again: { inputs, slopes, products }, one of each a layer; a product is
 * the slope of everything up to that layer.
 */
export function chain(name, scale, start, layers) {
  const [inputs, slopes, products] = [[], [], []];
  let [x, product] = [start, 1];
  for (let index = 0; index < layers; index++) {
    const [value, slope] = layer(name, scale, x);
    product *= slope;
    inputs.push(x);
    slopes.push(slope);
    products.push(product);
    x = value;
  }
  return { inputs, slopes, products };
}
