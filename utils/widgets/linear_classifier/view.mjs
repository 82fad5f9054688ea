// Linear classifier in the plane: three weight vectors, their regions, and how they are trained.

import { factList } from "../kit/fact_list.mjs";
import { lossChart } from "./chart.mjs";
import { DECAYS, RATES, biasSlider, stopSlider } from "./controls.mjs";
import { future, isOver, logged, past } from "./curve.mjs";
import { BOUND, evaluate, stepped } from "./math.mjs";
import { STEP, picture } from "./picture.mjs";
import { scoreTable } from "./scene.mjs";
import { facts, pointWords, sentence, story, torchCode } from "./words.mjs";
import { LETTERS } from "../kit/badges.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const TRAITS = ["preset", "weights", "biases", "kind", "decay", "lr", "selected", "steps"];
const PACE = 50; // milliseconds from one step of training to the next
const HARD = "one class in the middle"; // the preset of the task
const WANTED = 12; // points that the task wants right, more than training gets
const KEY = "Arrow of a class: its score grows that way. Dashed ring: wrong. Pale: pushes no more.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const [presets, start] = [model.get("presets"), model.get("start")];
  const points = () => presets[model.get("preset")];
  const begin = { ...start, steps: 0 };
  let log = null;
  /** A hand begins a new curve. */
  const setRow = (name, k, value) => {
    const rows = model.get(name).map((old, other) => (other === k ? value : old));
    if (!same(rows, model.get(name))) update(model, { [name]: rows, steps: 0 });
  };
  const taken = (state) => ({ ...stepped(points(), state), steps: state.steps + 1 });

  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => update(model, { preset: name, ...begin }),
  });
  const kind = choice({
    label: "Loss",
    options: ["hinge", "cross-entropy"].map((name) => [name, name]),
    onInput: (name) => update(model, { kind: name }),
  });
  const decay = stopSlider({ label: "Regularisation λ", name: "decay", stops: DECAYS, model });
  const rate = stopSlider({ label: "Learning rate", name: "lr", stops: RATES, model });
  const biases = LETTERS.map((_, k) =>
    biasSlider({ k, model, bound: BOUND, step: STEP, onInput: (value) => setRow("biases", k, value) }),
  );
  const picked = slider({ label: "Chosen point", min: 1, max: 15, onInput: (value) => update(model, { selected: value - 1 }) });
  let pause = () => {};
  const once = button("One step", () => {
    pause();
    update(model, taken(Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]))));
  });

  const shown = picture({
    weightOf: (k) => model.get("weights")[k],
    setWeight: (k, row) => setRow("weights", k, row),
    choose: (index) => index >= 0 && update(model, { selected: index }),
  });
  const chart = lossChart();
  const table = scoreTable();
  const list = factList();
  const onPoint = element("div", { class: "book-note" });
  const sides = element(
    "div",
    { class: "book-sides" },
    shown.root,
    element("div", { class: "book-panel" }, chart.root, table.root, element("div", { class: "book-legend" }, KEY)),
  );
  const pointed = pointing(sides);
  const settings = [once, rate.root, decay.root, ...biases.map((bias) => bias.root), picked.root];

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Linear classifier in the plane",
    look: "book-linear-classifier",
    picture: [sides],
    controls: [preset.root, kind.root],
    play: {
      name: "Train",
      every: PACE,
      step: (state) => (isOver(points(), state) ? null : taken(state)),
      // A hand may have moved the arrows since the end: then training goes on from there.
      restart: (state) => (isOver(points(), state) ? begin : {}),
    },
    draw(state) {
      const found = evaluate(points(), state);
      const chosen = found.scores[state.selected];
      const before = log?.places.at(-1)[0];
      log = logged(log, `${state.preset} ${state.kind}`, state.steps, found.loss);
      if (log.places.length === 1) log.places = past(points(), start, state);
      preset.set(state.preset);
      kind.set(state.kind);
      decay.set(state.decay);
      rate.set(state.lr);
      for (const [k, bias] of biases.entries()) bias.set(state.biases[k]);
      picked.set(state.selected + 1);
      picked.input.setAttribute("aria-valuetext", pointWords(points(), state.selected, chosen));
      shown.draw(points(), state, state.steps > before);
      chart.draw(log.places, future(points(), state), found);
      table.set(chosen, points()[state.selected][2], state.kind, state.selected);
      list.set(facts(points(), state));
      onPoint.textContent = sentence(points(), state);
    },
    says: (state) => story(points(), state),
    more: [element("div", { class: "book-controls" }, ...settings), onPoint, list.root],
    code: (state) => torchCode(points(), state),
    task: {
      text: "One class in the middle: get 12 right by hand. Train ends with fewer.",
      isDone: (state) => state.preset === HARD && state.steps === 0 && evaluate(points(), state).right >= WANTED,
      praise: "Twelve. A loss asks how far wrong points are, not how many.",
    },
    onReady: (_, hands) => {
      pause = hands.pause;
    },
    onReset: () => {
      log = null;
    },
    onStop: () => {
      shown.stop();
      pointed.stop();
    },
  });
}

export default { render };
