// Computational-graph stepper: values run forward through a graph, gradients come back.

import { lastStep, stateAt, stepInOtherForm } from "./math.mjs";
import { picture } from "./picture.mjs";
import { number, sentence, torchCode, written } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const TRAITS = ["graph", "inputs", "merged", "step"];
const EVERY = 1200; // milliseconds between steps while playing: time to read
const RUN = 800; // that a pulse takes along its edge
const LARGEST = 0.25; // slope of a sigmoid, the aim of the task
const NEAR = 1e-4;

const numbersOf = (graph) => graph.inputs.map(([, value]) => value);

function render({ model, el }) {
  const graphs = model.get("graphs");
  let chosen = 0; // place of the input that the slider moves
  let before = null; // the step that was drawn last
  let redraw = () => {};

  /** The graph of a state, with settings that fit it. */
  const fitted = (state) => {
    const graph = graphs[state.graph];
    // A kernel may send a new graph a moment before its numbers.
    const isFit = state.inputs.length === graph.inputs.length;
    return { graph, settings: isFit ? state : { ...state, inputs: numbersOf(graph) } };
  };
  const now = () => fitted(Object.fromEntries(TRAITS.map((name) => [name, model.get(name)])));

  const choose = (name) => {
    chosen = now().graph.inputs.findIndex(([input]) => input === name);
    redraw();
  };
  const pictures = [true, false].map((isWide) => picture(isWide, choose));
  const legend = element(
    "div",
    { class: "book-legend" },
    element("span", { class: "book-line-value" }, "value, forward"),
    element("span", { class: "book-line-gradient" }, "∂ gradient of f, backward"),
  );
  const drawing = element("div", { class: "book-graphs" }, legend, ...pictures.map(({ root }) => root));
  const pointed = pointing(drawing);
  let share = 1; // of their way that the pulses have come
  const place = () => pictures.forEach(({ move }) => move(share));
  const pulse = eased(([next]) => {
    share = next;
    place();
  }, RUN);

  const which = choice({
    label: "f =",
    options: Object.entries(graphs).map(([name, { title }]) => [name, title]),
    onInput: (name) => {
      chosen = 0;
      const step = lastStep(graphs[name], model.get("merged"));
      update(model, { graph: name, inputs: numbersOf(graphs[name]), step });
    },
  });
  const scrub = slider({ label: "Step", min: 0, max: 1, onInput: (step) => update(model, { step }) });
  scrub.root.classList.add("book-scrub");
  const value = slider({
    label: "x",
    min: -1,
    max: 1,
    step: 0.1,
    format: number,
    onInput: (moved) => {
      const { inputs } = now().settings;
      update(model, { inputs: inputs.map((old, at) => (at === chosen ? moved : old)) });
    },
  });
  const merge = toggle({
    label: "Merge −, exp, 1 + and 1 / into σ",
    onInput: (merged) => {
      const { graph, settings } = now();
      update(model, { merged, step: stepInOtherForm(graph, settings) });
    },
  });

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Computational-graph stepper",
    look: "book-graph-stepper",
    picture: [drawing],
    controls: [which.root, scrub.root, value.root],
    more: [merge.root],
    play: {
      every: EVERY,
      rest: EVERY,
      auto: true,
      step: (state) => {
        const { graph, settings } = fitted(state);
        const { at, last } = stateAt(graph, settings);
        return at < last ? { step: at + 1 } : null;
      },
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      const { graph, settings } = fitted(state);
      const { at, last } = stateAt(graph, settings);
      chosen = Math.min(chosen, graph.inputs.length - 1);
      const [name] = graph.inputs[chosen];
      which.set(state.graph);
      scrub.input.max = last;
      scrub.set(at);
      value.input.min = -graph.bound;
      value.input.max = graph.bound;
      value.root.querySelector("label").textContent = written(name);
      value.set(settings.inputs[chosen]);
      merge.set(settings.merged && Boolean(graph.merged));
      merge.input.disabled = !graph.merged;
      for (const one of pictures) one.draw(graph, settings, name);
      pointed.refresh();
      // A step ahead is told by pulses; whatever else changes is there at once.
      const isSame = before?.graph === graph && before.at === at;
      const isAhead = before?.graph === graph && before.at === at - 1;
      if (isSame) place();
      else pulse.set([isAhead ? 0 : 1]);
      if (isAhead) pulse.to([1]);
      before = { graph, at };
    },
    says: (state) => {
      const { graph, settings } = fitted(state);
      return sentence(graph, settings);
    },
    code: (state) => {
      const { graph, settings } = fitted(state);
      return torchCode(graph, settings);
    },
    task: {
      text: "In the neuron, make the gradient at s as large as it can be.",
      isDone: (state) => {
        const { graph, settings } = fitted(state);
        const { gradients, at, last } = stateAt(graph, settings);
        return Boolean(graph.merged) && at === last && gradients.s > LARGEST - NEAR;
      },
      praise: "A quarter, at s = 0: a sigmoid lets no more through.",
    },
    onReady: (draw) => {
      redraw = draw;
    },
    onReset: () => {
      chosen = 0;
      redraw();
    },
    onStop() {
      pulse.stop();
      pointed.stop();
    },
  });
}

export default { render };
