// Fit a line: squares on the residuals, and the bowl over slope and intercept.

import { factList } from "../kit/fact_list.mjs";
import { bestWithin, bowl } from "./math.mjs";
import { BOUND, EDGE, bowlMarks, dataMarks, turningPoint } from "./scene.mjs";
import { number, placeWords } from "../kit/numbers.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { button, choice, copyable, demoRoot, element, group, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const TRAITS = ["points", "slope", "intercept", "preset"];
const KEY = 0.1; // what an arrow key moves
const NEAREST = 0.3; // a line is not turned by a point closer to x = 0
const AWAY = [1e6, 1e6]; // where no pointer finds a point that is not there
const SIDES = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: [330, 330] };
const DATA_HINT =
  "One cell of the grid is 1 by 1. Drag points, or the two squares on the line: the one at x = 0 " +
  "lifts it, the other turns it. Or focus one and use the arrow keys.";
const BOWL_HINT =
  "Every place is a line. Along a ring the loss is the same; from ring to ring the loss above the " +
  "minimum doubles. Drag the blue square, or use the arrow keys.";

const bounded = (value) => Math.max(-BOUND, Math.min(BOUND, value));
const rounded = (value, parts) => bounded(Math.round(value * parts) / parts);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function panel(...children) {
  return element("div", { class: "book-panel" }, ...children);
}

function render({ model, el }) {
  const presets = model.get("presets");
  const line = () => [model.get("slope"), model.get("intercept")];
  const nameOf = (points) =>
    Object.keys(presets).find((name) => same(presets[name], points)) ?? "custom";
  const setLine = ([slope, intercept]) => {
    if (!same([slope, intercept], line())) update(model, { slope, intercept });
  };
  const setPoint = (index, place) => {
    const points = model.get("points").map((point, at) => (at === index ? place : point));
    if (!same(points, model.get("points"))) update(model, { points, preset: nameOf(points) });
    placePoint(index); // at once: another key may be pressed before the next frame
  };
  /** The number after an arrow key; Home and End lead to the bounds. */
  const stepped = (value, step) => rounded(value + KEY * step, 100);

  const preset = choice({
    label: "Points",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] }),
  });
  const jump = button("Best line", () => setLine(bestWithin(bowl(model.get("points")), BOUND)));
  const knob = (label, side) =>
    slider({
      label,
      min: -BOUND,
      max: BOUND,
      step: 0.01,
      format: (value) => number(value),
      onInput: (value) => setLine(line().map((old, at) => (at === side ? value : old))),
    });
  const knobs = [knob("Slope", 0), knob("Intercept", 1)];

  const data = plane({ label: "The points, the line and the squares", ...SIDES, names: ["x", "y"] });
  const space = plane({ label: "The loss over slope and intercept", ...SIDES, names: ["slope", "intercept"] });
  const grips = [];
  const lift = data.handle({
    label: "intercept, lifts the line",
    look: "fit",
    form: "square",
    range: [-BOUND, BOUND],
    onMove: ([, y]) => setLine([line()[0], rounded(y, 100)]),
    onStep: (right, up) => setLine([line()[0], stepped(line()[1], right + up)]),
  });
  const turn = data.handle({
    label: "slope, turns the line",
    look: "fit",
    form: "square",
    range: [-BOUND, BOUND],
    onMove([x, y]) {
      const across = Math.abs(x) < NEAREST ? NEAREST * (x < 0 ? -1 : 1) : x;
      setLine([rounded((y - line()[1]) / across, 100), line()[1]]);
    },
    onStep: (right, up) => setLine([stepped(line()[0], right + up), line()[1]]),
  });
  const place = space.handle({
    label: "the line on the bowl",
    look: "fit",
    form: "square",
    range: [-BOUND, BOUND],
    onMove: (at) => setLine(at.map((value) => rounded(value, 100))),
    onStep: (right, up) => setLine([stepped(line()[0], right), stepped(line()[1], up)]),
  });

  const list = factList();
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Fit a line",
    element("p", { class: "book-title" }, "Fit a line"),
    element("div", { class: "book-row book-switches" }, preset.root, jump),
    element(
      "div",
      { class: "book-panels" },
      panel(data.root, element("p", { class: "book-caption" }, DATA_HINT)),
      panel(space.root, element("p", { class: "book-caption" }, BOWL_HINT)),
    ),
    element(
      "div",
      { class: "book-panels" },
      panel(group("The line", ...knobs.map((control) => control.root)), said),
      panel(list.root),
    ),
    torch.root,
  );
  root.classList.add("book-fit-line");

  function addedPoint(index) {
    const grip = data.handle({
      label: `point ${index + 1}`,
      look: "datum",
      step: KEY,
      onMove: (at) => setPoint(index, at.map((value) => rounded(value, 20))),
    });
    lift.root.before(grip.root); // the line's own points stay on top and come last
    return grip;
  }

  function placePoint(index) {
    const at = model.get("points")[index];
    grips[index].root.style.display = at ? "" : "none";
    grips[index].place(at ?? AWAY, at ? placeWords(at) : "none", at ? at[0] : 0);
  }

  function redraw() {
    const points = model.get("points");
    const [slope, intercept] = line();
    while (grips.length < points.length) grips.push(addedPoint(grips.length));
    for (const index of grips.keys()) placePoint(index);
    lift.place([0, intercept], number(intercept), intercept);
    turn.place(turningPoint(line()), number(slope), slope);
    place.place(line(), placeWords(line(), ["slope", "intercept"]), slope);
    preset.set(model.get("preset"));
    for (const [side, control] of knobs.entries()) control.set(line()[side]);
    data.draw(dataMarks(points, line()));
    space.draw(bowlMarks(bowl(points), line()));
    list.set(facts(points, line()));
    said.textContent = sentence(points, line());
    torch.set(torchCode(points, line()));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
