// Robust losses with one outlier: three fitted lines, and how hard the outlier pulls at each.

import { factList } from "../kit/fact_list.mjs";
import { number } from "../kit/numbers.mjs";
import { fallen, fitted, lifted, turned } from "./math.mjs";
import { picture } from "./picture.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const TRAITS = ["preset", "outlier", "delta"];
const BOUND = 4;
const FLOOR = -3.6; // how deep the outlier falls in the story
const FALL = 0.6; // in one step of it
const EVERY = 500; // milliseconds from one step to the next
const LOW = -3; // from here down the outlier is far off, for the task
const STRAIGHT = 0.02; // a smaller turn of a line is none, for the task

const bounded = (value) => Math.max(-BOUND, Math.min(BOUND, value));
const rounded = (value) => bounded(Math.round(value * 20) / 20);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const presets = model.get("presets");
  const all = ({ preset, outlier }) => [...presets[preset].points, outlier];
  const shown = picture({
    bound: BOUND,
    setOutlier(at) {
      const next = at.map(rounded);
      if (!same(next, model.get("outlier"))) update(model, { outlier: next });
      shown.place(next); // at once: another key may be pressed before the next frame
    },
  });
  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => update(model, { preset: name, outlier: presets[name].outlier }),
  });
  const delta = slider({
    label: "Huber's δ",
    min: 0.1,
    max: 6,
    step: 0.1,
    format: (value) => number(value, 1),
    onInput: (value) => update(model, { delta: value }),
  });
  const list = factList();
  const found = (state) => fitted(all(state), state.delta);

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Robust losses with one outlier",
    look: "book-robust-losses",
    picture: [shown.root],
    controls: [preset.root, delta.root],
    play: {
      every: EVERY,
      auto: true,
      rest: 1500,
      step({ outlier }) {
        const next = fallen(outlier, FALL, FLOOR);
        return next && { outlier: next };
      },
      restart: (state) => ({ outlier: lifted(all(state), BOUND) }),
    },
    draw(state) {
      preset.set(state.preset);
      delta.set(state.delta);
      shown.draw(all(state), state.delta);
      list.set(facts(found(state)));
    },
    says: (state) => sentence(found(state), state.delta),
    more: [list.root],
    code: (state) => torchCode(all(state), found(state), state.delta),
    task: {
      text: "Drag the outlier along the bottom until it no longer tilts the L2 line.",
      isDone: (state) =>
        state.outlier[1] <= LOW &&
        Math.abs(turned(all(state))) < STRAIGHT &&
        !same(state.outlier, presets[state.preset].outlier),
      praise: "Level with the others' middle it pulls as hard, and turns nothing.",
    },
    onStop: shown.stop,
  });
}

export default { render };
