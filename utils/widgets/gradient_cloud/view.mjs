// Gradient cloud: a point on contours, the steps of many minibatches from it, and their ellipse.

import { chart } from "./chart.mjs";
import { SIZES, bowl, ellipse, inverse, orders, seen } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { element, slider, toggle, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const BOUNDS = [2.9, 2.1];
const VIEW = { x: [-3.2, 3.2], y: [-2.4, 2.4], size: [384, 288], steps: [1, 1] };
const ETA = 0.3; // the rate of the steps that are drawn
const REACH = 2; // standard deviations from the middle to the rim of the ellipse
const PLACES = 20; // per unit, where a drag can put the point
const LEVELS = Array.from({ length: 11 }, (_, index) => 0.3 + 0.55 * index); // half-axes, in roots of 2 · loss
const CLOSE = 0.12; // from the minimum, where the task is done
const NAMES = ["w₁", "w₂"];
const SMALL = { ticks: [0.25, 1, 4], room: { left: 0.75, right: 0.2, up: 1.9, down: 3 } };

const step = (w, gradient) => w.map((weight, side) => weight - ETA * gradient[side]);

function render({ model, el }) {
  const data = model.get("data");
  const { curvature, minimum } = bowl(data);
  const loose = inverse(curvature);
  const bands = LEVELS.map((reach) => ({ area: ellipse(minimum, loose, reach), look: "band" })).reverse();
  let drawn = { key: "", ways: [] };
  const waysOf = ({ seed, put_back: putBack }) => {
    const key = `${seed} ${putBack}`;
    if (key !== drawn.key) drawn = { key, ways: orders(data.inputs.length, seed, putBack) };
    return drawn.ways;
  };
  const found = (state) => seen(state, data, waysOf(state));

  const size = slider({
    label: "Batch size",
    min: 0,
    max: SIZES.length - 1,
    format: (power) => String(SIZES[power]),
    onInput: (power) => update(model, { batch_size: SIZES[power] }),
  });
  const back = toggle({ label: "Put back", onInput: (value) => update(model, { put_back: value }) });
  const seed = slider({ label: "Draw", min: 0, max: 99, onInput: (value) => update(model, { seed: value }) });
  const drawing = plane({ label: "Two weights: contours of the loss, the full step and the steps of minibatches", names: NAMES, ...VIEW });
  const charts = [chart([192, 288]), chart([340, 112], SMALL)];
  charts.forEach(({ root }, index) => root.classList.add(index ? "book-flat" : "book-tall"));
  const picture = element("div", { class: "book-cloud" }, drawing.root, ...charts.map(({ root }) => root));

  let isHeld = false; // a hand is followed at once
  const handle = drawing.handle({
    label: "the point, its w₁",
    look: "here",
    range: [-BOUNDS[0], BOUNDS[0]],
    step: 2 / PLACES,
    onMove(place) {
      const inside = (value, side) => Math.max(-BOUNDS[side], Math.min(BOUNDS[side], Math.round(value * PLACES) / PLACES)) + 0;
      const point = place.map(inside);
      if (point.every((value, side) => value === model.get("point")[side])) return;
      isHeld = true;
      update(model, { point });
      handle.place(point, placeWords(point, NAMES)); // at once: another key may be pressed before the next frame
    },
  });

  const look = eased(([a, b, gx, gy, p, q, r, power, one, noise, ...flat]) => {
    const [w, full] = [[a, b], [gx, gy]];
    const dots = Array.from({ length: flat.length / 2 }, (_, index) => step(w, [flat[2 * index], flat[2 * index + 1]]));
    const tip = step(w, full);
    const covariance = [p, q, r].map((value) => value * ETA * ETA);
    const rim = ellipse(tip, covariance, REACH);
    drawing.draw([
      ...bands,
      { area: rim, look: "ellipse" },
      { line: dots.flatMap((dot) => [w, dot]), look: "fan" },
      ...dots.map((dot) => ({ dot, look: "batch" })),
      { line: rim, look: "rim" },
      { arrow: [w, tip], look: "full" },
    ]);
    const length = Math.hypot(...full);
    const words = `Noise against batch size: ${noise.toFixed(2)} at ${Math.round(2 ** power)}; the gradient is ${length.toFixed(2)} long.`;
    for (const { draw } of charts) draw({ one, power, noise, length, putBack: model.get("put_back"), words });
  }, 500);

  return stage({
    model,
    el,
    names: ["point", "batch_size", "put_back", "seed"],
    label: "Gradient cloud",
    look: "book-gradient-cloud",
    picture: [picture],
    controls: [size.root, back.root],
    more: [element("div", { class: "book-controls" }, seed.root)],
    play: {
      every: 1000,
      step: ({ batch_size: b }) => (b < SIZES.at(-1) ? { batch_size: 2 * b } : null),
      restart: () => ({ batch_size: 1 }),
    },
    draw(state) {
      const now = found(state);
      const power = SIZES.indexOf(state.batch_size);
      size.set(power);
      back.set(state.put_back);
      seed.set(state.seed);
      handle.place(state.point, placeWords(state.point, NAMES));
      const numbers = [...state.point, ...now.full, ...now.covariance, power, now.one, now.noise, ...now.dots.flat()];
      if (isHeld) look.set(numbers);
      else look.to(numbers);
      isHeld = false;
    },
    says: (state) => sentence(state, found(state)),
    code: (state) => torchCode(state, found(state)),
    task: {
      text: "Drag the point until the large arrow vanishes. And the cloud?",
      isDone: (state) =>
        Math.hypot(...state.point.map((weight, side) => weight - minimum[side])) < CLOSE && found(state).noise > 0,
      praise: "Next to no slope is left, and single batches still pull: the noise stays.",
    },
    onStop: look.stop,
  });
}

export default { render };
