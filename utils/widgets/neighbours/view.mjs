// Nearest neighbours: the regions that k votes cut out of a plane.

import { voteControls } from "./controls.mjs";
import { wrongPoints } from "./math.mjs";
import { picture } from "./picture.mjs";
import { walk } from "./story.mjs";
import { errorSentence, torchCode, voteSentence } from "./words.mjs";
import { liveLine, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const SIDE = 100; // of the square in which points lie
const MOST = 48; // points
const STEP = 170; // milliseconds from one place of the walk to the next
const TRAITS = ["points", "preset", "k", "distance", "query", "leave_out", "new_class"];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const inside = (value) => Math.max(0, Math.min(SIDE, Math.round(value)));

function render({ model, el }) {
  const presets = model.get("presets");
  const points = () => model.get("points");
  const tour = walk();
  const problem = liveLine("book-problem");
  let chosen = Math.max(0, points().length - 1);
  let isByHand = false;
  let redraw = () => {};

  function setPoints(list) {
    const name = Object.keys(presets).find((key) => same(presets[key], list)) ?? "custom";
    update(model, { points: list, preset: name });
  }

  function setQuery(place) {
    const query = place.map(inside);
    if (same(query, model.get("query"))) return query;
    isByHand = true;
    update(model, { query });
    return query;
  }

  function add(place) {
    if (points().length === MOST) {
      problem.textContent = `${MOST} points are all that the plane holds. Remove one first.`;
      return;
    }
    chosen = points().length;
    setPoints([...points(), [...place.map(inside), model.get("new_class")]]);
  }

  function remove(index) {
    const isFocused = document.activeElement?.closest(".book-datum") != null;
    setPoints(points().filter((_, other) => other !== index));
    chosen = Math.max(0, Math.min(index, points().length - 1));
    redraw(); // at once, so that the focus finds its next point
    if (isFocused) shown.layer.focus(chosen);
  }

  function move(index, place) {
    const before = points()[index];
    if (!before) return; // a key on a point that the next frame takes off
    const point = [...place.map(inside), before[2]];
    if (same(point, before)) return;
    setPoints(points().map((old, other) => (other === index ? point : old)));
    shown.layer.place(index, point); // at once: another key may be pressed before the next frame
  }

  function choose(index) {
    if (index === chosen) return;
    chosen = index;
    redraw();
  }

  const controls = voteControls({
    onSet: (changes) => update(model, changes),
    onPreset: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] }),
    onChoose: choose,
    onAdd: () => add(model.get("query")),
    onRemove: () => remove(chosen),
  });
  const shown = picture({ side: SIDE, glide: STEP, on: { query: setQuery, add, move, choose, remove } });
  const begin = () => ({ query: tour.begin(model.get("query")) });

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Nearest neighbours",
    look: "book-neighbours",
    picture: [shown.root, problem],
    controls: controls.deck,
    play: {
      every: STEP,
      auto: true,
      rest: 1500,
      step({ query }) {
        const next = tour.next(query);
        return next && { query: next };
      },
      restart: begin,
    },
    draw(state) {
      const wrong = new Set(wrongPoints(state.points, state));
      chosen = Math.max(0, Math.min(chosen, state.points.length - 1));
      if (state.points.length < MOST) problem.textContent = "";
      controls.set(state, chosen);
      shown.draw(state, { chosen, wrong, isByHand });
      isByHand = false;
    },
    says: (state) => `${voteSentence(state)} ${errorSentence(state)}`,
    more: [controls.more],
    code: torchCode,
    task: {
      text: "On the checkerboard, find a k above 1 with no point wrong.",
      isDone: (state) =>
        state.preset === "checkerboard" && state.k > 1 && wrongPoints(state.points, state).length === 0,
      praise: "None wrong: a point and its four diagonal neighbours are 5 of the 9 votes.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      chosen = Math.max(0, points().length - 1);
      redraw(); // the model may be as it was
    },
    onStop: shown.stop,
  });
}

export default { render };
