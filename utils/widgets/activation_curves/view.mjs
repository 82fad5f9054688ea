// Activation curves: a function and its slope, and the product of the slopes over many layers.

import { NAMES, chain } from "./math.mjs";
import { MOST_LAYERS, picture } from "./picture.mjs";
import { scaleWords, sentence, torchCode } from "./words.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { scaleSlider } from "../kit/scale_slider.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 450; // milliseconds from one layer to the next
const [LEAST, MOST, STEP] = [-2, 4, 0.25]; // of the scale, as powers of two
const WANTED = 100; // what the task asks the product to reach

function render({ model, el }) {
  const name = choice({
    label: "Function",
    options: NAMES.map((each) => [each, each]),
    onInput: (chosen) => update(model, { function: chosen }),
  });
  const scale = scaleSlider({ model, label: "Scale s", min: LEAST, max: MOST, step: STEP, words: scaleWords });
  const layers = slider({ label: "Layers", min: 1, max: MOST_LAYERS, onInput: (count) => update(model, { layers: count }) });
  const shown = picture({ setStart: (start) => update(model, { start }) });

  return stage({
    model,
    el,
    names: ["function", "scale", "start", "layers"],
    label: "Activation curves",
    look: "book-activation-curves",
    picture: [shown.root],
    controls: [name.root, scale.root, layers.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ layers: count }) => (count < MOST_LAYERS ? { layers: count + 1 } : null),
      restart: () => ({ layers: 1 }),
    },
    draw(state) {
      name.set(state.function);
      scale.set(Math.log2(state.scale));
      layers.set(state.layers);
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "With tanh, lift the product above 100; drag the blue dot, too.",
      isDone: (state) =>
        state.function === "tanh" && chain("tanh", state.scale, state.start, state.layers).products.at(-1) > WANTED,
      praise: "It explodes. A little to the side of 0 tanh saturates instead.",
    },
    onStop: shown.stop,
  });
}

export default { render };
