// Gradient ledger: what backward adds to .grad, what zero_grad clears, what a cut keeps away.

import { CUTS, MOST, clears, standing } from "./math.mjs";
import { picture } from "./picture.mjs";
import { NAMES, described, edgeWords, forwardLines, sentence, torchCode } from "./words.mjs";
import { button, choice, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const PASS = 1200; // milliseconds of a pass
// What Play does, one line after the other; it ends with the whole graph again.
const STORY = [["nothing"], ["nothing", "nothing"], ["None"], ["None", "x in p"], ["None", "x in p", "p"], ["None", "x in p", "p", "nothing"]];

const same = (one, other) => one.length === other.length && one.every((entry, index) => entry === other[index]);
const told = (entries) => STORY.findIndex((chapter) => same(chapter, entries));
const changes = (entries) => {
  const last = entries.at(-1);
  return { entries, cut: clears(last) ? "nothing" : last };
};

function render({ model, el }) {
  let picked = null; // the edge that was pressed
  let hasPicked = false; // whether any was
  let redraw = () => {};
  const pick = (edge) => {
    picked = edge;
    hasPicked ||= edge !== null;
    drawing.hint(!hasPicked);
    redraw();
  };
  const drawing = picture((edge) => pick(edge === picked ? null : edge));
  const pointed = pointing(drawing.root);
  let shown = null;
  let drawn = null;
  let cutDrawn = null;
  const phase = eased(([share]) => {
    drawing.set(shown, share);
    drawing.pick(picked);
    pointed.refresh();
  }, PASS);

  const cut = choice({
    label: "Cut",
    options: CUTS.map((value) => [value, NAMES[value]]),
    onInput: (value) => update(model, { cut: value }),
  });
  const entriesNow = () => model.get("entries");
  const back = button("backward()", () => update(model, { entries: [...entriesNow(), model.get("cut")] }));
  // What was there before a clear to None counts no more, so the ledger begins anew.
  const clear = button("zero_grad()", () =>
    update(model, { entries: model.get("zeros") ? [...entriesNow(), "zeros"] : ["None"] }),
  );
  const zeros = toggle({
    label: "Zeros, not None",
    onInput: (value) => update(model, { zeros: value }),
  });

  return stage({
    model,
    el,
    names: ["cut", "entries", "zeros"],
    label: "Gradient ledger",
    look: "book-gradient-ledger",
    picture: [drawing.root],
    controls: [cut.root, back, clear],
    more: [zeros.root],
    play: {
      every: 2600,
      step({ entries }) {
        const next = STORY[told(entries) + 1];
        return told(entries) >= 0 && next ? changes(next) : null;
      },
      restart: () => changes(STORY[0]),
    },
    draw(state) {
      const { entries } = state;
      const { w, x, since } = standing(entries);
      const last = since.at(-1);
      if (entries !== drawn || state.cut !== cutDrawn) picked = null;
      cut.set(state.cut);
      zeros.set(state.zeros);
      back.disabled = entries.length >= MOST;
      clear.disabled = state.zeros && entries.length >= MOST;
      shown = { cut: state.cut, since, w, x, isSeen: last?.entry === state.cut, lines: forwardLines(state.cut) };
      const isPass = drawn && entries.length === drawn.length + 1 && last && !last.refused;
      if (isPass) phase.set([0]);
      if (isPass) phase.to([1]);
      else phase.set([1]);
      drawn = entries;
      cutDrawn = state.cut;
      drawing.svg.setAttribute("aria-label", described(state));
    },
    says: (state) => (picked ? edgeWords(picked, state.cut) : sentence(state)),
    code: torchCode,
    task: {
      text: "Make both gradients the same number.",
      isDone({ entries }) {
        const { w, x } = standing(entries);
        return w !== null && w > 0 && w === x;
      },
      praise: "Equal: a pass with a cut brought less to x, and .grad added up what came.",
    },
    onReady(again) {
      redraw = again;
    },
    onReset() {
      hasPicked = false;
      pick(null);
    },
    onStop() {
      phase.stop();
      pointed.stop();
    },
  });
}

export default { render };
