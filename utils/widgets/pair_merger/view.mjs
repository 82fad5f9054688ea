// Pair merger: the most frequent pair of neighbours becomes one token, again and again.

import { board } from "./board.mjs";
import { cleaned, story } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const LONGEST = 48; // bytes
const [LETTERS, MERGES, LEFT] = [32, 4, 2]; // of the task

/** A field for a sentence; an empty one is waited for. */
function textField(onText) {
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false", "aria-label": "Sentence" });
  input.addEventListener("input", () => {
    const text = cleaned(input.value, LONGEST);
    if (text !== input.value) input.value = text;
    if (text) onText(text);
  });
  const set = (text) => {
    // A field that is being emptied is left alone.
    if (document.activeElement === input && !input.value) return;
    if (input.value !== text) input.value = text;
  };
  return { root: element("div", { class: "book-control book-text" }, element("span", { "aria-hidden": true }, "Text"), input), set };
}

function render({ model, el }) {
  const picture = board();
  const points = pointing(picture.root);
  const bars = eased(picture.size, 300);
  const text = textField((value) => update(model, { text: value }));
  const step = slider({ label: "Merges", min: 0, max: 1, onInput: (value) => update(model, { step: value }) });
  const apart = toggle({ label: "Keep words apart", onInput: (isOn) => update(model, { apart: isOn }) });
  let known = { text: null, apart: null, moments: [] };
  const momentsOf = (state) => {
    if (known.text !== state.text || known.apart !== state.apart) known = { ...state, moments: story(state.text, state.apart) };
    return known.moments;
  };
  const stepOf = (state) => Math.min(state.step, momentsOf(state).length - 1);
  const now = (state) => momentsOf(state)[stepOf(state)];
  const bytesOf = (state) => momentsOf(state)[0].rows.flat().length;

  return stage({
    model,
    el,
    names: ["text", "step", "apart"],
    label: "Pair merger",
    look: "book-pair-merger",
    picture: [picture.root],
    controls: [step.root, text.root],
    more: [apart.root],
    play: {
      every: 1100,
      step: (state) => (stepOf(state) < momentsOf(state).length - 1 ? { step: stepOf(state) + 1 } : null),
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      const moments = momentsOf(state);
      step.input.max = Math.max(1, moments.length - 1);
      step.set(stepOf(state));
      text.set(state.text);
      apart.set(state.apart);
      const merges = moments.slice(0, stepOf(state)).map(({ pairs }) => pairs[0].pair);
      picture.draw(now(state), bytesOf(state), merges);
      points.refresh();
      bars.to(picture.sizes(now(state), bytesOf(state), moments[0].pairs[0]?.count ?? 1));
    },
    says: (state) => sentence(now(state), bytesOf(state)),
    code: (state) => torchCode(state.text, state.step, state.apart),
    task: {
      text: `Type ${LETTERS} letters that ${MERGES} merges turn into ${LEFT} tokens.`,
      isDone: (state) => [...state.text].length === LETTERS && stepOf(state) <= MERGES && now(state).rows.flat().length <= LEFT,
      praise: "A merge halves the row at best: 32, 16, 8, 4, 2. One more would need a pair that stands there twice.",
    },
    onStop() {
      bars.stop();
      points.stop();
    },
  });
}

export default { render };
