// The specimen: a demo of the kit's parts alone, which the tests of the tests' helpers spoil.

import { factList } from "../kit/fact_list.mjs";
import { button, choice, copyable, demoRoot, element, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const TRAITS = ["colour", "slope", "intercept", "point"];

function render({ model, el }) {
  const colour = choice({
    label: "Colour",
    options: [["red", "red"], ["blue", "blue"]],
    onInput: (value) => update(model, { colour: value }),
  });
  const [slope, intercept] = ["slope", "intercept"].map((name) =>
    slider({ label: name, min: -4, max: 4, step: 0.1, onInput: (value) => update(model, { [name]: value }) }),
  );
  const level = button("Level", () => update(model, { slope: 0 }));
  const drawing = plane({ label: "The plane", x: [-5, 5], y: [-5, 5], size: [320, 320] });
  const move = (at) => {
    update(model, { point: at });
    grip.place(at, "the point");
  };
  const grip = drawing.handle({ label: "the point", look: "red", step: 0.5, onMove: move });
  const list = factList();
  const said = liveLine("book-result");
  const torch = copyable("The same in torch");
  const parts = [drawing.root, list.root, said, torch.root];
  const root = demoRoot("A specimen", colour.root, level, slope.root, intercept.root, ...parts);

  function redraw() {
    const { colour: name, ...numbers } = Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
    colour.set(name);
    slope.set(numbers.slope);
    intercept.set(numbers.intercept);
    grip.place(numbers.point, "the point");
    drawing.draw([{ line: [-5, 5].map((x) => [x, numbers.slope * x + numbers.intercept]), look: name }]);
    const facts = { Slope: numbers.slope, Intercept: numbers.intercept, Place: numbers.point.join(", ") };
    list.set(Object.entries(facts).map(([key, value]) => [name, key, String(value), "as set"]));
    said.textContent = `The ${name} point is at ${facts.Place}; the slope is ${numbers.slope}.`;
    torch.set(`torch.tensor([${numbers.slope}, ${numbers.intercept}])`);
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
