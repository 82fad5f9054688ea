// Secant, tangent and rounding error: a derivative from two function values.

import { factList } from "../kit/fact_list.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { STEPS, measure, stepIndex, storyStep } from "./math.mjs";
import { BOUND, FINE, picture } from "./picture.mjs";
import { caution, facts, placeWords, sentence, slopeDigits, stepWords, torchCode } from "./words.mjs";

const TRAITS = ["function", "x", "step", "difference", "dtype"];
const EACH = 650; // milliseconds from one step of the story to the next
const WANTED = 11; // digits that the task asks for
const OTHER = "own setting";

/** Settings worth a look: [name, state]. */
export const EXAMPLES = [
  ["a large step", { function: "sin", x: 1, step: 0.5, difference: "forward", dtype: "float64" }],
  ["a good forward step", { function: "sin", x: 1, step: 1e-8, difference: "forward", dtype: "float64" }],
  ["a step far too small", { function: "cube", x: 0.7, step: 1e-15, difference: "forward", dtype: "float64" }],
  ["x + h is x", { function: "exp", x: 1, step: 1e-16, difference: "forward", dtype: "float64" }],
  ["float32", { function: "exp", x: 1, step: 1e-6, difference: "central", dtype: "float32" }],
  ["a parabola, central", { function: "square", x: 1.3, step: 1, difference: "central", dtype: "float64" }],
  ["the corner of |x|", { function: "abs", x: 0, step: 0.5, difference: "central", dtype: "float64" }],
  ["the corner of ReLU", { function: "relu", x: 0, step: 0.5, difference: "central", dtype: "float64" }],
  ["log beyond its edge", { function: "log", x: 0.3, step: 0.5, difference: "central", dtype: "float64" }],
];

const isSame = (state, wanted) => TRAITS.every((name) => state[name] === wanted[name]);
const exampleOf = (state) => EXAMPLES.find(([, wanted]) => isSame(state, wanted))?.[0] ?? OTHER;
const pairs = (names) => names.map((name) => [name, name]);

/** The place nearest to x at which the point can stop. */
export function snapped(x, isLog) {
  const least = isLog ? 1 / FINE : -BOUND;
  // Adding 0 turns −0 into 0.
  return Math.max(least, Math.min(BOUND, Math.round(x * FINE) / FINE)) + 0;
}

/** The task: eleven digits of a slope that is not without error by its nature. */
export function isSolved(state) {
  const isBending = !["square", "abs", "relu"].includes(state.function);
  return isBending && state.difference === "central" && measure(state).kind !== "undefined" && slopeDigits(state).digits >= WANTED;
}

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const change = (changes) => {
    const isNew = Object.entries(changes).some(([name, value]) => value !== model.get(name));
    if (isNew) update(model, changes);
  };
  const moveTo = (x) => change({ x: snapped(x, model.get("function") === "log") });
  const setStep = (step) => change({ step });

  const step = slider({
    label: "Step h",
    min: 0,
    max: STEPS.length - 1,
    format: (index) => stepWords(STEPS[index]),
    onInput: (index) => setStep(STEPS[index]),
  });
  step.root.classList.add("book-large");
  const difference = choice({
    label: "Difference",
    options: pairs(["forward", "central"]),
    onInput: (value) => change({ difference: value }),
  });
  const example = choice({
    label: "Example",
    options: pairs([...EXAMPLES.map(([name]) => name), OTHER]),
    onInput(wanted) {
      const [, state] = EXAMPLES.find(([name]) => name === wanted) ?? [];
      if (state) update(model, state);
      else example.set(exampleOf(read())); // there is nothing to set
    },
  });
  const name = choice({
    label: "f(x)",
    options: Object.entries(FUNCTIONS).map(([key, { name: shown }]) => [key, shown]),
    onInput: (value) => change({ function: value }),
  });
  const dtype = choice({
    label: "Floats",
    options: pairs(["float64", "float32"]),
    onInput: (value) => change({ dtype: value }),
  });
  const x = slider({ label: "Point x", min: -BOUND, max: BOUND, step: 1 / FINE, format: placeWords, onInput: moveTo });
  const shown = picture({ x: () => model.get("x"), moveTo, step: () => model.get("step"), setStep });
  const list = factList();
  const note = element("div", { class: "book-caption book-last" });

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Secant, tangent and rounding error",
    look: "book-tangent",
    picture: [shown.root],
    controls: [step.root, difference.root],
    play: {
      every: EACH,
      auto: true,
      rest: 1500,
      step(state) {
        const next = storyStep(state.step);
        return next && { step: next };
      },
      restart: () => ({ step: 1 }),
    },
    draw(state) {
      example.set(exampleOf(state));
      name.set(state.function);
      difference.set(state.difference);
      dtype.set(state.dtype);
      x.set(state.x);
      step.set(stepIndex(state.step));
      shown.draw(state);
      list.set(facts(state));
      note.textContent = caution(state);
    },
    says: sentence,
    more: [
      element("div", { class: "book-controls" }, example.root, name.root, x.root, dtype.root),
      list.root,
      note,
    ],
    code: torchCode,
    task: {
      text: `Choose central, and find a step that leaves ${WANTED} digits green.`,
      isDone: isSolved,
      praise: "Found. Some of these digits are luck: the steps beside it have ten.",
    },
    onStop: shown.stop,
  });
}

export default { render };
