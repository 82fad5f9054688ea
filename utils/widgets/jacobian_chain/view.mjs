// Jacobian dominoes: matrices that join where sizes meet, and the bill of each order of brackets.

import { bars } from "./bars.mjs";
import { board } from "./board.mjs";
import { closed, fewest, fits, made, nextJoins, sideOrder } from "./math.mjs";
import { race } from "./race.mjs";
import { sentence, torchCode } from "./words.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const TRAITS = ["sizes", "places", "joins"];
const LARGEST = 64;
const MOST = 4; // functions
const STEP = 1500; // milliseconds from one product to the next
const NAMES = ["n, input of x", "k₁", "k₂", "k₃", "m, output"];

const same = (one, other) => String(one) === String(other);

/** Sliders for all sizes; those that a short chain lacks are hidden. */
function sizeSliders(read, onSizes) {
  const all = NAMES.map((label, index) =>
    slider({
      label,
      min: 1,
      max: LARGEST,
      onInput: (value) => {
        const place = index === MOST ? read().length - 1 : index;
        onSizes(read().map((size, at) => (at === place ? value : size)));
      },
    }),
  );
  const root = element("div", { class: "book-controls" }, ...all.map((part) => part.root));
  const set = (sizes) => {
    for (const [index, part] of all.entries()) {
      part.root.hidden = index < MOST && index >= sizes.length - 1;
      part.set(index === MOST ? sizes.at(-1) : (sizes[index] ?? 1));
    }
  };
  return { root, set };
}

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const nameOf = (sizes) => Object.keys(presets).find((name) => same(presets[name].sizes, sizes)) ?? "";

  const chain = choice({
    label: "Chain",
    options: [...Object.keys(presets).map((name) => [name, name]), ["", "your own"]],
    onInput: (name) => (name ? update(model, { ...presets[name], joins: [] }) : chain.set(nameOf(model.get("sizes")))),
  });
  const undo = button("Undo", () => update(model, { joins: closed(read()).slice(0, -1) }));
  const sliders = sizeSliders(() => model.get("sizes"), (sizes) => update(model, { sizes, joins: [] }));
  const shown = board({
    read,
    onJoin: (gap) => update(model, { joins: [...closed(read()), gap] }),
    onOrder: (places) => update(model, { places, joins: [] }),
  });
  const bill = bars();
  let redraw = () => {};
  const courses = race((side) => {
    update(model, { joins: sideOrder(model.get("sizes").length - 1, side) });
    redraw();
  });
  const picture = element("div", { class: "book-table" }, shown.root, courses.root);
  const pointed = pointing(el);
  const total = (state) => made(state).reduce((sum, { count }) => sum + count, 0);
  const isWhole = (state) => made(state).length === state.sizes.length - 2;

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Jacobian dominoes",
    look: "book-jacobian-chain",
    picture: [picture],
    controls: [undo, chain.root],
    play: {
      every: STEP,
      auto: true,
      rest: 2000,
      step(state) {
        const joins = nextJoins(state);
        return joins && { joins };
      },
      restart: (state) => (fits(state.sizes, state.places) ? { joins: [] } : { ...presets["one loss"], joins: [] }),
    },
    draw(state) {
      chain.set(nameOf(state.sizes));
      undo.disabled = !closed(state).length;
      sliders.set(state.sizes);
      shown.draw(state);
      courses.draw(state);
      bill.draw(state);
      pointed.refresh();
    },
    says: sentence,
    more: [bill.root, sliders.root],
    code: torchCode,
    task: {
      text: "In the shuffled chain, make all dominoes meet, and pay the lowest price.",
      isDone: (state) => nameOf(state.sizes) === "shuffled" && isWhole(state) && total(state) === fewest(state),
      praise: "The lowest price. The thin 3 in the middle decided it.",
    },
    onReady(again) {
      redraw = again;
    },
    onStop() {
      pointed.stop();
      shown.stop();
      courses.stop();
      bill.stop();
    },
  });
}

export default { render };
