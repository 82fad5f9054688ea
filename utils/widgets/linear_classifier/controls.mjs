// The sliders of the linear classifier.

import { LETTERS } from "../kit/badges.mjs";
import { number } from "./words.mjs";
import { slider, update } from "../kit/parts.mjs";

export const DECAYS = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
export const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** A value on a grid of `step`, never "-0". */
export const rounded = (value, step) => Math.round(value / step) / Math.round(1 / step) + 0;

/** The index of the stop nearest to a value. */
export function nearest(stops, value) {
  const far = (index) => Math.abs(stops[index] - value);
  return stops.reduce((best, _, index) => (far(index) < far(best) ? index : best), 0);
}

/** A slider that stops at given values, and shows what Python may have set between them. */
export function stopSlider({ label, name, stops, model }) {
  const exact = (index) => (nearest(stops, model.get(name)) === index ? model.get(name) : stops[index]);
  const control = slider({
    label,
    min: 0,
    max: stops.length - 1,
    format: (index) => String(Number(exact(index).toPrecision(3))),
    onInput: (index) => update(model, { [name]: stops[index] }),
  });
  return { root: control.root, set: (value) => control.set(nearest(stops, value)) };
}

/** A slider for one bias; between its stops it shows what a step of training has made of it. */
export function biasSlider({ k, model, bound, step, onInput }) {
  const exact = (value) => {
    const known = model.get("biases")[k];
    return Math.abs(known - value) <= step / 2 + 1e-9 ? known : value;
  };
  return slider({
    label: `Bias of ${LETTERS[k]}`,
    min: -bound,
    max: bound,
    step,
    format: (value) => number(exact(value)),
    onInput: (value) => onInput(rounded(value, step)),
  });
}
