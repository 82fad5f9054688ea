// Weight bands: a layer whose weights are shared and cut, and a signal that moves.

import { FARTHEST, FIRST, PLACES, freeWeights, movesAlong, nextScene } from "./math.mjs";
import { picture } from "./picture.mjs";
import { countWords, sentence, torchCode } from "./words.mjs";
import { element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1000; // milliseconds from one scene of the story to the next
const WANTED = 7; // free weights that the task asks for

/** The count of free weights, whether the output moves along, and what the outlines mean. */
function tally() {
  const count = element("span", { class: "book-count" });
  const sum = element("span", { class: "book-sum" });
  const fill = element("span", { class: "book-left" });
  const bar = element("span", { class: "book-all", "aria-hidden": true }, fill);
  const badge = element("p", { class: "book-badge" });
  const root = element(
    "div",
    { class: "book-tally" },
    element("p", { class: "book-free" }, count, " free weights"),
    bar,
    sum,
    badge,
    element("p", { class: "book-key" }, "dashed: the old output, moved along"),
  );
  const draw = (state) => {
    const free = freeWeights(state);
    count.textContent = String(free);
    sum.textContent = countWords(state);
    fill.style.width = `${(100 * free) / PLACES ** 2}%`;
    const moves = movesAlong(state);
    badge.classList.toggle("book-yes", moves && state.shift > 0);
    badge.classList.toggle("book-no", !moves);
    badge.textContent = moves ? (state.shift ? "✓ the output moved along" : "not moved yet") : "✗ the output did not move along";
  };
  return { root, draw };
}

function render({ model, el }) {
  let pointed = null;
  let redraw = () => {};
  const share = toggle({ label: "Share weights", onInput: (value) => update(model, { share: value }) });
  const reach = slider({ label: "Reach Δ", min: 0, max: PLACES - 1, onInput: (value) => update(model, { reach: value }) });
  const shift = slider({ label: "Shift", min: 0, max: FARTHEST, onInput: (value) => update(model, { shift: value }) });
  const shown = picture((found) => {
    pointed = found;
    redraw();
  });
  const counted = tally();

  return stage({
    model,
    el,
    names: ["share", "reach", "shift"],
    label: "Weight bands",
    look: "book-weight-bands",
    picture: [element("div", { class: "book-sides" }, shown.root, counted.root)],
    controls: [share.root, reach.root, shift.root],
    play: { every: EACH, auto: true, step: nextScene, restart: () => FIRST },
    draw(state) {
      share.set(state.share);
      reach.set(state.reach);
      shift.set(state.shift);
      shown.draw(state, pointed);
      counted.draw(state);
    },
    says: (state) => sentence(state, pointed),
    code: torchCode,
    task: {
      text: `Let the output move along with the signal, with ${WANTED} free weights.`,
      isDone: (state) => state.share && state.shift > 0 && freeWeights(state) === WANTED,
      praise: `${WANTED} weights do for 16 inputs, or for 16 million: a kernel does not grow with the signal.`,
    },
    onReady: (draw) => {
      redraw = draw;
    },
    onReset: () => {
      pointed = null;
      redraw();
    },
    onStop: shown.stop,
  });
}

export default { render };
