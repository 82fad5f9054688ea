// Batch statistics: the picture, its controls and its task.

import { ROWS, SIZES, atEachSize, moments, orders, root, seen } from "./math.mjs";
import { picture } from "./picture.mjs";
import { pictureWords, sentence, torchCode } from "./words.mjs";
import { slider, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

function render({ model, el }) {
  const data = model.get("data");
  const stored = moments(data.brightness, 1);
  let dealt = { seed: null, ways: [] };
  const found = (state) => {
    if (state.seed !== dealt.seed) dealt = { seed: state.seed, ways: orders(data, state.seed) };
    return seen(state, data, dealt.ways);
  };
  const size = slider({
    label: "Batch size",
    min: 0,
    max: SIZES.length - 1,
    format: (power) => String(SIZES[power]),
    onInput: (power) => update(model, { batch_size: SIZES[power] }),
  });
  const training = toggle({ label: "Train", onInput: (value) => update(model, { training: value }) });
  const seed = slider({ label: "Other batches", min: 0, max: 99, onInput: (value) => update(model, { seed: value }) });
  const drawn = picture(data, [stored.mean, root(stored.variance)], (picked) => update(model, { batch_size: picked }));
  const lit = pointing(drawn.root);
  let batches = [];
  const look = eased((numbers) => {
    const pairs = Array.from({ length: numbers.length / 2 }, (_, place) => numbers.slice(2 * place, 2 * place + 2));
    const sets = Array.from({ length: 1 + SIZES.length }, (_, place) => pairs.slice(place * ROWS, (place + 1) * ROWS));
    const own = data.brightness[data.marked];
    drawn.draw(batches, sets[0], sets.slice(1).map((used) => used.map(([mean, spread]) => (own - mean) / spread)));
  }, 600);

  return stage({
    model,
    el,
    names: ["batch_size", "training", "seed"],
    label: "Batch statistics",
    look: "book-batch-statistics",
    picture: [drawn.root],
    controls: [size.root, training.root],
    more: [seed.root],
    play: {
      every: 1200,
      step: ({ batch_size: now }) => (now < SIZES.at(-1) ? { batch_size: 2 * now } : null),
      restart: () => ({ batch_size: 4, training: true }),
    },
    draw(state) {
      size.set(SIZES.indexOf(state.batch_size));
      training.set(state.training);
      seed.set(state.seed);
      const now = found(state);
      batches = now.batches;
      const each = atEachSize(state, data, dealt.ways);
      drawn.label(pictureWords(state, now, each), state.batch_size, !state.training);
      look.to([now, ...each].flatMap(({ used }) => used.flat()));
    },
    says: (state) => sentence(state, found(state)),
    code: (state) => torchCode(state, found(state), stored),
    task: {
      text: "At one batch size all blue lines end in two places. Find it.",
      isDone: ({ batch_size: now, training: isOn }) => now === 2 && isOn,
      praise: "Of two different numbers one becomes about \u22121 and the other about 1, whatever they were.",
    },
    onStop() {
      look.stop();
      lit.stop();
    },
  });
}

export default { render };
