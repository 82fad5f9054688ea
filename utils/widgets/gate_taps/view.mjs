// Gate taps: numbers come by, a tap lets some in, and a belt carries what is kept to the end.

import { picture } from "./belt.mjs";
import { CANDIDATES, STEPS, arrived, rangeOf, run, sigmoid, slopes } from "./math.mjs";
import { described, gateWords, sentence, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 600; // milliseconds a step
const [ENOUGH, LITTLE] = [0.9, 0.1]; // shares of the marked number, and of all others

function render({ model, el }) {
  const drawing = picture();
  const pointed = pointing(drawing.root);
  const whole = (changes) => update(model, { ...changes, at: STEPS });
  const gate = (label, name) =>
    slider({
      label,
      min: -6,
      max: 6,
      step: 0.5,
      format: (value) => gateWords(sigmoid(value)),
      onInput: (value) => whole({ [name]: value }),
    });
  const gates = {
    keep: gate("Keep", "keep"),
    idle: gate("Let in", "idle"),
    marked: gate("At mark", "marked"),
    show: gate("Show", "show"),
  };
  const mark = slider({ label: "Marked step", min: 1, max: STEPS / 2, onInput: (value) => whole({ mark: value }) });
  const moves = eased(drawing.set, 300);

  return stage({
    model,
    el,
    names: ["keep", "idle", "marked", "show", "mark", "at"],
    label: "Gate taps",
    look: "book-gate-taps",
    picture: [drawing.root],
    controls: [gates.keep.root, gates.idle.root, gates.marked.root],
    more: [gates.show.root, mark.root, drawing.shows],
    play: {
      every: EACH,
      auto: true,
      step: ({ at }) => (at < STEPS ? { at: at + 1 } : null),
      restart: () => ({ at: 1 }),
    },
    draw(state) {
      for (const [name, one] of Object.entries(gates)) one.set(state[name]);
      mark.set(state.mark);
      const { writes, cells, shown, own, added } = run(state);
      const { gradients } = slopes(state);
      drawing.stations.forEach((one, step) => {
        const isRun = step < state.at;
        one.root.classList.toggle("book-ahead", !isRun);
        one.root.classList.toggle("book-here", step === state.at - 1);
        one.mark(step + 1 === state.mark);
        one.open(writes[step]);
        one.want(step + 1 >= state.mark);
        one.held.textContent = isRun ? number(cells[step + 1]) : "";
        one.shown.textContent = isRun ? number(shown[step]) : "";
      });
      const isRun = (step) => step < state.at;
      moves.to([
        ...writes.map((write, step) => (isRun(step) ? write : 0)),
        ...cells.slice(1).map((c, step) => (isRun(step) ? c : 0)),
        ...[own, added].flatMap((parts) => parts.map((part, step) => (isRun(step) ? part : 0))),
        ...gradients.slice(1),
        CANDIDATES[state.mark - 1],
        ...rangeOf(state),
      ]);
      drawing.aim(CANDIDATES[state.mark - 1]);
      drawing.line.setAttribute("aria-label", described(state));
      pointed.refresh();
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Carry the marked number to the end, and let nothing else in.",
      isDone(state) {
        const { own, others } = arrived(state);
        return state.at === STEPS && own >= ENOUGH && others <= LITTLE;
      },
      praise: "There: the tap opens at the mark alone, and the belt stays wide.",
    },
    onStop() {
      moves.stop();
      pointed.stop();
    },
  });
}

export default { render };
