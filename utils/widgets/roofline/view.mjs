// Roofline: dots of four operations under the roof of a machine, and the wall that limits each.

import { chart } from "./chart.mjs";
import { doubled, operations, sizeAt, wall } from "./math.mjs";
import { table } from "./table.mjs";
import { sentence, speed, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 800; // milliseconds a doubling
const SIZES = [8, 8192];
const HALVES = 2; // stops of the slider for n, from one power of two to the next

/** A slider over powers of a base, for a number that Python may set to anything between. */
function powers({ label, base, step, min, max, name, words, round, model }) {
  const value = (exponent) => round(base ** exponent);
  const near = (exponent) => {
    const own = model.get(name);
    return Math.abs(Math.log(own) / Math.log(base) - exponent) <= step / 2 + 1e-9 ? own : value(exponent);
  };
  const made = slider({ label, min, max, step, format: (exponent) => words(near(exponent)), onInput: (exponent) => update(model, { [name]: value(exponent) }) });
  return { root: made.root, set: (own) => made.set(Math.log(own) / Math.log(base)) };
}

const twoDigits = (value) => Number(value.toPrecision(2));

function render({ model, el }) {
  let isHeld = false;
  let words = "";
  let state = null;
  const product = (n) => update(model, { n });
  const drawing = chart({
    range: SIZES,
    onDrag(intensity) {
      isHeld = true;
      product(sizeAt(intensity, SIZES));
    },
    onStep(steps) {
      const exponent = Math.log2(model.get("n")) + steps / HALVES;
      product(sizeAt(2 ** Math.max(0, Math.min(20, exponent)) / 6, SIZES));
    },
  });
  const rows = table();
  const root = element("div", { class: "book-sides" }, drawing.root, rows.root);
  const pointer = pointing(root);
  const move = eased((place) => drawing.draw(place, state, words));
  const scale = (settings) => powers({ model, ...settings });
  const peak = scale({ label: "Peak", name: "peak", base: 10, step: 0.1, min: 1, max: 6, round: twoDigits, words: (own) => speed(own, "FLOP/s") });
  const bandwidth = scale({ label: "Bandwidth", name: "bandwidth", base: 10, step: 0.1, min: 0, max: 4, round: twoDigits, words: (own) => speed(own, "B/s") });
  const size = scale({ label: "n", name: "n", base: 2, step: 1 / HALVES, min: 3, max: 13, round: Math.round, words: String });

  return stage({
    model,
    el,
    names: ["peak", "bandwidth", "n"],
    label: "Roofline",
    look: "book-roofline",
    picture: [root],
    controls: [size.root, peak.root, bandwidth.root],
    play: {
      every: EVERY,
      step({ n }) {
        const next = doubled(n, SIZES[1]);
        return next && { n: next };
      },
      restart: () => ({ n: SIZES[0] }),
    },
    draw(now) {
      state = now;
      words = sentence(state);
      peak.set(state.peak);
      bandwidth.set(state.bandwidth);
      size.set(state.n);
      rows.draw(state);
      const place = [state.peak, state.bandwidth, state.n].map(Math.log10);
      if (isHeld) move.set(place);
      else move.to(place);
      isHeld = false;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Let arithmetic limit even adding.",
      isDone: (now) => wall(operations(now.n)[0].intensity, now.peak, now.bandwidth) === "arithmetic",
      praise: "The corner is at 1/12 or less.",
    },
    onStop() {
      move.stop();
      pointer.stop();
    },
  });
}

export default { render };
