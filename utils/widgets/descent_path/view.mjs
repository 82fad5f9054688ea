// Gradient-descent path: step after step against the gradient, on three losses.

import { GOALS, goalOf, heightsOf, isInGoal, onPlane, placesOf, rateShare, rateStops, ranges, sharesOf } from "./scene.mjs";
import { MOST_STEPS, boundsOf, descend } from "./math.mjs";
import { facts, placeWords, sentence, short } from "./words.mjs";
import { picture } from "./picture.mjs";
import { earlierRuns } from "./runs.mjs";
import { rest } from "./settings.mjs";
import { HEIGHT, timeline } from "./timeline.mjs";
import { torchCode } from "./code.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const BOUNDS = [3, 1.3]; // of the start, across and up
const STEP = 0.1; // of an arrow key
const WIDTH = 736; // until the picture's width is known
const PHONE = 480; // pixels of width
const SAME = 1e-9; // rounding of a rate
const ARRIVED = 1e-4; // the share of the loss at which the story ends
const MANNERS = ["glides", "bounces", "diverges"]; // of a path, in the zones of the learning rate
const TASKS = {
  valley: "Steer the loss into the green goal: 1 % of it left after 12 steps at most.",
  noise: "With 1 example a step, hold the last ten steps in the green goal.",
};
const PRAISES = {
  valley: "You did it: bold enough along the valley, careful enough across it.",
  noise: "You did it: long enough steps to arrive, short enough to keep still.",
};
const TRAITS = ["surface", "curvature", "start", "lr", "momentum", "batch_size", "seed", "steps"];
const nearestStop = (stops, rate) =>
  stops.reduce((best, stop, index) => (Math.abs(stop - rate) < Math.abs(stops[best] - rate) ? index : best), 0);
const rounded = (value, side) => Math.max(-BOUNDS[side], Math.min(BOUNDS[side], Math.round(value * 20) / 20)) + 0;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const data = model.get("data");
  const set = (changes) => update(model, changes);

  let stops = [model.get("lr")]; // of the slider
  const rateAt = (index) => (nearestStop(stops, model.get("lr")) === index ? model.get("lr") : stops[index]);
  const rate = slider({
    label: "Learning rate",
    min: 0,
    max: 1,
    format: (index) => short(rateAt(index)),
    onInput: (index) => set({ lr: stops[index] }),
  });
  // A rate that was let go is walked as far as the goal asks, and leaves its loss in the chart.
  rate.input.addEventListener("change", () => {
    const end = GOALS[goalOf(latest.state)]?.[1] ?? 0;
    if (model.get("steps") < end) set({ steps: end });
    runs.settle({ ...latest.state, lr: model.get("lr") });
  });
  const zones = element("div", { class: "book-zones" });
  const manners = MANNERS.map((manner) => element("span", {}, manner));
  rate.root.append(zones, element("div", { class: "book-manners", "aria-hidden": "true" }, ...manners));
  rate.root.classList.add("book-rate");

  const scrub = (steps) => steps !== model.get("steps") && set({ steps });
  const history = timeline({ scrub });
  const runs = earlierRuns(data, history.keep);
  const frame = element("div", { class: "book-picture" });
  const others = rest({ model, set });

  const aim = model.get("surface") === "data" ? "noise" : "valley";
  let [width, shown, held] = [WIDTH, null, false];
  let latest = null; // { state, whole, told } of the last redraw
  const lookAt = eased((numbers) => {
    const [progress, share, ...flat] = numbers;
    const places = Array.from({ length: MOST_STEPS + 1 }, (_, step) => [flat[2 * step], flat[2 * step + 1]]);
    shown.picture.draw(places, progress, latest.told);
    history.draw(flat.slice(2 * MOST_STEPS + 2), progress, share);
    lights?.refresh();
  }, 300);

  function startHandle() {
    const put = (place) => {
      const start = [...model.get("start")];
      const used = model.get("surface") === "parabola" ? 1 : 2;
      for (let side = 0; side < used; side++) start[side] = rounded(place[side], side);
      if (!same(start, model.get("start"))) set({ start });
    };
    const onMove = (place) => {
      held = true;
      put(place);
    };
    const onStep = (right, up) => {
      const [first, second] = model.get("start");
      const isCurve = model.get("surface") === "parabola";
      put([first + STEP * (isCurve ? right + up : right), second + STEP * up]);
    };
    return { bound: BOUNDS[0], onMove, onStep };
  }

  // The ground changes with the surface and the width; the path moves on it.
  function groundFor(state, found) {
    const box = ranges(state, found);
    const goal = goalOf(state);
    const key = JSON.stringify([box, found.hessian, width, goal]);
    if (shown?.key === key) return box;
    const hadFocus = frame.contains(document.activeElement);
    const made = picture({ state, found, box, width, ...startHandle() });
    frame.replaceChildren(made.root);
    shown = { key, picture: made };
    history.fit([width, HEIGHT[width > PHONE ? "desk" : "phone"]], goal === aim ? goal : null);
    if (hadFocus) made.handle.root.focus({ preventScroll: true });
    return box;
  }

  function draw(state) {
    const found = descend(state, data);
    const whole = descend({ ...state, steps: MOST_STEPS }, data);
    const taken = found.path.length - 1;
    const isNew = latest?.state.surface !== state.surface;
    const box = groundFor(state, found);
    latest = {
      state,
      told: {
        taken: whole.path.length - 1,
        whole: whole.path.length - 1,
        hasLeft: whole.hasLeft,
        minimum: onPlane(found.minimum, 0),
      },
    };
    const shares = sharesOf(found);
    const numbers = [taken, shares.at(-1), ...placesOf(whole, box).flat(), ...heightsOf(whole)];
    if (held || isNew) lookAt.set(numbers);
    else lookAt.to(numbers);
    held = false;
    runs.follow(state);

    const bounds = boundsOf(found.curvatures.at(-1) ?? 1, state.momentum);
    stops = rateStops(state.surface, bounds[1]);
    rate.input.max = stops.length - 1;
    rate.set(nearestStop(stops, state.lr));
    history.set(taken);
    history.say(`Loss as a share of the start's: ${short(100 * shares.at(-1))} % after step ${taken}`);
    const words = `${placeWords(found.path[0], state.surface)}; loss ${short(found.losses[0])}`;
    shown.picture.handle.place(onPlane(found.path[0], found.losses[0]), words, found.path[0][0]);
    const ends = [stops[0], stops.at(-1)];
    bounds.forEach((bound, side) =>
      rate.root.style.setProperty(`--zone-${side}`, `${100 * rateShare(state.surface, bound, ends)}%`),
    );
    const zone = bounds.filter((bound) => state.lr > bound * (1 + SAME)).length;
    manners.forEach((manner, side) => manner.classList.toggle("book-now", side === zone));
    root.classList.toggle("book-left", found.hasLeft);
    others.show(state, found, facts(found, state));
  }

  const step = (state) => {
    const found = descend(state, data);
    const isOver = found.hasLeft || (!found.isNoisy && sharesOf(found).at(-1) < ARRIVED);
    return isOver || state.steps >= MOST_STEPS ? null : { steps: state.steps + 1 };
  };
  const root = element("div", { class: "book-sight" }, frame, history.root);
  let lights = null;
  const observer = new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (!next || next === width) return;
    width = next;
    if (latest) {
      held = true;
      draw(latest.state);
    }
  });
  const leave = stage({
    model,
    el,
    names: TRAITS,
    label: "Gradient-descent path",
    look: "book-descent-path",
    picture: [root],
    controls: [rate.root],
    play: { step, restart: () => ({ steps: 0 }), every: 320, auto: true },
    draw,
    says: (state) => sentence(descend(state, data), state),
    more: others.nodes,
    code: (state) => torchCode(state, data),
    task: {
      text: TASKS[aim],
      isDone: (state) => goalOf(state) === aim && isInGoal(state, descend(state, data)),
      praise: PRAISES[aim],
    },
    onStop: () => {
      observer.disconnect();
      lookAt.stop();
      lights.stop();
    },
  });
  lights = pointing(root);
  observer.observe(frame);
  return leave;
}

export default { render };
