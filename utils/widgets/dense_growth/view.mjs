// Dense growth: a dense block, the channels it piles up, and when squeezing them pays.

import { LAYERS, paysEverywhere } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1100; // milliseconds from one layer to the next

/** What the two kinds of bars are. */
function legend() {
  const entry = (looks, text) => element("span", {}, ...looks.map((look) => element("i", { class: look, "aria-hidden": true })), text);
  return element(
    "p",
    { class: "book-legend" },
    element("span", { class: "book-what" }, "Weights of each layer:"),
    entry(["book-one"], "one 3×3"),
    entry(["book-first", "book-second"], "1×1, then 3×3"),
  );
}

function render({ model, el }) {
  let pointed = null;
  let redraw = () => {};
  const control = (label, name, min, max, step) => slider({ label, min, max, step, onInput: (value) => update(model, { [name]: value }) });
  const channels = control("Channels", "channels", 16, 256, 16);
  const growth = control("Growth", "rate", 4, 32, 4);
  const layer = control("Layer", "layer", 1, LAYERS, 1);
  const shown = picture({
    onPoint: (found) => {
      if (found === pointed) return;
      pointed = found;
      redraw();
    },
    onPick: (found) => update(model, { layer: found }),
  });

  return stage({
    model,
    el,
    names: ["channels", "rate", "layer"],
    label: "Dense growth",
    look: "book-dense-growth",
    picture: [shown.root, legend()],
    controls: [channels.root, growth.root, layer.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ layer: now }) => (now < LAYERS ? { layer: now + 1 } : null),
      restart: () => ({ layer: 1 }),
    },
    draw(state) {
      channels.set(state.channels);
      growth.set(state.rate);
      layer.set(state.layer);
      shown.draw(state, pointed ?? state.layer);
    },
    says: (state) => sentence(state, pointed ?? state.layer),
    code: torchCode,
    task: {
      text: "Let the blue bars be the lower ones in all twelve layers.",
      isDone: paysEverywhere,
      praise: "Even the first layer now reads more than 7.2 k channels: from there on the 1×1 saves weights.",
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
