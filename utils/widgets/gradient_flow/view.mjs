// Gradient flow: the gradient of each layer of a deep network, from the top down to the first.

import { MOST_LAYERS, NAMES, kind, norms } from "./math.mjs";
import { picture } from "./picture.mjs";
import { scaleWords, sentence, torchCode } from "./words.mjs";
import { choice, slider, toggle, update } from "../kit/parts.mjs";
import { scaleSlider } from "../kit/scale_slider.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 260; // milliseconds from one scale to the next
const [LEAST, MOST, STEP] = [-2, 4, 0.25]; // of the scale, as powers of two

function render({ model, el }) {
  const scale = scaleSlider({ model, label: "Weights ×", min: LEAST, max: MOST, step: STEP, words: scaleWords });
  const activation = choice({
    label: "Activation",
    options: NAMES.map((name) => [name, name]),
    onInput: (name) => update(model, { activation: name }),
  });
  const residual = toggle({ label: "Residual", onInput: (isOn) => update(model, { residual: isOn }) });
  const layers = slider({ label: "Layers", min: 2, max: MOST_LAYERS, onInput: (count) => update(model, { layers: count }) });
  const shown = picture();
  let found = [];

  return stage({
    model,
    el,
    names: ["scale", "activation", "residual", "layers"],
    label: "Gradient flow",
    look: "book-gradient-flow",
    picture: [shown.root],
    controls: [scale.root, activation.root, residual.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ scale: now }) => (now < 2 ** MOST ? { scale: 2 ** Math.min(MOST, Math.log2(now) + STEP) } : null),
      restart: () => ({ scale: 2 ** LEAST }),
    },
    draw(state) {
      found = norms(state);
      scale.set(Math.log2(state.scale));
      activation.set(state.activation);
      residual.set(state.residual);
      layers.set(state.layers);
      shown.draw(state, found);
    },
    says: (state) => sentence(state, found),
    more: [layers.root],
    code: (state) => torchCode(state, found),
    task: {
      text: "Get all bars of the sigmoid into the band, without the residual switch.",
      isDone: ({ activation: name, residual: isOn, layers: count }) =>
        name === "sigmoid" && !isOn && count >= 30 && found.every((size) => kind(size) === "fine"),
      praise: "Its slope is at most ¼, so large weights have to make up for it.",
    },
    onStop: shown.stop,
  });
}

export default { render };
