// Systolic clock: an array of cells, the numbers that pass through it, and how many cells work.

import { board } from "./board.mjs";
import { chart } from "./chart.mjs";
import { cycles, utilisation } from "./math.mjs";
import { facts, percent, sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 900; // milliseconds a cycle
const MOVE = 550; // of which the numbers move
const [CELLS, WANTED] = [4, 0.8]; // what the task asks for

function render({ model, el }) {
  const drawing = board();
  const curve = chart();
  const list = element("div", { class: "book-numbers" });
  const side = element("div", { class: "book-side" }, list, element("div", { class: "book-title" }, "Cells at work, cycle by cycle"), curve.root);
  const root = element("div", { class: "book-sides" }, drawing.root, side);
  const pointer = pointing(root);
  let plan = null;
  let words = "";
  let shownPlan = "";
  const move = eased(([time]) => {
    drawing.draw(plan, time, words);
    pointer.refresh();
  }, MOVE);

  const planOf = ({ array, size, products }) => ({ array, size, products });
  const cycleOf = (state) => Math.min(state.cycle, cycles(planOf(state)));
  const control = (label, name, min, max) => slider({ label, min, max, onInput: (value) => update(model, { [name]: value }) });
  const clock = slider({ label: "Clock", min: 0, max: 1, onInput: (cycle) => update(model, { cycle }) });
  const size = control("Matrix", "size", 1, 10);
  const array = control("Array", "array", 2, 5);
  const products = control("Products in a row", "products", 1, 8);

  return stage({
    model,
    el,
    names: ["array", "size", "products", "cycle"],
    label: "Systolic clock",
    look: "book-systolic-clock",
    picture: [root],
    controls: [clock.root, size.root, array.root],
    more: [products.root],
    play: {
      every: EVERY,
      auto: true,
      step(state) {
        const cycle = cycleOf(state);
        return cycle < cycles(planOf(state)) ? { cycle: cycle + 1 } : null;
      },
      restart: () => ({ cycle: 0 }),
    },
    draw(state) {
      plan = planOf(state);
      const cycle = cycleOf(state);
      clock.input.max = cycles(plan);
      clock.set(cycle);
      size.set(state.size);
      array.set(state.array);
      products.set(state.products);
      words = sentence(plan, cycle);
      list.replaceChildren(
        ...facts(plan, cycle).map(([name, value]) => element("div", {}, element("span", { class: "book-name" }, name), element("span", { class: "book-fact" }, value))),
      );
      curve.draw(plan, cycle, `The share of useful cell cycles of the whole run is ${percent(utilisation(plan))}.`);
      const key = JSON.stringify(plan);
      if (key === shownPlan) move.to([cycle - 1]);
      else move.set([cycle - 1]);
      shownPlan = key;
    },
    says: (state) => sentence(planOf(state), cycleOf(state)),
    code: (state) => torchCode(planOf(state)),
    task: {
      text: `Keep an array of side ${CELLS} or more useful in over ${percent(WANTED)} of its cell cycles.`,
      isDone: (state) => state.array >= CELLS && utilisation(planOf(state)) > WANTED,
      praise: "Whole tiles, and a stream long enough to make up for filling the array.",
    },
    onStop() {
      move.stop();
      pointer.stop();
    },
  });
}

export default { render };
