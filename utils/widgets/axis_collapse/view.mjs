// A block that collapses along the axis that is named.

import { block } from "./block.mjs";
import { LOAVES, SHAPE, cells, countOf, resultOf, shapeOf } from "./math.mjs";
import { panel } from "./result.mjs";
import { AXES, described, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const ALL = 4; // more slices than any axis has
const [EACH, WAY] = [1200, 900]; // milliseconds from slice to slice, and of a slice on its way
const CUBES = cells(SHAPE);

/** The setting with a place that the result has. */
const within = (state) => ({ ...state, place: Math.min(state.place, shapeOf({ ...state, keepdim: false }).reduce((all, size) => all * size, 1) - 1) });

function render({ model, el }) {
  let now = null;
  const point = (place) => place !== model.get("place") && update(model, { place });
  const whole = (changes) => update(model, { ...changes, step: ALL });
  const picture = block(LOAVES, point);
  const right = panel(point, (rows, columns) => {
    const width = shapeOf(now).at(-1);
    const count = resultOf(now, 0).length;
    const [row, column] = [Math.floor(now.place / width), now.place % width];
    const next = [row + rows, column + columns].map((at, axis) => Math.max(0, Math.min(at, (axis ? width : count / width) - 1)));
    point(next[0] * width + next[1]);
  });
  const axis = choice({ label: "dim", options: AXES.map((name, dim) => [dim, `${dim}: ${name}`]), onInput: (dim) => whole({ dim: Number(dim) }) });
  const join = choice({ label: "Into", options: ["sum", "mean", "amax"].map((name) => [name, name]), onInput: (reduction) => whole({ reduction }) });
  const kept = toggle({ label: "keepdim", onInput: (keepdim) => whole({ keepdim }) });
  const slices = slider({ label: "Slices that have flowed", min: 0, max: ALL, onInput: (step) => update(model, { step: Math.min(step, SHAPE[now.dim]) }) });
  const moves = eased((flows) => {
    const count = picture.flow(flows, (arrived) => resultOf(now, arrived), now.reduction);
    right.print(now, resultOf(now, count));
  }, WAY);

  return stage({
    model,
    el,
    names: ["dim", "reduction", "keepdim", "step", "place"],
    label: "Axis collapse",
    look: "book-axis-collapse",
    picture: [element("div", { class: "book-sides" }, picture.root, right.root)],
    controls: [axis.root, join.root, kept.root],
    more: [slices.root],
    play: {
      every: EACH,
      auto: true,
      step: (state) => (countOf(state) < SHAPE[state.dim] ? { step: countOf(state) + 1 } : null),
      restart: () => ({ step: 1 }),
    },
    draw(given) {
      const state = within(given);
      const isOther = now && now.dim !== state.dim;
      now = state;
      axis.set(state.dim);
      join.set(state.reduction);
      kept.set(state.keepdim);
      slices.set(countOf(state));
      picture.set(state, described(state));
      right.set(state);
      // Along another axis the whole block starts anew.
      if (isOther) moves.set(CUBES.map(() => 0));
      const flows = CUBES.map((index) => Number(index[state.dim] < countOf(state)));
      moves.to(flows);
    },
    says: (state) => sentence(within(state)),
    code: (state) => torchCode(state),
    task: {
      text: "The most loaves of one bread, for each day and shop, in shape (2, 3, 1).",
      isDone: (state) => state.dim === 2 && state.reduction === "amax" && state.keepdim && countOf(state) === SHAPE[2],
      praise: "There: the breads have flowed together, and left an axis of size 1.",
    },
    onStop: moves.stop,
  });
}

export default { render };
