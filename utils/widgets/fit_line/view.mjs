// Fit a line: squares on the residuals, and the bowl over slope and intercept.

import { factList } from "../kit/fact_list.mjs";
import { bestWithin, bowl, rolled, surplus } from "./math.mjs";
import { BOUND } from "./scene.mjs";
import { picture } from "./picture.mjs";
import { number } from "../kit/numbers.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { presetTiles } from "./presets.mjs";

const TRAITS = ["points", "slope", "intercept", "preset"];
const RING = 450; // milliseconds from one ring of the bowl to the next
const NEAR = 0.5; // of the area of the squares: good for a hand
const START = { slope: -0.4, intercept: 2.2 }; // high up on the bowl of most presets

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const asTraits = ([slope, intercept]) => ({ slope, intercept });

function render({ model, el }) {
  const presets = model.get("presets");
  const line = () => [model.get("slope"), model.get("intercept")];
  const nameOf = (points) =>
    Object.keys(presets).find((name) => same(presets[name], points)) ?? "custom";
  let isOwn = false; // whether the line was set by hand, and the points have stayed since
  const put = (next) => same(next, line()) || update(model, asTraits(next));
  const setLine = (next) => {
    isOwn = true;
    put(next);
  };
  const setPoint = (index, place) => {
    const points = model.get("points").map((point, at) => (at === index ? place : point));
    isOwn = false;
    if (!same(points, model.get("points"))) update(model, { points, preset: nameOf(points) });
  };

  const choose = (name) => {
    isOwn = false;
    update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] });
  };
  const small = presetTiles(presets, choose);
  const preset = choice({
    label: "Points",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: choose,
  });
  const knobs = ["Slope", "Intercept"].map((label, side) =>
    slider({
      label,
      min: -BOUND,
      max: BOUND,
      step: 0.01,
      format: (value) => number(value),
      onInput: (value) => setLine(line().map((old, at) => (at === side ? value : old))),
    }),
  );
  const best = button("Best line", () => {
    isOwn = false;
    put(bestWithin(bowl(model.get("points")), BOUND));
  });
  const shown = picture({ model, line, setLine, setPoint });
  const list = factList();

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Fit a line",
    look: "book-fit-line",
    picture: [shown.root],
    controls: [small.root, preset.root], // on a phone the list stands for the pictures
    play: {
      every: RING,
      step({ points, slope, intercept }) {
        isOwn = false;
        const next = rolled(bowl(points), [slope, intercept], BOUND);
        return next && asTraits(next);
      },
      restart: () => START,
    },
    draw({ points, slope, intercept, preset: name }) {
      preset.set(name);
      small.set(name);
      for (const [side, control] of knobs.entries()) control.set([slope, intercept][side]);
      shown.draw(points, [slope, intercept]);
      list.set(facts(points, [slope, intercept]));
    },
    says: ({ points, slope, intercept }) => sentence(points, [slope, intercept]),
    more: [element("div", { class: "book-controls" }, ...knobs.map(({ root }) => root), best), list.root],
    code: ({ points, slope, intercept }) => torchCode(points, [slope, intercept]),
    task: {
      text: "By hand, get within 0.5 of the best.",
      isDone: ({ points, slope, intercept }) => isOwn && surplus(points, [slope, intercept]) < NEAR,
      praise: "By hand! Now drag points until the best line lies flat.",
    },
    onReset() {
      isOwn = false;
    },
    onStop: shown.stop,
  });
}

export default { render };
