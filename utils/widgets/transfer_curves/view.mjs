// Transfer curves: three networks learn new digits from few pictures, two with copied layers.

import { chart } from "./chart.mjs";
import { COUNTS, STEPS, WAYS, accuracies, bytes, curveOf, dotsOf, greysOf } from "./math.mjs";
import { panels } from "./panels.mjs";
import { chartWords, isDone, sentence, torchCode } from "./words.mjs";
import { slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 2200; // milliseconds from one stop of the training to the next
const [TOLD, BY_HAND] = [1500, 450]; // of a move of all dots, in the story and else
const NEXT = 13; // dots from one picture to the next: nearly always of another class
const RINGED = 5; // the dot that has the ring at first: at the opening, each network says another digit

function render({ model, el }) {
  const results = model.get("results");
  const choose = (label, name, list) => slider({
    label,
    min: 0,
    max: list.length - 1,
    format: (place) => String(list[place]),
    onInput: (place) => update(model, { [name]: list[place] }),
  });
  const pictures = choose("Pictures", "pictures", COUNTS);
  const steps = choose("Steps", "step", STEPS);
  const count = bytes(results.labels).length;
  let ringed = RINGED;
  let redraw = () => {};
  let isTold = false; // whether the change to be drawn next is a step of the story
  const ring = (index) => {
    ringed = index;
    redraw();
  };
  const board = panels(count, { onPick: ring, onNext: () => ring((ringed + NEXT) % count) });
  const curves = chart((count) => update(model, { pictures: count }));
  const pointed = pointing(board.root);
  const resized = new ResizeObserver(([entry]) => curves.resize(entry.contentRect.width, entry.contentRect.height));
  resized.observe(curves.root);

  return stage({
    model,
    el,
    names: ["pictures", "step"],
    label: "Transfer curves",
    look: "book-transfer-curves",
    picture: [board.root, curves.root],
    controls: [pictures.root, steps.root],
    play: {
      every: EACH,
      step({ step }) {
        isTold = step < STEPS.at(-1);
        return isTold ? { step: STEPS[STEPS.indexOf(step) + 1] } : null;
      },
      restart: () => ({ step: STEPS[0] }),
    },
    draw(state) {
      const place = COUNTS.indexOf(state.pictures);
      pictures.set(place);
      steps.set(STEPS.indexOf(state.step));
      const means = accuracies(results, state.pictures, state.step);
      const ways = WAYS.map((way) => ({ dots: dotsOf(results, way, state.pictures, state.step), mean: means[way] }));
      const time = isTold ? TOLD : BY_HAND;
      isTold = false;
      board.draw(ways, ringed, greysOf(results, ringed), time);
      curves.draw(WAYS.map((way) => curveOf(results, way, state.step)), place, chartWords(results, state), time);
      pointed.refresh();
    },
    says: (state) => sentence(results, state),
    code: (state) => torchCode(results, state, COUNTS.indexOf(state.pictures)),
    task: {
      text: "After 60 steps: where does scratch overtake frozen?",
      isDone: (state) => isDone(results, state),
      praise: "Here the two lines cross: from now on, frozen layers hold back.",
    },
    onReady(again) {
      redraw = again;
    },
    onReset: () => ring(RINGED),
    onStop() {
      board.stop();
      curves.stop();
      pointed.stop();
      resized.disconnect();
    },
  });
}

export default { render };
