// Fold viewer: recordings in a plane, blocks for each fold, and the errors beside them.

import { errorOn, foldOf, study, summary } from "./math.mjs";
import { cloud, key, table } from "./picture.mjs";
import { foldWords, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 900; // milliseconds a fold
const WAYS = [
  ["plain", "in file order"],
  ["shuffled", "shuffled"],
  ["stratified", "stratified"],
  ["grouped", "by person"],
];

function render({ model, el }) {
  const recordings = model.get("recordings");
  const truth = errorOn(recordings, model.get("fresh"));
  let found = null; // what was studied last
  function look({ split, folds, seed, cheat }) {
    const asked = [split, folds, seed, cheat].join();
    if (found?.asked !== asked) {
      const fold = foldOf(recordings, split, folds, seed);
      const parts = study(recordings, fold, folds, cheat);
      found = { asked, fold, parts, ...summary(parts.map((part) => part.error)) };
    }
    return found;
  }
  const row = ({ shown, folds }) => Math.min(shown, folds - 1);
  const seen = (state) => ({ ...look(state), recordings, truth, shown: row(state), cheat: state.cheat });

  const split = choice({ label: "Folds", options: WAYS, onInput: (value) => update(model, { split: value }) });
  const folds = slider({ label: "K", min: 2, max: 12, onInput: (value) => update(model, { folds: value }) });
  const cheat = toggle({ label: "Judge on training data", onInput: (value) => update(model, { cheat: value }) });
  const seed = slider({ label: "Shuffle", min: 0, max: 99, onInput: (value) => update(model, { seed: value }) });
  const plane = cloud();
  const rows = table({ choose: (shown) => update(model, { shown }) });

  return stage({
    model,
    el,
    names: ["folds", "split", "seed", "shown", "cheat"],
    label: "Fold viewer",
    look: "book-fold-viewer",
    picture: [element("div", { class: "book-sides" }, element("div", {}, plane.root, key()), rows.root)],
    controls: [split.root, folds.root, cheat.root],
    play: {
      every: EACH,
      auto: true,
      step: (state) => (row(state) < state.folds - 1 ? { shown: row(state) + 1 } : null),
      restart: () => ({ shown: 0 }),
    },
    draw(state) {
      const now = seen(state);
      split.set(state.split);
      folds.set(state.folds);
      cheat.set(state.cheat);
      seed.set(state.seed);
      seed.input.disabled = state.split === "plain";
      const words = foldWords(now.parts[now.shown], now.shown);
      plane.draw(recordings, now.parts[now.shown], words);
      rows.draw({ ...now, words });
    },
    says: (state) => sentence(seen(state)),
    more: [element("div", { class: "book-controls" }, seed.root)],
    code: (state) => {
      const { fold, parts } = look(state);
      return torchCode(recordings, fold, state.folds, state.cheat, parts.map((part) => part.error));
    },
    task: {
      text: "Make the folds honest: no person on both sides, in any fold.",
      isDone: (state) => !state.cheat && look(state).parts.every((part) => part.twins === 0),
      praise: "Honest: whoever is held out is new to the model, as new people will be.",
    },
  });
}

export default { render };
