// Shattering: points to drag, and all their labellings, each with its line or crossed out.

import { labelling, lines } from "./math.mjs";
import { gallery, picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 900; // milliseconds from one labelling to the next

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const presets = model.get("presets");
  const nameOf = (points) => Object.keys(presets).find((name) => same(presets[name], points)) ?? "custom";
  let byHand = false;
  let known = null; // { key, found } of the points seen last
  const look = (points) => {
    const key = JSON.stringify(points);
    if (known?.key !== key) known = { key, found: lines(points) };
    return known.found;
  };
  const count = (points) => look(points).filter(Boolean).length;
  const chosenOf = ({ points, labelling: number }) => Math.min(number, 2 ** points.length);

  const setPoint = (index, place) => {
    const points = model.get("points");
    if (points.some((point) => same(point, place))) return; // two points need two places
    byHand = true;
    const moved = points.map((point, at) => (at === index ? place : point));
    update(model, { points: moved, preset: nameOf(moved) });
  };
  const preset = choice({
    label: "Points",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) => update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] }),
  });
  const number = slider({ label: "Labelling", min: 1, max: 16, onInput: (value) => update(model, { labelling: value }) });
  const shown = picture({ setPoint });
  const all = gallery({ choose: (value) => update(model, { labelling: value }) });
  const big = element("span", { class: "book-count" });
  const caption = element("span", { class: "book-caption" }, "labellings have a line");

  return stage({
    model,
    el,
    names: ["preset", "points", "labelling"],
    label: "Shattering",
    look: "book-shattering",
    picture: [
      element("div", { class: "book-halves" }, shown.root, all.root),
      element("p", { class: "book-total" }, big, " ", caption),
    ],
    controls: [preset.root],
    play: {
      every: EACH,
      step: (state) => (chosenOf(state) < 2 ** state.points.length ? { labelling: chosenOf(state) + 1 } : null),
      // Back to a labelling that has no line, if there is one.
      last({ points }) {
        const first = look(points).findIndex((line) => !line);
        return first < 0 ? null : { labelling: first + 1 };
      },
      restart: () => ({ labelling: 1 }),
    },
    draw(state) {
      const { points } = state;
      const [found, chosen] = [look(points), chosenOf(state)];
      preset.set(state.preset);
      number.input.max = found.length;
      number.set(chosen);
      shown.draw(points, labelling(chosen, points.length), found[chosen - 1], byHand);
      byHand = false;
      all.draw(points, found, chosen);
      big.textContent = `${count(points)} of ${found.length}`;
    },
    says: (state) => sentence(state.points.length, chosenOf(state), look(state.points)[chosenOf(state) - 1]),
    more: [element("div", { class: "book-controls" }, number.root)],
    code: ({ points }) => torchCode(points, count(points)),
    task: {
      text: "Choose three points. Drag them until a labelling has no line.",
      isDone: ({ points }) => points.length === 3 && count(points) < 8,
      praise: "Three points in a row: no line has the middle one on a side of its own.",
    },
    onStop: shown.stop,
  });
}

export default { render };
