// Secant, tangent and rounding error: a derivative from two function values.

import { factList } from "../kit/fact_list.mjs";
import { choice, copyable, demoRoot, element, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { STEPS, isDefined, nextStep, stepIndex } from "./math.mjs";
import { ERROR_RANGE, STEP_RANGE, curveMarks, errorMarks, pointOf, stepPlace } from "./scene.mjs";
import { caution, facts, placeWords, sentence, stepWords, torchCode } from "./words.mjs";

const TRAITS = ["function", "x", "step", "difference", "dtype"];
const SIZE = [330, 300]; // small, so that texts stay legible on a phone
const ACROSS = [-3, 3]; // of the curve's plane
const BOUND = 2; // of the point
const FINE = 20; // the point stops at so many places in a unit
const HINT = "Drag the blue point along the curve and the orange one along the steps, or focus one and use the arrow keys.";
const OTHER = "own setting";

/** Settings worth a look: [name, state]. */
export const EXAMPLES = [
  ["a large step", { function: "cubic", x: 0.6, step: 0.5, difference: "forward", dtype: "float64" }],
  ["a good forward step", { function: "sin", x: 1, step: 1e-8, difference: "forward", dtype: "float64" }],
  ["a good central step", { function: "sin", x: 1, step: 5e-6, difference: "central", dtype: "float64" }],
  ["a step far too small", { function: "cubic", x: 0.6, step: 1e-15, difference: "forward", dtype: "float64" }],
  ["x + h is x", { function: "exp", x: 1, step: 1e-16, difference: "forward", dtype: "float64" }],
  ["float32", { function: "exp", x: 1, step: 1e-6, difference: "central", dtype: "float32" }],
  ["a parabola, central", { function: "square", x: 1.3, step: 1, difference: "central", dtype: "float64" }],
  ["the corner of |x|", { function: "abs", x: 0, step: 0.5, difference: "central", dtype: "float64" }],
  ["the corner of ReLU", { function: "relu", x: 0, step: 0.5, difference: "central", dtype: "float64" }],
  ["log beyond its edge", { function: "log", x: 0.3, step: 0.5, difference: "central", dtype: "float64" }],
];

const caption = (text) => element("p", { class: "book-caption" }, text);
const isSame = (state, wanted) => TRAITS.every((name) => state[name] === wanted[name]);
const exampleOf = (state) => EXAMPLES.find(([, wanted]) => isSame(state, wanted))?.[0] ?? OTHER;

/** The place nearest to x at which the point can stop. */
export function snapped(x, isLog) {
  const least = isLog ? 1 / FINE : -BOUND;
  // Adding 0 turns −0 into 0.
  return Math.max(least, Math.min(BOUND, Math.round(x * FINE) / FINE)) + 0;
}

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const change = (changes) => {
    const isNew = Object.entries(changes).some(([name, value]) => value !== model.get(name));
    if (isNew) update(model, changes);
  };
  const moveTo = (x) => change({ x: snapped(x, model.get("function") === "log") });
  const setStep = (step) => change({ step });

  const example = choice({
    label: "Example",
    options: [...EXAMPLES.map(([name]) => [name, name]), [OTHER, OTHER]],
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
  const difference = choice({
    label: "Difference",
    options: [["forward", "forward"], ["central", "central"]],
    onInput: (value) => change({ difference: value }),
  });
  const dtype = choice({
    label: "Floats",
    options: [["float64", "float64"], ["float32", "float32"]],
    onInput: (value) => change({ dtype: value }),
  });
  const x = slider({ label: "Point x", min: -BOUND, max: BOUND, step: 1 / FINE, format: placeWords, onInput: moveTo });
  const step = slider({
    label: "Step h",
    min: 0,
    max: STEPS.length - 1,
    format: (index) => stepWords(STEPS[index]),
    onInput: (index) => setStep(STEPS[index]),
  });

  const curves = Object.fromEntries(
    Object.entries(FUNCTIONS).map(([key, { name: shown, y }]) => {
      const label = `The curve of ${shown}, its tangent and the secant`;
      const drawing = plane({ label, x: ACROSS, y, size: SIZE, names: ["x", "f(x)"] });
      const handle = drawing.handle({
        label: "point on the curve",
        look: "point",
        range: [-BOUND, BOUND],
        onMove: ([to]) => moveTo(to),
        onStep: (right, up) => moveTo(model.get("x") + (right + up) / FINE),
      });
      return [key, { drawing, handle }];
    }),
  );
  const curve = element("div");
  const errors = plane({
    label: "The error for every step, both on logarithmic scales",
    x: STEP_RANGE,
    y: ERROR_RANGE,
    size: SIZE,
    names: ["", ""],
  });
  errors.root.classList.add("book-errors");
  const stepHandle = errors.handle({
    label: "step h",
    look: "step",
    range: [-16, 0],
    onMove: ([to]) => setStep(STEPS[stepIndex(10 ** to)]),
    onStep: (right, up) => setStep(nextStep(model.get("step"), right + up)),
  });
  const list = factList();
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const note = element("p", { class: "book-caption book-last" });
  const root = demoRoot(
    "Secant, tangent and rounding error",
    element("p", { class: "book-title" }, "Secant, tangent and rounding error"),
    element("div", { class: "book-row book-switches" }, example.root, name.root, difference.root, dtype.root),
    element("div", { class: "book-settings" }, x.root, step.root),
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, caption("The curve, its tangent (blue) and the secant (dashed)"), curve),
      element("div", { class: "book-panel" }, caption("The error for every step h, both in powers of ten"), errors.root),
    ),
    caption(HINT),
    said,
    element("div", { class: "book-panel" }, list.root),
    torch.root,
    note,
  );
  root.classList.add("book-tangent");

  function placeHandles(state) {
    const [at, up] = pointOf(state);
    const words = isDefined(state) ? `f of ${placeWords(at)} is ${placeWords(up)}` : placeWords(at);
    curves[state.function].handle.place([at, up], words, at);
    const power = Math.log10(state.step);
    stepHandle.place(stepPlace(state), stepWords(state.step), power);
    x.set(state.x);
    step.set(stepIndex(state.step));
  }

  function redraw() {
    const state = read();
    const { drawing } = curves[state.function];
    if (curve.firstChild !== drawing.root) curve.replaceChildren(drawing.root);
    example.set(exampleOf(state));
    name.set(state.function);
    difference.set(state.difference);
    dtype.set(state.dtype);
    placeHandles(state);
    drawing.draw(curveMarks(state));
    errors.draw(errorMarks(state));
    list.set(facts(state));
    said.textContent = sentence(state);
    said.classList.toggle("book-problem", !isDefined(state));
    torch.set(torchCode(state));
    note.textContent = caution(state);
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
