// Perceptron steps: points of two classes, and a line that turns with each mistake.

import { MOST_UPDATES, bound, margins, nextMistake, placeInRun, run } from "./math.mjs";
import { picture } from "./picture.mjs";
import { tally } from "./tally.mjs";
import { sentence, torchCode } from "./words.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 600; // milliseconds from one update to the next
const MOST_POINTS = 12;
const FREE = [3.5, 2.5]; // the corner from which a new point looks for a free place
const GRID = 0.25;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Where the story of a run ends: settled, after two rounds of a cycle, or at the limit. */
function endOf({ used, cycle }) {
  return cycle ? Math.min(MOST_UPDATES, 2 * cycle[1] - cycle[0]) : used.length;
}

/** Whether these are the points of XOR with one of them moved. */
function isRescued(points, xor) {
  const moved = points.filter((point, index) => !same(point, xor[index]));
  return points.length === xor.length && moved.length === 1;
}

/** The points with another one, where no point lies yet. */
function withPoint(points, label) {
  const isFree = ([x, y]) => points.every(([a, b]) => Math.hypot(a - x, b - y) > 3 * GRID);
  for (let y = FREE[1]; y >= -FREE[1]; y -= 2 * GRID) {
    for (let x = FREE[0]; x >= -FREE[0]; x -= 2 * GRID) {
      if (isFree([label * x, y])) return [...points, [label * x, y, label]];
    }
  }
  return points;
}

function render({ model, el }) {
  const presets = model.get("presets");
  const nameOf = (points) => Object.keys(presets).find((name) => same(presets[name], points)) ?? "custom";
  let byHand = false;
  let found = null; // { key, whole, limit } of the points seen last
  const look = (points) => {
    const key = JSON.stringify(points);
    if (found?.key !== key) found = { key, whole: run(points), limit: bound(points) };
    return found;
  };
  const setPoints = (points) => same(points, model.get("points")) || update(model, { points, preset: nameOf(points) });
  const setPoint = (index, [x, y]) => {
    byHand = true;
    setPoints(model.get("points").map((point, at) => (at === index ? [x, y, point[2]] : point)));
  };

  const preset = choice({
    label: "Points",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) => update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name], updates: 1 }),
  });
  const steps = slider({ label: "Updates", min: 0, max: MOST_UPDATES, onInput: (updates) => update(model, { updates }) });
  const add = (label) => setPoints(withPoint(model.get("points"), label));
  const blue = button("Add a blue circle", () => add(1));
  const orange = button("Add an orange square", () => add(-1));
  const last = button("Remove the last point", () => setPoints(model.get("points").slice(0, -1)));
  const shown = picture({ setPoint });
  const counted = tally();

  /** All that is seen now. */
  function seen({ points, updates }) {
    const { whole, limit } = look(points);
    const at = placeInRun(whole, updates);
    const weights = whole.weights[at];
    const place = at ? (whole.used[at - 1] + 1) % points.length : 0;
    const made = whole.cycle ? updates : at;
    return { whole, limit, at, weights, updates: made, next: nextMistake(points, weights, place), margins: margins(points, weights) };
  }

  return stage({
    model,
    el,
    names: ["preset", "points", "updates"],
    label: "Perceptron steps",
    look: "book-perceptron-steps",
    picture: [element("div", { class: "book-sides" }, shown.root, counted.root)],
    controls: [preset.root, steps.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ points, updates }) => (updates < endOf(look(points).whole) ? { updates: updates + 1 } : null),
      restart: () => ({ updates: 0 }),
    },
    draw(state) {
      const now = seen(state);
      preset.set(state.preset);
      steps.input.max = Math.max(1, endOf(now.whole));
      steps.set(now.updates);
      blue.disabled = state.points.length >= MOST_POINTS;
      orange.disabled = blue.disabled;
      last.disabled = state.points.length <= 2;
      shown.draw(state.points, now.weights, now.next, now.margins, byHand);
      byHand = false;
      counted.draw(state.points, now);
    },
    says: (state) => sentence(seen(state)),
    more: [element("div", { class: "book-controls" }, blue, orange, last)],
    code: ({ points, updates }) => torchCode(points, look(points).whole, updates),
    task: {
      text: "Play XOR. Then rescue it: drag one point, and play until none is wrong.",
      isDone: (state) => isRescued(state.points, presets.XOR) && seen(state).next === null,
      praise: "Rescued: now a line separates the four, and the rule finds one.",
    },
    onStop: shown.stop,
  });
}

export default { render };
