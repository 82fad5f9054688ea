// A slider over powers of two for a scale that Python may set to anything between.

import { slider, update } from "./parts.mjs";

/**
 * A slider for the trait `scale`, which moves its exponent: `min`, `max` and `step` are powers of
 * two, `words(scale)` stand beside it. A scale that was set in Python need not be a stop.
 */
export function scaleSlider({ model, label, words, ...range }) {
  const nearest = (exponent) => {
    const scale = model.get("scale");
    return Math.abs(Math.log2(scale) - exponent) <= range.step / 2 ? scale : 2 ** exponent;
  };
  return slider({
    label,
    ...range,
    format: (exponent) => words(nearest(exponent)),
    onInput: (exponent) => update(model, { scale: 2 ** exponent }),
  });
}
