// Receptive field: lines from one output number down to the pixels that it sees.

import { LAYERS, PLACES, facts } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 900; // milliseconds from one output number to its neighbour
const MOST = { kernel: 5, stride: 2, dilation: 9 };
const WANTED = 27;

function render({ model, el }) {
  const shown = picture();
  const sliders = Object.entries(MOST).flatMap(([name, max]) =>
    Array.from({ length: LAYERS }, (_, layer) => {
      const onInput = (value) => update(model, { [name]: model.get(name).map((old, index) => (index === layer ? value : old)) });
      const label = `${name[0].toUpperCase()}${name.slice(1)} ${layer + 1}`;
      return { name, layer, ...slider({ label, min: 1, max, onInput }) };
    }),
  );
  const of = (...names) => sliders.filter(({ name }) => names.includes(name)).map(({ root }) => root);

  return stage({
    model,
    el,
    names: ["kernel", "stride", "dilation", "place"],
    label: "Receptive field",
    look: "book-receptive-field",
    picture: [shown.root],
    controls: of("dilation"),
    more: [element("div", { class: "book-controls" }, ...of("kernel", "stride"))],
    play: {
      every: EACH,
      auto: true,
      step: ({ place }) => (place < PLACES ? { place: place + 1 } : null),
      restart: () => ({ place: -PLACES }),
    },
    draw(state) {
      for (const { name, layer, set } of sliders) set(state[name][layer]);
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: `With three kernels of 3 and stride 1, see ${WANTED}×${WANTED} pixels without a hole.`,
      isDone: (state) => {
        const { field, used } = facts(state);
        const isPlain = state.kernel.every((k) => k === 3) && state.stride.every((s) => s === 1);
        return isPlain && field === WANTED && used === WANTED * WANTED;
      },
      praise: "One way to each pixel: it cannot be wider with 3 · 3 · 3 ways.",
    },
    onStop: shown.stop,
  });
}

export default { render };
