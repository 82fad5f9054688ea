// Signal depth: what layers of random weights make of numbers, for a size of the weights.

import { NAMES, signals, size } from "./math.mjs";
import { picture } from "./picture.mjs";
import { scaleWords, sentence, torchCode } from "./words.mjs";
import { choice, element, update } from "../kit/parts.mjs";
import { scaleSlider } from "../kit/scale_slider.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 380; // milliseconds from one size of the weights to the next
const [LEAST, MOST, STEP] = [-2, 2, 0.125]; // of the scale, as powers of two
const MARKS = { Xavier: 0, He: 0.5 };
const [LOW, HIGH] = [0.5, 2]; // the size that the task asks of the last layer

const share = (exponent) => (exponent - LEAST) / (MOST - LEAST);

/** The names under the slider, each where its thumb stands for that size. */
function marks() {
  const mark = ([name, exponent]) => element("span", { class: `book-mark-${name}`, style: `--share: ${share(exponent)}` }, name);
  return element("div", { class: "book-marks", "aria-hidden": true }, ...Object.entries(MARKS).map(mark));
}

function render({ model, el }) {
  const name = choice({
    label: "Function",
    options: NAMES.map((each) => [each, each]),
    onInput: (chosen) => update(model, { function: chosen }),
  });
  const scale = scaleSlider({ model, label: "Weights", min: LEAST, max: MOST, step: STEP, words: scaleWords });
  scale.root.append(marks());
  scale.root.classList.add("book-scale");
  const shown = picture();

  return stage({
    model,
    el,
    names: ["function", "scale"],
    label: "Signal depth",
    look: "book-signal-depth",
    picture: [shown.root],
    controls: [name.root, scale.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ scale: now }) => {
        const next = Math.floor(Math.log2(now) / STEP + 1e-9) * STEP + STEP;
        return next <= MOST ? { scale: 2 ** next } : null;
      },
      restart: () => ({ scale: 2 ** LEAST }),
    },
    draw(state) {
      name.set(state.function);
      scale.set(Math.log2(state.scale));
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "With ReLU, let layer 30 put out numbers of size ½ to 2.",
      isDone: (state) => {
        const last = size(signals(state.function, state.scale).at(-1));
        return state.function === "ReLU" && last >= LOW && last <= HIGH;
      },
      praise: "He's size: √2 makes up for the half that ReLU takes.",
    },
    onStop: shown.stop,
  });
}

export default { render };
