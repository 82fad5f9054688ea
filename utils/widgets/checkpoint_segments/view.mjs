// Checkpoint segments: boxes that are held, freed and made again, and how many there are.

import { boxes } from "./boxes.mjs";
import { overLengths, overTime } from "./charts.mjs";
import { moments, peak, peaks } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EVERY = 160; // milliseconds a layer
const WANTED = 25; // layers, in the task

function render({ model, el }) {
  const row = boxes();
  const time = overTime();
  const lengths = overLengths((length) => update(model, { length }));
  const charts = element("div", { class: "book-charts" }, time.root, lengths.root);
  const root = element("div", { class: "book-picture" }, row.root, charts);
  const control = (label, name, min, max) => slider({ label, min, max, onInput: (value) => update(model, { [name]: value }) });
  const length = control("Segment", "length", 1, 25);
  const layers = control("Layers", "layers", 8, 36);
  const lengthOf = (state) => Math.min(state.length, state.layers);
  const stepOf = (state) => Math.min(state.step, 3 * state.layers);

  return stage({
    model,
    el,
    names: ["layers", "length", "step"],
    label: "Checkpoint segments",
    look: "book-checkpoint-segments",
    picture: [root],
    controls: [length.root, layers.root],
    play: {
      every: EVERY,
      step: (state) => (stepOf(state) < 3 * state.layers ? { step: stepOf(state) + 1 } : null),
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      const list = moments(state.layers, lengthOf(state));
      length.input.max = state.layers;
      length.set(lengthOf(state));
      layers.set(state.layers);
      row.draw(list[stepOf(state)], state.layers, lengthOf(state));
      time.draw(list, stepOf(state), state.layers + 1);
      lengths.draw(peaks(state.layers), lengthOf(state));
    },
    says: (state) => sentence(moments(state.layers, lengthOf(state))[stepOf(state)], state.layers),
    code: (state) => torchCode(state.layers, lengthOf(state)),
    task: {
      text: `Find a segment with the lowest peak for ${WANTED} layers.`,
      isDone: (state) => state.layers === WANTED && peak(WANTED, lengthOf(state)) === Math.min(...peaks(WANTED)),
      praise: "10 instead of 26. The root of 25 is 5, and its neighbours do as well.",
    },
  });
}

export default { render };
