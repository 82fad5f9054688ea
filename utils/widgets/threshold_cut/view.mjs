// A cut through people with scores: four groups, and a point on the ROC curve.

import { area, fewest, groups, roc, scores } from "./math.mjs";
import { board, chart } from "./picture.mjs";
import { described, sentence, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const [LEAST, MOST, STEP] = [-4, 4, 0.05];
const EACH = 450; // milliseconds from one cut of the story to the next
const STRIDE = 0.25;
const WANTED = 0.95; // the share of the ill that the task wants found

/** Whether a cut finds enough of the ill, and one stop higher would find too few. */
const isBest = (state) => groups(state).recall >= WANTED && groups({ ...state, cut: state.cut + STEP }).recall < WANTED;

function render({ model, el }) {
  const toStop = (value) => Number((Math.round(Math.max(LEAST, Math.min(MOST, value)) / STEP) * STEP).toFixed(2));
  const stops = Array.from({ length: Math.round((MOST - LEAST) / STEP) + 1 }, (_, at) => toStop(LEAST + at * STEP));
  const known = new Map(); // the cuts with the fewest mistakes
  const fewestOf = (state) => {
    const key = `${state.apart} ${state.ill}`;
    if (!known.has(key)) known.set(key, fewest(state, stops));
    return known.get(key);
  };
  const isFewest = (state) => fewestOf(state).includes(state.cut);
  const setCut = (value) => update(model, { cut: toStop(value) });
  const people = board(setCut);
  const curve = chart();
  const auc = element("b", {});
  const tally = element("div", { class: "book-tally" }, element("span", {}, "area"), auc);
  const cut = slider({ label: "Cut", min: LEAST, max: MOST, step: STEP, format: number, onInput: setCut });
  const apart = slider({ label: "Apart", min: 0, max: 4, step: 0.1, format: (value) => number(value, 1), onInput: (value) => update(model, { apart: value }) });
  const ill = slider({ label: "Ill", min: 10, max: 50, step: 5, format: (value) => `${value} %`, onInput: (value) => update(model, { ill: value }) });
  const right = element("div", { class: "book-right" }, curve.root, tally);
  const moves = eased(([at]) => people.moveCut(at), 250);

  return stage({
    model,
    el,
    names: ["cut", "apart", "ill"],
    label: "A cut through scores",
    look: "book-threshold-cut",
    picture: [element("div", { class: "book-sides" }, people.root, right)],
    controls: [cut.root, ill.root],
    more: [apart.root],
    play: {
      every: EACH,
      auto: true,
      step(state) {
        if (state.cut <= LEAST) return null;
        const next = toStop(state.cut - STRIDE);
        // The cut that the task asks for is left to the reader.
        return { cut: isBest({ ...state, cut: next }) ? toStop(next - STEP) : next };
      },
      // Back to the fewest mistakes, unless that is what the task asks for.
      last(state) {
        const next = fewestOf(state).find((now) => !isBest({ ...state, cut: now }));
        return next === undefined ? null : { cut: next };
      },
      restart: () => ({ cut: MOST }),
    },
    draw(state) {
      cut.set(state.cut);
      apart.set(state.apart);
      ill.set(state.ill);
      const counts = groups(state);
      people.draw(scores(state), state.cut, counts, described(counts), isFewest(state));
      moves.to([state.cut]);
      const points = roc(state);
      curve.draw(points, [counts.fallOut, counts.recall]);
      auc.textContent = number(area(points), 3);
    },
    says: (state) => sentence(state, groups(state), isFewest(state)),
    code: (state) => torchCode(state, groups(state)),
    task: {
      text: "Find 95 % of the ill, with as few false alarms as can be.",
      isDone: isBest,
      praise: "That is the price: no higher cut finds as many.",
    },
    onStop: moves.stop,
  });
}

export default { render };
