// Group wiring: sixteen channels in groups, in one layer or two.

import { CHANNELS, FIRST, GROUPS, heard, multiplyAdds, nextScene, weights } from "./math.mjs";
import { picture } from "./picture.mjs";
import { productWords, sentence, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1400; // milliseconds from one scene of the story to the next
const BUDGET = 1200; // weights that the task allows
const LAYERS = [
  ["one", "one layer"],
  ["two", "two layers"],
  ["shuffled", "two, shuffled between"],
];

/** The weights and the multiply-adds, beside those of as many ordinary layers. */
function tally() {
  const count = element("span", { class: "book-count" });
  const product = element("span", { class: "book-product" });
  const fill = element("span", { class: "book-fill" });
  const work = element("span", { class: "book-work" });
  const root = element(
    "div",
    { class: "book-tally" },
    element("p", { class: "book-weights" }, count, " weights ", product),
    element("span", { class: "book-scale" }, element("span", { class: "book-bar" }, fill), element("span", { class: "book-tick" }, "one ordinary layer")),
    element("p", { class: "book-adds" }, work, " million multiply-adds at 56×56"),
  );
  const draw = (state) => {
    count.textContent = weights(state).toLocaleString("en-US");
    product.textContent = `= ${productWords(state)}`;
    fill.style.width = `${((100 * weights(state)) / weights({ groups: 1, layers: "two" })).toFixed(2)}%`;
    work.textContent = number(multiplyAdds(state) / 1e6, 2);
  };
  return { root, draw };
}

function render({ model, el }) {
  let pointed = null;
  let redraw = () => {};
  const groups = slider({
    label: "Groups",
    min: 0,
    max: GROUPS.length - 1,
    format: (index) => String(GROUPS[index]),
    onInput: (index) => update(model, { groups: GROUPS[index] }),
  });
  const layers = choice({ label: "Layers", options: LAYERS, onInput: (value) => update(model, { layers: value }) });
  const shown = picture((found) => {
    pointed = found;
    redraw();
  });
  const counted = tally();

  return stage({
    model,
    el,
    names: ["groups", "layers"],
    label: "Group wiring",
    look: "book-group-wiring",
    picture: [shown.root, counted.root],
    controls: [groups.root, layers.root],
    play: { every: EACH, auto: true, step: nextScene, restart: () => FIRST },
    draw(state) {
      groups.set(GROUPS.indexOf(state.groups));
      layers.set(state.layers);
      shown.draw(state, pointed);
      counted.draw(state);
    },
    says: (state) => sentence(state, pointed),
    code: torchCode,
    task: {
      text: `Let each output hear all ${CHANNELS} inputs, with at most ${BUDGET.toLocaleString("en-US")} weights.`,
      isDone: (state) => heard(state) === CHANNELS && weights(state) <= BUDGET,
      praise: "Each group sends a channel to each: half the weights of one ordinary layer.",
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
