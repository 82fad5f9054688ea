// Residual depth: what depth does to a gradient, in a plain and in a residual network.

import { MOST_BLOCKS, norms } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, cutBlock, torchCode } from "./words.mjs";
import { slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const LEAST = 2;
const EACH = 550; // milliseconds from one depth to the next

function render({ model, el }) {
  const blocks = slider({ label: "Blocks", min: LEAST, max: MOST_BLOCKS, onInput: (count) => update(model, { blocks: count }) });
  const cut = slider({
    label: "Cut",
    min: 0,
    max: MOST_BLOCKS,
    format: (block) => (block ? String(block) : "none"),
    // A block that is not there cannot be cut.
    onInput: (block) => update(model, { cut: Math.min(block, model.get("blocks")) }),
  });
  const normalise = toggle({ label: "Batch norm", onInput: (isOn) => update(model, { normalise: isOn }) });
  const shown = picture((block) => update(model, { cut: block === model.get("cut") ? 0 : block }));
  let found = null;

  return stage({
    model,
    el,
    names: ["blocks", "cut", "normalise"],
    label: "Residual depth",
    look: "book-residual-depth",
    picture: [shown.root],
    controls: [blocks.root, cut.root, normalise.root],
    play: {
      every: EACH,
      step: ({ blocks: now }) => (now < MOST_BLOCKS ? { blocks: now + 1 } : null),
      restart: () => ({ blocks: LEAST, cut: 0 }),
    },
    draw(state) {
      found = { plain: norms({ ...state, residual: false }), residual: norms({ ...state, residual: true }) };
      blocks.set(state.blocks);
      cut.set(cutBlock(state));
      normalise.set(state.normalise);
      shown.draw(state, found);
    },
    says: (state) => sentence(state, found),
    code: (state) => torchCode(state, found),
    task: {
      text: "Make more arrive in the plain network than in the residual one.",
      isDone: () => found.plain[0] > found.residual[0],
      praise: "Now the plain gradient grows block by block. That is no better.",
    },
    onStop: shown.stop,
  });
}

export default { render };
