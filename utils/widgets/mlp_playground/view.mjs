// The playground: a network learns in the page, and its border and its units are drawn meanwhile.

import { torchCode } from "./code.mjs";
import { drawing } from "./drawing.mjs";
import { layoutOf } from "./layout.mjs";
import { BOUND, GRID, MOST_STEPS, gridOf, training } from "./math.mjs";
import { ground, palette } from "./painting.mjs";
import { settings } from "./settings.mjs";
import { pictureWords, sentence } from "./words.mjs";
import { forward } from "../kit/network.mjs";
import { element, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { isStill } from "../kit/tween.mjs";

const WIDTH = 736; // until the picture's width is known
const PACE = 5; // steps of training a moment
const CATCH_UP = 20; // steps a frame, where a changed network trains anew
const ENOUGH = 50; // steps after which a network has been tried
const FEWEST = 2; // hidden units that XOR needs
const TRAITS = ["preset", "width", "activation", "depth", "lr", "seed", "steps"];
const THEMES = { attributes: true, attributeFilter: ["data-theme", "theme", "class", "data-jp-theme-light"] };

function render({ model, el }) {
  const presets = model.get("presets");
  const places = gridOf(BOUND, GRID);
  const set = (changes) => update(model, changes);
  const options = settings({ presets, rate: () => model.get("lr"), set });
  const [below, above] = [ground(GRID), drawing()];
  const root = element("div", { class: "book-picture" }, below.root, above.root);
  let [width, laid, redraw, waiting] = [WIDTH, "", null, 0];
  let run = null; // { key, now } of the network in training
  let found = null; // what the last redraw found
  let triedNone = false;

  /** Train until `steps`, or a part of the way if the reader can watch; returns whether it is there. */
  function train({ steps, ...state }) {
    const key = JSON.stringify(state);
    const isFirst = run === null;
    if (run?.key !== key || run.now.losses.length - 1 > steps) run = { key, now: training(state, presets[state.preset]) };
    const isWatched = !isFirst && !isStill() && !document.hidden;
    const taken = run.now.losses.length - 1;
    run.now.advance(isWatched ? Math.min(steps, taken + CATCH_UP) : steps);
    return run.now.losses.length - 1 === steps;
  }

  function draw(state) {
    cancelAnimationFrame(waiting);
    if (!train(state)) waiting = requestAnimationFrame(redraw);
    const { layers, losses, seen } = run.now;
    const layout = layoutOf(width, state);
    const shape = JSON.stringify([layout, state.preset]);
    if (shape !== laid) above.fit(layout, presets[state.preset]);
    laid = shape;
    const all = forward(layers, state.activation, places);
    const { activation } = state;
    found = { layers, losses, activation, logits: all.at(-1), loss: losses.at(-1), steps: losses.length - 1, ...seen() };
    below.paint(layout, all, palette(root));
    above.draw(found);
    above.say(pictureWords(state, found));
    lights?.refresh();
    options.show(state);
    if (activation === "none" && state.preset === "XOR" && found.steps >= ENOUGH) triedNone = true;
  }

  const isSolved = ({ preset, width: units, depth }) =>
    preset === "XOR" && units * depth <= FEWEST && found.right.every(Boolean);
  let lights = null;
  const resized = new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (!next || next === width) return;
    width = next;
    redraw();
  });
  const themed = new MutationObserver(() => redraw());
  const leave = stage({
    model,
    el,
    names: TRAITS,
    label: "Playground for small networks",
    look: "book-mlp-playground",
    picture: [root],
    controls: options.controls,
    play: {
      every: 33,
      auto: true,
      step: ({ steps }) => (steps < MOST_STEPS ? { steps: Math.min(MOST_STEPS, steps + PACE) } : null),
      restart: () => ({ steps: 0 }),
    },
    draw,
    says: (state) => sentence(state, found),
    more: options.more,
    code: (state) => torchCode(state, found),
    task: {
      text: "With the activation none, does any width solve XOR? Then solve it with as few hidden units as you can; another seed may help.",
      isDone: (state) => triedNone && isSolved(state),
      praise: "You did it: two units, two lines. Without an activation no width is enough.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      triedNone = false;
    },
    onStop: () => {
      cancelAnimationFrame(waiting);
      resized.disconnect();
      themed.disconnect();
      lights.stop();
    },
  });
  lights = pointing(root);
  resized.observe(root);
  for (const node of [document.documentElement, document.body]) themed.observe(node, THEMES);
  redraw(); // in the page it knows its colours
  return leave;
}

export default { render };
