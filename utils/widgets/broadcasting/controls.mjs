// The controls of the broadcasting stepper: two shapes as text, examples, steps, a slice.

import { LAST_STEP, parseShape, shapeText, stepAt, stepCount, typedText } from "./words.mjs";
import { button, choice, element, liveLine, slider, update } from "../kit/parts.mjs";

const OWN = "own";
const EXAMPLES = [
  ["a column and a row", [3, 1], [4]],
  ["a number and a table", [], [2, 3]],
  ["scores and biases", [5, 3], [3]],
  ["a loss gone wrong", [4], [4, 1]],
  ["rows that do not fit", [3, 2], [3]],
  ["pictures and channel means", [2, 3, 4, 5], [3, 1, 1]],
  ["each row with each row", [4, 1, 2], [5, 2]],
  ["an empty axis", [2, 1], [1, 0]],
];

/** The traits of the model that the controls change. */
export const CONTROLLED = ["a_shape", "b_shape", "step", "index"];

/** The settings as a plain object. */
export const readSettings = (model) =>
  Object.fromEntries(CONTROLLED.map((name) => [name, model.get(name)]));

/** New shapes start at the first step, unless the reader is looking at results. */
function setShapes(model, changes) {
  update(model, { ...changes, step: model.get("step") === LAST_STEP ? LAST_STEP : 0 });
}

/** A field for one shape; a text that means none leaves the model alone and is explained. */
function shapeField(model, name, label, explain) {
  let known = null; // the shape that the text means, or meant last
  const input = element("input", {
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "()",
    oninput: () => {
      const { shape, trouble } = parseShape(input.value);
      input.setAttribute("aria-invalid", String(trouble !== ""));
      if (!trouble) {
        known = String(shape);
        setShapes(model, { [name]: shape });
      }
      explain();
    },
  });
  const root = element("label", { class: "book-field" }, label, input);
  const set = (shape) => {
    // What the reader is typing stays as it is until the shape changes from elsewhere.
    if (String(shape) === known) return;
    known = String(shape);
    input.value = typedText(shape);
    input.setAttribute("aria-invalid", "false");
    explain();
  };
  const trouble = () => {
    const found = parseShape(input.value).trouble;
    return found && `${label}: ${found}. It stays ${shapeText(model.get(name))}.`;
  };
  const forget = () => {
    known = null;
  };
  return { root, set, trouble, forget };
}

/** The fields for both shapes, the examples, and a line for what is wrong with a text. */
export function shapeControls(model) {
  const line = liveLine("book-problem");
  const explain = () => {
    line.textContent = fields.map((field) => field.trouble()).filter(Boolean).join(" ");
  };
  const fields = ["a", "b"].map((name) =>
    shapeField(model, `${name}_shape`, `Shape of ${name}`, () => explain()),
  );
  const examples = choice({
    label: "Example",
    options: [[OWN, "your own"], ...EXAMPLES.map(([name], at) => [at, name])],
    onInput: (value) => {
      if (value === OWN) return;
      const [, a_shape, b_shape] = EXAMPLES[value];
      for (const field of fields) field.forget();
      setShapes(model, { a_shape, b_shape });
    },
  });
  const row = element(
    "div",
    { class: "book-row book-switches" },
    ...fields.map((field) => field.root),
    examples.root,
  );
  const set = ({ a_shape, b_shape }) => {
    fields[0].set(a_shape);
    fields[1].set(b_shape);
    const wanted = String([a_shape, "and", b_shape]);
    const at = EXAMPLES.findIndex(([, a, b]) => String([a, "and", b]) === wanted);
    examples.set(at < 0 ? OWN : at);
  };
  return { root: element("div", {}, row, line), set };
}

/** The buttons that walk through the rules. */
export function stepControls(model) {
  const shapes = () => [model.get("a_shape"), model.get("b_shape")];
  const at = () => stepAt(model.get("step"), ...shapes());
  const go = (step) => {
    const last = stepCount(...shapes()) - 1;
    update(model, { step: step >= last ? LAST_STEP : Math.max(0, step) });
  };
  const heading = element("p", { class: "book-heading" });
  const root = element(
    "div",
    { class: "book-row" },
    button("Start", () => go(0)),
    button("Previous", () => go(at() - 1)),
    button("Next", () => go(at() + 1)),
    button("Result", () => go(LAST_STEP)),
    heading,
  );
  const set = () => {
    heading.textContent = `Step ${at() + 1} of ${stepCount(...shapes())}`;
  };
  return { root, set };
}

/** Sliders for the slice of a result with three or four axes. */
export function sliceControls(model) {
  const sliders = [0, 1].map((side) =>
    slider({
      label: "",
      min: 0,
      max: 0,
      onInput: (value) => {
        const index = [...model.get("index")];
        index[side] = value;
        update(model, { index });
      },
    }),
  );
  const root = element("div", { class: "book-settings" }, ...sliders.map((part) => part.root));
  const set = ({ place, result }) => {
    for (const [side, part] of sliders.entries()) {
      // The sliders belong to the fourth and the third axis from the right.
      const axis = (place?.length ?? 0) - 4 + side;
      part.root.hidden = axis < 0;
      if (axis < 0) continue;
      part.root.querySelector("label").textContent = `Place on axis −${place.length - axis}`;
      part.input.max = result[axis] - 1;
      part.set(place[axis]);
    }
  };
  return { root, set };
}
