// Softmax with temperature: logits, probabilities, two losses and what they push.

import { button, choice, copyable, demoRoot, element, liveLine, show, slider, toggle, update } from "../kit/parts.mjs";
import { board, showExactly } from "./rows.mjs";
import { hingeLine, lossLine, offsetNote, plain, results, sentence, torchCode } from "./words.mjs";

const BOUND = 6; // of every logit
const STEP = 0.1;
const [FEWEST, MOST] = [3, 5]; // classes
const OFFSET = 1000;
const FINEST = 0.02; // between powers of ten on the temperature's slider
const TRAITS = ["logits", "true_class", "temperature", "offset", "hinge", "preset"];
const HINT =
  "The gradient of cross-entropy by a logit is (probability − one-hot) / temperature. A bar to the " +
  "left is negative: a step against the gradient raises that logit. A bar to the right lowers it.";
const HINGE_HINT = " The hinge loss looks at the logits themselves: the temperature has no part in it.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const rounded = (value) => Math.round(value / STEP) / Math.round(1 / STEP);

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const set = (logits, truth) => {
    const true_class = Math.min(truth, logits.length - 1);
    const isThis = (name) => same(presets[name], [logits, true_class]);
    const preset = Object.keys(presets).find(isThis) ?? "custom";
    update(model, { logits, true_class, preset });
  };

  const preset = choice({
    label: "Example",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) => (name === "custom" ? update(model, { preset: name }) : set(...presets[name])),
  });
  const count = choice({
    label: "Classes",
    options: Array.from({ length: MOST - FEWEST + 1 }, (_, more) => [FEWEST + more, FEWEST + more]),
    onInput(text) {
      const old = model.get("logits");
      const logits = Array.from({ length: Number(text) }, (_, index) => old[index] ?? 0);
      set(logits, model.get("true_class"));
    },
  });
  const truth = choice({
    label: "True class",
    options: Array.from({ length: MOST }, (_, index) => [index, `class ${index}`]),
    onInput: (text) => set(model.get("logits"), Number(text)),
  });
  const rows = board({
    most: MOST,
    bound: BOUND,
    step: STEP,
    onLogit(index, value) {
      const logits = model.get("logits").map((old, at) => (at === index ? rounded(value) : old));
      set(logits, model.get("true_class"));
    },
  });
  const temperature = slider({
    label: "Temperature",
    min: -1,
    max: 1,
    step: FINEST,
    format: (power) => plain(10 ** power),
    // Three digits, so that the number shown in the code is the whole number.
    onInput: (power) => update(model, { temperature: Number((10 ** power).toPrecision(3)) }),
  });
  const hinge = toggle({
    label: "Compare with the hinge loss",
    onInput: (isOn) => update(model, { hinge: isOn }),
  });
  const shift = button("", () => update(model, { offset: model.get("offset") ? 0 : OFFSET }));
  const note = liveLine("book-note book-offset-note");
  const losses = [0, 1].map(() => element("p", { class: "book-line" }));
  const hint = element("p", { class: "book-caption" });
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Softmax with temperature",
    element("p", { class: "book-title" }, "Softmax with temperature"),
    element("div", { class: "book-row book-switches" }, preset.root, count.root, truth.root),
    rows.root,
    element("div", { class: "book-settings" }, temperature.root, hinge.root),
    element("div", { class: "book-losses book-formula" }, ...losses),
    said,
    hint,
    element("div", { class: "book-shift" }, shift, note),
    torch.root,
  );
  root.classList.add("book-softmax");

  function redraw() {
    const state = read();
    const found = results(state);
    preset.set(state.preset);
    count.set(state.logits.length);
    for (const [index, option] of [...truth.input.options].entries()) {
      option.hidden = option.disabled = index >= state.logits.length;
    }
    truth.set(found.truth);
    rows.set(state.logits, found);
    temperature.set(Math.log10(state.temperature));
    showExactly(temperature, plain(state.temperature));
    hinge.set(state.hinge);
    shift.textContent = state.offset ? "Take the 1000 off again" : "Add 1000 to every logit";
    note.textContent = offsetNote(found);
    losses[0].textContent = lossLine(found);
    losses[1].textContent = hingeLine(found);
    losses[1].hidden = !state.hinge;
    said.textContent = sentence(found);
    hint.textContent = HINT + (state.hinge ? HINGE_HINT : "");
    torch.set(torchCode(state.logits, found));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
