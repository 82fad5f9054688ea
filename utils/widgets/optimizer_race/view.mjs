// Optimizer race: five heads on one map, and a lane for each of them.

import { bands } from "./map.mjs";
import { head, lanes, shareOf } from "./lanes.mjs";
import { EDGES, MINIMA, NAMES, RATES, STEPS, race, turned } from "./math.mjs";
import { ranking, sentence, torchCode } from "./words.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { choice, element, shape, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { between, scales } from "../kit/plane_marks.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const BOUNDS = [4, 2.5]; // of the start
const SPACE = { x: [-EDGES[0], EDGES[0]], y: [-EDGES[1], EDGES[1]], size: [480, 320] };
const ARROW = 0.1; // of an arrow key
const STRIDE = 2; // steps from one moment of the story to the next
const TRAITS = ["surface", "turn", "start", "rates", "lr", "beta", "steps"];
const SURFACES = [["bowl", "bowl"], ["ravine", "ravine"], ["saddle", "saddle"], ["Beale", "Beale's"]];
const TERMS = [["shared", "one for all"], ["tuned", "each its best"]];

/** The places of a path up to a step that need not be whole. */
function upTo(path, step) {
  const whole = Math.min(Math.floor(step), path.length - 1);
  const [from, to] = [path[whole], path[Math.min(whole + 1, path.length - 1)]];
  const part = step - Math.floor(step);
  return [...path.slice(0, whole + 1), from.map((value, side) => value + part * (to[side] - value))];
}

function render({ model, el }) {
  const set = (changes) => update(model, changes);
  const { toPixels, fromPixels } = scales(SPACE);
  let [runs, raceKey, mapKey] = [[], "", ""];

  const surface = choice({ label: "Surface", options: SURFACES, onInput: (value) => set({ surface: value }) });
  const terms = choice({ label: "Rates", options: TERMS, onInput: (value) => set({ rates: value }) });
  const rate = slider({
    label: "lr",
    min: 0,
    max: RATES.length - 1,
    format: (index) => (model.get("rates") === "tuned" ? "own" : String(RATES[index])),
    onInput: (index) => set({ lr: RATES[index], rates: "shared" }),
  });
  const beta = slider({ label: "Momentum, and Adam's β₁", min: 0, max: 0.99, step: 0.01, format: (value) => value.toFixed(2), onInput: (value) => set({ beta: value }) });
  const turn = slider({ label: "Surface turned by", min: 0, max: 45, step: 5, format: (value) => `${value}°`, onInput: (value) => set({ turn: value }) });
  const steps = slider({ label: "Steps", min: 0, max: STEPS, onInput: (value) => set({ steps: value }) });

  const drawing = plane({ label: "Map of the surface, the darker the lower, and five walks on it", ...SPACE, names: ["", ""] });
  const [map, goals, heads] = [shape("g"), shape("g"), shape("g")];
  const marks = NAMES.map(head);
  heads.append(...marks);
  drawing.root.prepend(map, goals);
  drawing.root.lastChild.before(heads);

  const rounded = (place) => place.map((value, side) => between(Math.round(value * 20) / 20, [-BOUNDS[side], BOUNDS[side]]) + 0);
  const put = (place) => {
    const start = rounded(place);
    if (String(start) === String(model.get("start"))) return;
    set({ start });
    placeStart(start); // at once: another key may be pressed before the next frame
  };
  const handle = drawing.handle({ label: "the start, its first weight", look: "start", range: [-BOUNDS[0], BOUNDS[0]], step: ARROW, onMove: put });
  const placeStart = (start) => handle.place(start, placeWords(start, ["w₁", "w₂"]));
  let wasHeld = false; // a drag of the start ends in a click, too
  drawing.root.addEventListener("pointerdown", ({ target }) => {
    wasHeld = target.closest(".book-handle") !== null;
  });
  drawing.root.addEventListener("click", ({ clientX, clientY }) => {
    if (wasHeld) return;
    const { left, top, width } = drawing.root.getBoundingClientRect();
    put(fromPixels([clientX - left, clientY - top].map((offset) => (offset * SPACE.size[0]) / width)));
  });

  const track = lanes();
  const sight = element("div", { class: "book-sight" }, drawing.root, track.root);
  const look = eased(([step]) => {
    const walks = runs.map(({ path }) => upTo(path, step));
    const line = (walk, index) => ({ line: walk, look: `trail book-${NAMES[index].toLowerCase()}` });
    drawing.draw([...walks.map((walk) => ({ line: walk, look: "halo" })), ...walks.map(line)]);
    marks.forEach((mark, index) => mark.setAttribute("transform", `translate(${toPixels(walks[index].at(-1)).join(" ")})`));
    track.place(runs.map((run) => shareOf(run, step)));
  }, 120);

  function drawMap(state) {
    const key = `${state.surface} ${state.turn}`;
    if (key === mapKey) return;
    mapKey = key;
    map.replaceChildren(...bands(state, toPixels));
    const cross = (at) => shape("path", { class: "book-goal", d: "M-5 0H5M0 -5V5", transform: `translate(${toPixels(turned(at, state.turn)).join(" ")})` });
    goals.replaceChildren(...MINIMA[state.surface].map(cross));
  }

  function draw(state) {
    const key = JSON.stringify({ ...state, steps: 0 });
    const isNew = key !== raceKey;
    if (isNew) [runs, raceKey] = [race(state), key];
    drawMap(state);
    surface.set(state.surface);
    terms.set(state.rates);
    rate.set(RATES.indexOf(state.lr));
    beta.set(state.beta);
    turn.set(state.turn);
    steps.set(state.steps);
    placeStart(state.start);
    if (isNew) look.set([state.steps]);
    else look.to([state.steps]);
    track.say(runs, state.steps);
  }

  const isOver = ({ steps: now }) => now >= STEPS || runs.every(({ arrival, path, hasLeft }) => (hasLeft ? now >= path.length - 1 : arrival !== null && now >= arrival));
  const lights = pointing(sight);
  const place = (name) => ranking(runs).findIndex((one) => one.name === name);
  return stage({
    model,
    el,
    names: TRAITS,
    label: "Optimizer race",
    look: "book-optimizer-race",
    picture: [sight],
    controls: [surface.root, terms.root, rate.root],
    play: {
      every: 100,
      step: (state) => (isOver(state) ? null : { steps: Math.min(STEPS, state.steps + STRIDE) }),
      restart: () => ({ steps: 0 }),
      auto: true,
    },
    draw,
    says: (state) => sentence(state, runs),
    more: [element("div", { class: "book-settings" }, beta.root, turn.root, steps.root)],
    code: (state) => torchCode(state, runs),
    task: {
      text: "Each at its best: turn the ravine (under More) until SGD beats Adagrad.",
      isDone: ({ surface: name, rates }) => name === "ravine" && rates === "tuned" && place("SGD") >= 0 && (place("Adagrad") < 0 || place("SGD") < place("Adagrad")),
      praise: "A rate for each weight helps where the axes are the weights.",
    },
    onStop: () => {
      look.stop();
      lights.stop();
    },
  });
}

export default { render };
