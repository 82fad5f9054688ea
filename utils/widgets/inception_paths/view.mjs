// Inception paths: channels as bands, and a switch for the layers that narrow them.

import { BLOCKS, PATHS, placeOf, totals } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const MOST = 512; // channels of a layer
const EACH = 2600; // milliseconds for a look at either state
const [WANTED, INPUTS, BUDGET] = [256, 192, 120_000];
const OWN = "your own";

function render({ model, el }) {
  const pick = (path) => path !== model.get("path") && update(model, { path });
  const shown = picture(pick);
  const widen = (place, value) => update(model, { widths: model.get("widths").map((width, index) => (index === place ? value : width)) });
  const layers = toggle({ label: "1×1 layers", onInput: (bottlenecks) => update(model, { bottlenecks }) });
  const path = choice({ label: "Path", options: PATHS.map((name) => [name, name]), onInput: pick });
  const made = slider({ label: "makes", min: 1, max: MOST, onInput: (value) => widen(placeOf(model.get("path")), value) });
  const block = choice({
    label: "Block",
    options: [...Object.keys(BLOCKS), OWN].map((name) => [name, name]),
    onInput(name) {
      if (name === OWN) return;
      const [inputs, side, widths] = BLOCKS[name];
      update(model, { inputs, side, widths });
    },
  });
  const before = [["1×1 before 3×3", 1], ["1×1 before 5×5", 3]].map(([label, place]) =>
    slider({ label, min: 1, max: MOST, onInput: (value) => widen(place, value) }),
  );

  return stage({
    model,
    el,
    names: ["inputs", "side", "widths", "bottlenecks", "path"],
    label: "Inception paths",
    look: "book-inception-paths",
    picture: [shown.root],
    controls: [layers.root, path.root, made.root],
    more: [element("div", { class: "book-controls" }, block.root, ...before.map(({ root }) => root))],
    play: {
      every: EACH,
      auto: true,
      step: ({ bottlenecks }) => (bottlenecks ? null : { bottlenecks: true }),
      restart: () => ({ bottlenecks: false }),
    },
    draw(state) {
      layers.set(state.bottlenecks);
      path.set(state.path);
      made.set(state.widths[placeOf(state.path)]);
      const same = ([inputs, side, widths]) => String([inputs, side, ...widths]) === String([state.inputs, state.side, ...state.widths]);
      const [name] = Object.entries(BLOCKS).find(([, some]) => same(some)) ?? [OWN];
      block.set(name);
      before[0].set(state.widths[1]);
      before[1].set(state.widths[3]);
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: `Still make ${WANTED} channels, with at most ${BUDGET.toLocaleString("en")} weights.`,
      isDone(state) {
        const { out, weights } = totals(state);
        return state.bottlenecks && state.inputs === INPUTS && out >= WANTED && weights <= BUDGET;
      },
      praise: "Done: a channel of the 1×1 path costs far less than one of a path with a large kernel.",
    },
    onStop: shown.stop,
  });
}

export default { render };
