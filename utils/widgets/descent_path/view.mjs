// Gradient-descent path: step after step against the gradient, on three losses.

import { CHART, RATES, chartMarks, marks, onPlane, ranges, stripMarks } from "./scene.mjs";
import { chart } from "./chart.mjs";
import { countWords, facts, placeWords, sentence, short, torchCode } from "./words.mjs";
import { descend } from "./math.mjs";
import { factList } from "../kit/fact_list.mjs";
import { choice, copyable, demoRoot, element, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const BOUND = 3; // of the start, on every axis
const STEP = 0.1; // of an arrow key
const SIZE = [340, 340];
const TRAITS = ["surface", "curvature", "start", "lr", "batch_size", "seed", "steps"];
const SURFACES = [
  ["parabola", "parabola, a/2 · w²"],
  ["bowl", "bowl, ½ w₁² + a/2 · w₂²"],
  ["data", "regression on 64 examples"],
];
const BATCHES = [["full", "full (64)"], ["16", "16"], ["4", "4"], ["1", "1"]];
const HINT = "Drag the round point, or focus it and use the arrow keys. Home and End take it to the sides.";
// Where the slider stops: about equally far apart on a log scale, and round.
const MANTISSAS = [10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 25, 28, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90];
const STOPS = [-4, -3, -2, -1]
  .flatMap((power) => MANTISSAS.map((mantissa) => Number(`${mantissa}e${power}`)))
  .filter((rate) => rate >= RATES[0] && rate <= RATES[1]);

const nearestStop = (rate) =>
  STOPS.reduce((best, stop, index) => {
    const far = (at) => Math.abs(Math.log(STOPS[at] / rate));
    return far(index) < far(best) ? index : best;
  }, 0);
const rounded = (value) => Math.max(-BOUND, Math.min(BOUND, Math.round(value * 20) / 20)) + 0;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const [data, presets] = [model.get("data"), model.get("presets")];
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const set = (changes) => update(model, changes);
  const presetOf = (state) =>
    Object.keys(presets).find((name) =>
      Object.entries(presets[name]).every(([trait, value]) => same(value, state[trait])),
    ) ?? "custom";

  const preset = choice({
    label: "Example",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) => (name === "custom" ? redraw() : set(presets[name])),
  });
  const surface = choice({ label: "Loss", options: SURFACES, onInput: (name) => set({ surface: name }) });
  const batch = choice({
    label: "Batch size",
    options: BATCHES,
    onInput: (size) => set({ batch_size: size === "full" ? size : Number(size) }),
  });
  const rateAt = (index) => (nearestStop(model.get("lr")) === index ? model.get("lr") : STOPS[index]);
  const rate = slider({
    label: "Learning rate",
    min: 0,
    max: STOPS.length - 1,
    format: (index) => short(rateAt(index)),
    onInput: (index) => set({ lr: STOPS[index] }),
  });
  const numbers = [
    ["curvature", "Curvature a", 1, 50, short],
    ["steps", "Steps", 0, 60, String],
    ["seed", "Seed", 0, 99, String],
  ].map(([name, label, min, max, format]) => {
    // Python may set what lies between two stops; then the stop shows what was set.
    const exact = (stop) => (Math.round(model.get(name)) === stop ? model.get(name) : stop);
    const onInput = (value) => set({ [name]: value });
    return { name, input: slider({ label, min, max, format: (stop) => format(exact(stop)), onInput }) };
  });

  const stage = element("div", { class: "book-stage" });
  let shown = {};
  function handleOn(drawing) {
    const put = (place) => {
      const start = [...model.get("start")];
      const used = model.get("surface") === "parabola" ? 1 : 2;
      for (let side = 0; side < used; side++) start[side] = rounded(place[side]);
      if (!same(start, model.get("start"))) set({ start });
    };
    return drawing.handle({
      label: "start of the path",
      look: "start",
      range: [-BOUND, BOUND],
      onMove: put,
      onStep(right, up) {
        const [first, second] = model.get("start");
        const isCurve = model.get("surface") === "parabola";
        put([first + STEP * (isCurve ? right + up : right), second + STEP * up]);
      },
    });
  }
  // A parabola's height changes with its curvature, so its plane must be drawn anew.
  function planeFor(state, found) {
    const box = ranges(state, found);
    if (same(box, shown.box)) return shown;
    const isCurve = state.surface === "parabola";
    const names = isCurve ? ["w", "loss"] : ["w₁", "w₂"];
    const label = isCurve ? "The parabola and the path on it" : "Level lines of the loss and the path";
    const hadFocus = stage.contains(document.activeElement) && document.activeElement !== stage;
    const drawing = plane({ label, ...box, names, size: SIZE });
    stage.replaceChildren(drawing.root);
    shown = { box, drawing, handle: handleOn(drawing) };
    if (hadFocus) shown.handle.root.focus({ preventScroll: true });
    return shown;
  }
  function placeStart({ path, losses }) {
    const words = `${placeWords(path[0], model.get("surface"))}; loss ${short(losses[0])}`;
    shown.handle.place(onPlane(path[0], losses[0]), words, path[0][0]);
  }

  const strip = chart({ label: "", size: [340, 34], margins: [7, 8, 7, 44], caption: [{ text: "lr", x: 30, y: 17 }] });
  const history = chart({ label: "", size: [340, 190], margins: [26, 12, 24, 44], caption: [
    { text: "loss above its minimum, by step", x: 150, y: 10 },
  ] });
  const list = factList();
  const said = liveLine("book-result");
  const torch = copyable("The same in torch");
  const legend = element(
    "p",
    { class: "book-row book-legend" },
    ...[["creeps", "below 1/a"], ["bounces", "between"], ["diverges", "above 2/a"]].map(([look, text]) =>
      element("span", {}, element("span", { class: `book-zone book-${look}` }), text),
    ),
  );
  const root = demoRoot(
    "Gradient-descent path",
    element("p", { class: "book-title" }, "Gradient-descent path"),
    element("div", { class: "book-row book-switches" }, preset.root, surface.root, batch.root),
    element("div", { class: "book-settings" }, rate.root, ...numbers.map(({ input }) => input.root)),
    said,
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, stage, element("p", { class: "book-caption" }, HINT)),
      element("div", { class: "book-panel" }, strip.root, legend, history.root, list.root),
    ),
    torch.root,
  );
  root.classList.add("book-descent-path");

  function redraw() {
    const state = read();
    const found = descend(state, data);
    const isData = state.surface === "data";
    preset.set(presetOf(state));
    surface.set(state.surface);
    batch.set(String(state.batch_size));
    batch.input.disabled = !isData;
    rate.set(nearestStop(state.lr));
    for (const { name, input } of numbers) {
      input.set(Math.round(state[name]));
      input.input.disabled = (name === "curvature" && isData) || (name === "seed" && !found.isNoisy);
    }
    planeFor(state, found).drawing.draw(marks(state, found));
    placeStart(found);
    strip.draw(stripMarks(state.lr, found.curvatures), { x: [0, 1], y: [0, 1] });
    strip.say(`The learning rate ${short(state.lr)} among its bounds`);
    history.draw(chartMarks(state, found), { x: [0, Math.max(state.steps, 1)], y: CHART });
    history.say(
      `Loss above its minimum: ${short(found.excess[0])} at the start, ` +
        `${short(found.excess.at(-1))} after ${countWords(found.path.length - 1, "step")}`,
    );
    list.set(facts(found));
    said.textContent = sentence(found, state);
    torch.set(torchCode(state, data));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
