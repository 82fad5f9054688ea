// Softmax with temperature: a stacked bar that rides on the river of all temperatures.

import { button, choice, element, liveLine, slider, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { picture } from "./picture.mjs";
import { table } from "./rows.mjs";
import { logitSliders, showExactly } from "./sliders.mjs";
import { described, hingeLine, hingeWords, lossLine, number, offsetNote, plain, results, sentence, torchCode } from "./words.mjs";

const BOUND = 6; // of every logit
const STEP = 0.1;
const [FEWEST, MOST] = [3, 5]; // classes
const OFFSET = 1000;
const FINEST = 0.02; // between powers of ten on the temperature's slider
const STRIDE = 0.06; // and in the story
const EACH = 170; // milliseconds from one temperature of the story to the next
const [WANTED, CLOSE, OF] = [0.9, 0.005, [2, 1, 0]]; // what the task wants class 0 to get, and from which logits
const TRAITS = ["logits", "true_class", "temperature", "offset", "hinge", "preset"];
const HINT =
  "The gradient of cross-entropy by a logit is (probability − one-hot) / temperature. A bar to the " +
  "left is negative: a step against the gradient raises that logit. A bar to the right lowers it.";
const HINGE_HINT = " The hinge loss looks at the logits themselves: the temperature has no part in it.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const rounded = (value) => Math.round(value / STEP) / Math.round(1 / STEP);
// Three digits, so that the number shown in the code is the whole number.
const heat = (power) => Number((10 ** power).toPrecision(3));

function render({ model, el }) {
  const presets = model.get("presets");
  const set = (logits, truth) => {
    const true_class = Math.min(truth, logits.length - 1);
    const isThis = (name) => same(presets[name], [logits, true_class]);
    const preset = Object.keys(presets).find(isThis) ?? "custom";
    update(model, { logits, true_class, preset });
  };
  const setPower = (power) => {
    const stop = Math.round(Math.max(-1, Math.min(1, power)) / FINEST) * FINEST;
    update(model, { temperature: heat(stop) });
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
  const logits = logitSliders({
    most: MOST,
    bound: BOUND,
    step: STEP,
    onLogit(index, value) {
      const next = model.get("logits").map((old, at) => (at === index ? rounded(value) : old));
      set(next, model.get("true_class"));
    },
  });
  const temperature = slider({ label: "Temperature", min: -1, max: 1, step: FINEST, format: (power) => plain(10 ** power), onInput: setPower });
  temperature.root.classList.add("book-main");
  const hinge = toggle({ label: "Compare with the hinge loss", onInput: (isOn) => update(model, { hinge: isOn }) });
  const shift = button("", () => update(model, { offset: model.get("offset") ? 0 : OFFSET }));
  const note = liveLine("book-note book-offset-note");
  const lines = [0, 1].map(() => element("div", { class: "book-line" }));
  const hingeSaid = liveLine("book-note book-hinge-note");
  const hint = element("div", { class: "book-caption" });
  const pushes = table(MOST);
  const river = picture(MOST, setPower);
  const tally = ["loss", "hinge"].map((name) => ({ name, value: element("b", {}) }));
  const counts = tally.map(({ name, value }) => element("span", { class: `book-count book-${name}` }, `${name} `, value));
  const heads = ["Logits", "Probabilities"].map((text) => element("div", { class: "book-head-line" }, text));
  heads[1].append(element("span", { class: "book-tally" }, ...counts));
  const sides = element(
    "div",
    { class: "book-sides" },
    element("div", { class: "book-left" }, heads[0], logits.root),
    element("div", { class: "book-right" }, heads[1], river.root),
  );
  const pointed = pointing(sides);
  const moves = eased(([power, ...all]) => river.flowTo(all, power), EACH);

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Softmax with temperature",
    look: "book-softmax",
    picture: [sides],
    controls: [temperature.root, preset.root],
    more: [
      element("div", { class: "book-controls" }, count.root, truth.root, hinge.root, shift),
      note,
      pushes.root,
      hint,
      element("div", { class: "book-losses book-formula" }, ...lines),
      hingeSaid,
    ],
    play: {
      every: EACH,
      step({ temperature: now }) {
        if (now >= 10) return null;
        // A temperature of three digits lies a little beside its place: a tenth of a stride is enough.
        const strides = Math.floor((Math.log10(now) + 1) / STRIDE + 0.1) + 1;
        return { temperature: heat(Math.min(1, strides * STRIDE - 1)) };
      },
      restart: () => ({ temperature: 0.1 }),
    },
    draw(state) {
      const found = results(state);
      preset.set(state.preset);
      count.set(state.logits.length);
      for (const [index, option] of [...truth.input.options].entries()) {
        option.hidden = option.disabled = index >= state.logits.length;
      }
      truth.set(found.truth);
      logits.set(state.logits, found);
      temperature.set(Math.log10(state.temperature));
      showExactly(temperature, plain(state.temperature));
      hinge.set(state.hinge);
      shift.textContent = state.offset ? "Take the 1000 off again" : "Add 1000 to every logit";
      note.textContent = offsetNote(found);
      moves.to([Math.log10(state.temperature), ...state.logits]);
      river.tell(found, described(found));
      tally[0].value.textContent = number(found.loss);
      tally[1].value.textContent = plain(found.hingeLoss);
      counts[1].hidden = lines[1].hidden = hingeSaid.hidden = !state.hinge;
      pushes.set(found);
      lines[0].textContent = lossLine(found);
      lines[1].textContent = hingeLine(found);
      hingeSaid.textContent = hingeWords(found);
      hint.textContent = HINT + (state.hinge ? HINGE_HINT : "");
      pointed.refresh();
    },
    says: (state) => sentence(results(state)),
    code: (state) => torchCode(state.logits, results(state)),
    task: {
      text: "From logits 2, 1 and 0, give class 0 a probability of 0.9.",
      isDone: (state) => same(state.logits, OF) && Math.abs(results(state).chances[0] - WANTED) < CLOSE,
      praise: "Found: divided by this temperature, logits 1 apart become about 2.3 apart.",
    },
    onStop() {
      moves.stop();
      pointed.stop();
    },
  });
}

export default { render };
