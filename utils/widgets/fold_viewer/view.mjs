// Fold viewer: recordings in a plane, blocks for each fold, and the errors beside them.

import { errorOn, foldOf, study, summary } from "./math.mjs";
import { cloud, key, table } from "./picture.mjs";
import { foldWords, percent, sentence, torchCode } from "./words.mjs";
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
  let before = null; // how the folds were cut before the story grouped them
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
      // Fold after fold, and at last by person: there the error rises to that on new people.
      step(state) {
        if (row(state) < state.folds - 1 && !(before && state.split === "grouped")) return { shown: row(state) + 1 };
        if (state.split === "grouped") return null;
        before = state.split;
        return { split: "grouped" };
      },
      restart({ split: now }) {
        const next = now === "grouped" && before ? { shown: 0, split: before } : { shown: 0 };
        before = null;
        return next;
      },
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
      text: "Fool yourself: a mean error of 0 %, not judged on training data.",
      isDone: (state) => !state.cheat && look(state).parts.every(({ error }) => error === 0),
      praise: `0 %, and ${percent(truth)} on new people: twins in training gave the answers away.`,
    },
    onReset() {
      before = null;
    },
  });
}

export default { render };
