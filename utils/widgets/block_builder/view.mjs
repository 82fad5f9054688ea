// Block builder: a line of pairs becomes a network, and shows where its weights and its work lie.

import { MOST_BLOCKS, built, field, parse, totals, written } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1400; // milliseconds from one block to the next
const WANTED = 224;
const NETWORKS = {
  "VGG-11": [[1, 64], [1, 128], [2, 256], [2, 512], [2, 512]],
  "VGG-13": [[2, 64], [2, 128], [2, 256], [2, 512], [2, 512]],
  "VGG-16": [[2, 64], [2, 128], [3, 256], [3, 512], [3, 512]],
  "VGG-19": [[2, 64], [2, 128], [4, 256], [4, 512], [4, 512]],
};
const OWN = "your own";

/** The field for the blocks; what cannot be read stays in it, with a word on what to write. */
function blocksField(onBlocks) {
  const input = element("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  const hint = element("span", { class: "book-hint", role: "status" });
  input.addEventListener("input", () => {
    const blocks = parse(input.value);
    hint.textContent = blocks ? "" : "Write pairs such as (2, 64), (3, 128)";
    input.setAttribute("aria-invalid", String(!blocks));
    if (blocks) onBlocks(blocks);
  });
  const root = element("div", { class: "book-control book-blocks" }, element("label", {}, element("span", {}, "Blocks"), input), hint);
  const set = (text) => {
    // Half a change is not taken out of the writer's hands.
    if (parse(input.value) && written(parse(input.value)) === text) return;
    input.value = text;
    hint.textContent = "";
    input.setAttribute("aria-invalid", "false");
  };
  return { root, set };
}

function render({ model, el }) {
  const shown = picture();
  const take = (blocks) => update(model, { architecture: written(blocks), shown: MOST_BLOCKS });
  const blocks = blocksField(take);
  const network = choice({
    label: "Network",
    options: [...Object.keys(NETWORKS), OWN].map((name) => [name, name]),
    onInput: (name) => NETWORKS[name] && take(NETWORKS[name]),
  });
  const dense = slider({ label: "Dense units", min: 4, max: 12, format: (power) => String(2 ** power), onInput: (power) => update(model, { dense: 2 ** power }) });
  const made = slider({ label: "Blocks built", min: 1, max: MOST_BLOCKS, onInput: (value) => update(model, { shown: value }) });
  const side = choice({ label: "Image side", options: [32, 64, 128, 224].map((n) => [n, `${n} pixels`]), onInput: (n) => update(model, { side: Number(n) }) });

  return stage({
    model,
    el,
    names: ["architecture", "shown", "dense", "side"],
    label: "Block builder",
    look: "book-block-builder",
    picture: [shown.root],
    controls: [network.root, dense.root, blocks.root],
    more: [element("div", { class: "book-controls" }, made.root, side.root)],
    play: {
      every: EACH,
      auto: true,
      step: (state) => (built(state).length < built({ ...state, shown: MOST_BLOCKS }).length ? { shown: built(state).length + 1 } : null),
      restart: () => ({ shown: 1 }),
    },
    draw(state) {
      blocks.set(state.architecture);
      const [name] = Object.entries(NETWORKS).find(([, some]) => written(some) === state.architecture) ?? [OWN];
      network.set(name);
      dense.set(Math.log2(state.dense));
      made.set(built(state).length);
      side.set(state.side);
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: `See all ${WANTED} pixels, with under half of the parameters in the dense layers.`,
      isDone: (state) => state.side === WANTED && field(state) >= WANTED && totals(state).denseParameters < 0.5,
      praise: "Done: a late convolution sees far, and narrow dense layers save the weights.",
    },
    onStop: shown.stop,
  });
}

export default { render };
