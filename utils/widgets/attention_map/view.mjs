// Attention map: a net of one layer that says eight letters backwards.

import { board } from "./board.mjs";
import { cleaned, largest, lookedUp, spelled } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, onArrows, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const COUNT = 8;
const BASE = 100; // of the waves of positions
const EACH = 900; // milliseconds a place

/** A field for eight letters, which tells how many are still missing. */
function wordField(onWord) {
  const input = element("input", {
    type: "text",
    maxlength: COUNT,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Word of eight letters",
  });
  const missing = element("output", { class: "book-value" });
  const show = () => {
    missing.textContent = input.value.length < COUNT ? `${input.value.length} of 8` : "";
  };
  input.addEventListener("input", () => {
    input.value = cleaned(input.value, COUNT);
    show();
    if (input.value.length === COUNT) onWord(input.value);
  });
  input.addEventListener("focus", () => input.select());
  const set = (word) => {
    // A word that is being typed is left alone.
    if (document.activeElement === input && input.value.length < COUNT) return;
    input.value = word;
    show();
  };
  const root = element("div", { class: "book-control book-word" }, element("span", { "aria-hidden": true }, "Word"), input, missing);
  return { root, set };
}

function render({ model, el }) {
  const net = model.get("net");
  let seen = null; // what the last redraw found
  const choose = (place) => {
    if (place !== model.get("place")) update(model, { place });
  };
  const picture = board(choose);
  onArrows(picture.root, (down, across) => {
    choose(Math.max(0, Math.min(COUNT - 1, model.get("place") + (down || across))));
  });
  const word = wordField((value) => update(model, { word: value }));
  const sharpness = slider({
    label: "Sharpness",
    min: 0,
    max: 3,
    step: 0.1,
    format: (value) => value.toFixed(1),
    onInput: (value) => update(model, { sharpness: value }),
  });
  const positions = toggle({ label: "Positions", onInput: (isOn) => update(model, { positions: isOn }) });
  const causal = toggle({ label: "Hide later letters", onInput: (isOn) => update(model, { causal: isOn }) });
  const looks = eased(picture.draw, 300);

  return stage({
    model,
    el,
    names: ["word", "place", "sharpness", "positions", "causal"],
    label: "Attention map",
    look: "book-attention-map",
    picture: [picture.root],
    controls: [sharpness.root, word.root, positions.root],
    more: [causal.root],
    play: {
      every: EACH,
      step: ({ place }) => (place < COUNT - 1 ? { place: place + 1 } : null),
      restart: () => ({ place: 0 }),
    },
    draw(state) {
      const { weights, logits } = lookedUp(net, state, BASE);
      seen = { weights, answer: spelled(logits.map(largest)) };
      word.set(state.word);
      sharpness.set(state.sharpness);
      positions.set(state.positions);
      causal.set(state.causal);
      picture.write(state.word, seen.answer, state.place, (row, column) => state.causal && column > row);
      looks.to([state.place, ...weights[state.place], ...weights.flat()]);
    },
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: "Switch the positions off, and type a word that still comes out right.",
      isDone: (state) => !state.positions && seen.answer === [...state.word].reverse().join(""),
      praise: "Without positions equal letters get equal answers, and here that is enough.",
    },
    onStop: looks.stop,
  });
}

export default { render };
