// The controls of the broadcasting demo: examples, what presses on the shapes do, and the drawer.

import { LAST_STEP, SIGNS, parseShape, shapeText, stepAt, stepCount, typedText } from "./words.mjs";
import { cycled, grown } from "./math.mjs";
import { choice, element, newId, slider, update } from "../kit/parts.mjs";

const OWN = "own";
const CYCLE = 5; // the largest size that presses lead to
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

/** A field for one shape; a text that means none leaves the model alone and is explained. */
function shapeField(model, name, explain) {
  const trait = `${name}_shape`;
  let known = null; // the shape that the text means, or meant last
  const id = newId("book-shape"); // a page can hold several demos
  const input = element("input", {
    id,
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
        update(model, { [trait]: shape });
      }
      explain();
    },
  });
  const root = element("div", { class: "book-control" }, element("label", { for: id }, `Shape of ${name}`), input);
  const write = (shape) => {
    known = String(shape);
    input.value = typedText(shape);
    input.setAttribute("aria-invalid", "false");
    explain();
  };
  // What the reader is typing stays as it is until the shape changes from elsewhere.
  const set = (shape) => String(shape) !== known && write(shape);
  const trouble = () => {
    const found = parseShape(input.value).trouble;
    return found && `Shape of ${name}: ${found}. It stays ${shapeText(model.get(trait))}.`;
  };
  return { root, set, write, trouble };
}

/**
 * Everything that changes the model by hand; `set(now, state)` follows it. `onFault(sentence)` hears
 * what is wrong with what was typed, "" where nothing is.
 */
export function controls(model, onFault) {
  const explain = () => onFault(fields.map((field) => field.trouble()).find(Boolean) ?? "");
  const names = ["a", "b"];
  const fields = names.map((name) => shapeField(model, name, () => explain()));
  const rewrite = (...shapes) => fields.forEach((field, at) => field.write(shapes[at]));
  const operation = choice({
    label: "c =",
    options: Object.entries(SIGNS).map(([name, sign]) => [name, `a ${sign} b`]),
    onInput: (value) => update(model, { operation: value }),
  });
  const examples = choice({
    label: "Example",
    options: [[OWN, "your own"], ...EXAMPLES.map(([name], at) => [at, name])],
    onInput: (value) => {
      if (value === OWN) return;
      const [, a_shape, b_shape] = EXAMPLES[value];
      rewrite(a_shape, b_shape);
      update(model, { a_shape, b_shape });
    },
  });
  const change = (name, shape) => update(model, { [`${name}_shape`]: shape, step: LAST_STEP });
  const sizes = {
    onPress: (name, fromRight) => change(name, cycled(model.get(`${name}_shape`), fromRight, CYCLE)),
    onGrow: (name) => change(name, grown(model.get(`${name}_shape`), Math.max(...shapes().map((shape) => shape.length)))),
  };
  const shapes = () => names.map((name) => model.get(`${name}_shape`));
  const step = slider({
    label: "Step",
    min: 0,
    max: LAST_STEP,
    format: (value) => `${value + 1}/${stepCount(...shapes())}`,
    onInput: (value) => update(model, { step: value === stepCount(...shapes()) - 1 ? LAST_STEP : value }),
  });
  // For the fourth and the third axis from the right.
  const sheets = [0, 1].map((side) =>
    slider({
      label: `Place on axis \u2212${4 - side}`,
      min: 0,
      max: 0,
      onInput: (value) => update(model, { index: model.get("index").map((at, axis) => (axis === side ? value : at)) }),
    }),
  );
  const set = ({ at, place, result }, state) => {
    fields.forEach((field, side) => field.set(shapes()[side]));
    operation.set(state.operation);
    const wanted = String([state.a_shape, "and", state.b_shape]);
    const known = EXAMPLES.findIndex(([, a, b]) => String([a, "and", b]) === wanted);
    examples.set(known < 0 ? OWN : known);
    step.input.max = stepCount(...shapes()) - 1;
    step.set(at);
    for (const [side, part] of sheets.entries()) {
      const axis = (place?.length ?? 0) - 4 + side;
      part.root.hidden = axis < 0;
      if (axis < 0) continue;
      part.input.max = result[axis] - 1;
      part.set(place[axis]);
    }
  };
  return {
    inSight: [examples.root],
    more: [element("div", { class: "book-settings" }, ...[...fields, operation, step, ...sheets].map((part) => part.root))],
    sizes,
    set,
    restore: () => rewrite(...shapes()),
  };
}
