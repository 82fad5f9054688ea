// Frozen layers: a tower that freezes from below, and the accuracy that it reaches.

import { chart } from "./chart.mjs";
import { LAYERS, backward, work } from "./math.mjs";
import { tower } from "./tower.mjs";
import { MOST, sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 1100; // milliseconds from one frozen layer to the next
const [SAVED, KNOWN] = [0.8, 90]; // what the task asks for, a share and a percentage

function render({ model, el }) {
  const runs = model.get("runs");
  const counts = Object.keys(runs).map(Number).sort((one, other) => one - other);
  const longest = Math.max(...Object.values(runs).flat().flatMap(({ moved }) => moved));
  const freeze = slider({ label: "Freeze", min: 0, max: MOST, onInput: (frozen) => update(model, { frozen }) });
  const images = slider({
    label: "Images",
    min: 0,
    max: counts.length - 1,
    format: (index) => String(counts[index]),
    onInput: (index) => update(model, { images: counts[index] }),
  });
  // A click freezes up to this layer; on the last frozen one it sets it free.
  const pick = (place) => update(model, { frozen: Math.min(MOST, place + 1 === model.get("frozen") ? place : place + 1) });
  const left = tower(pick, longest);
  const right = chart(runs, counts, (count) => update(model, { images: count }));
  const look = eased((numbers) => {
    const parts = [0, 1, 2, 3, 4].map((part) => numbers.slice(part * LAYERS.length, (part + 1) * LAYERS.length));
    const frozen = numbers.at(-1);
    left.draw(parts[0], parts[1], parts[2], frozen);
    right.draw(parts[3], parts[4], frozen);
  }, 450);
  // As rounded as the reader sees it.
  const isGood = ({ frozen, images: count }) => work(frozen) < (1 - SAVED) * work(0) && Math.round(100 * runs[count][frozen].accuracy) >= KNOWN;

  return stage({
    model,
    el,
    names: ["frozen", "images"],
    label: "Frozen layers",
    look: "book-frozen-layers",
    picture: [element("div", { class: "book-desk" }, left.root, right.root)],
    controls: [freeze.root, images.root],
    play: {
      every: EACH,
      step: ({ frozen }) => (frozen < MOST ? { frozen: frozen + 1 } : null),
      restart: () => ({ frozen: 0 }),
    },
    draw({ frozen, images: count }) {
      const run = runs[count];
      freeze.set(frozen);
      images.set(counts.indexOf(count));
      left.say(frozen, run[frozen]);
      right.say(run, count, frozen);
      const products = backward(frozen);
      look.to([
        ...run[frozen].moved,
        ...products.map(({ own }) => own),
        ...products.map(({ passed }) => passed),
        ...run.map(({ accuracy }) => accuracy),
        ...run.map(({ spread }) => spread),
        frozen,
      ]);
    },
    says: (state) => sentence(state, runs[state.images]),
    code: torchCode,
    task: {
      text: "Save over 80 % of the work, and get 90 % right.",
      isDone: isGood,
      praise: "Only the top two layers learn, and that is enough.",
    },
    onStop: look.stop,
  });
}

export default { render };
