// Fit a line: squares on the residuals, and the bowl over slope and intercept.

import { factList } from "../kit/fact_list.mjs";
import { bestWithin, bowl, flatness, rolled } from "./math.mjs";
import { BOUND } from "./scene.mjs";
import { picture } from "./picture.mjs";
import { number } from "../kit/numbers.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const TRAITS = ["points", "slope", "intercept", "preset"];
const RING = 450; // milliseconds from one ring of the bowl to the next
const FLAT = 0.05; // a slope below this looks flat
const START = { slope: -2.5, intercept: 3 }; // high up on the bowl of most presets

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const asTraits = ([slope, intercept]) => ({ slope, intercept });

function render({ model, el }) {
  const presets = model.get("presets");
  const line = () => [model.get("slope"), model.get("intercept")];
  const nameOf = (points) =>
    Object.keys(presets).find((name) => same(presets[name], points)) ?? "custom";
  const setLine = (next) => same(next, line()) || update(model, asTraits(next));
  const setPoint = (index, place) => {
    const points = model.get("points").map((point, at) => (at === index ? place : point));
    if (!same(points, model.get("points"))) update(model, { points, preset: nameOf(points) });
  };

  const preset = choice({
    label: "Points",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] }),
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
  const best = button("Best line", () => setLine(bestWithin(bowl(model.get("points")), BOUND)));
  const shown = picture({ model, line, setLine, setPoint });
  const list = factList();

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Fit a line",
    look: "book-fit-line",
    picture: [shown.root],
    controls: [preset.root],
    play: {
      every: RING,
      auto: true,
      rest: 1500,
      step({ points, slope, intercept }) {
        const next = rolled(bowl(points), [slope, intercept], BOUND);
        return next && asTraits(next);
      },
      restart: () => START,
    },
    draw({ points, slope, intercept, preset: name }) {
      preset.set(name);
      for (const [side, control] of knobs.entries()) control.set([slope, intercept][side]);
      shown.draw(points, [slope, intercept]);
      list.set(facts(points, [slope, intercept]));
    },
    says: ({ points, slope, intercept }) => sentence(points, [slope, intercept]),
    more: [element("div", { class: "book-controls" }, ...knobs.map(({ root }) => root), best), list.root],
    code: ({ points, slope, intercept }) => torchCode(points, [slope, intercept]),
    task: {
      text: "Drag points until the best line, dotted and green, lies flat.",
      isDone: ({ points, preset: name }) => name === "custom" && flatness(points) < FLAT,
      praise: "Flat. The points far from the middle turned it most.",
    },
    onStop: shown.stop,
  });
}

export default { render };
