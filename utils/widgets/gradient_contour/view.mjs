// Gradient on a contour map: a point, the gradient there, and the slope in any direction.

import { factList } from "../kit/fact_list.mjs";
import { nextStationary, slope, steepest } from "./math.mjs";
import { mapMarks, reach, slopeMarks } from "./scene.mjs";
import { degrees, facts, legend, number, options, pair, sentence, torchCode } from "./words.mjs";
import { direction, nextEnd, snapped, stepped } from "../kit/matrix.mjs";
import { button, choice, copyable, demoRoot, element, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const BOUND = 2; // of both coordinates of the point
const EDGE = 2.95; // of the map: arrows at the bound stay inside
const PLACES = 20; // per unit, where a drag can put the point
const STEP = 0.1; // of the point by an arrow key
const NEAR = 3; // degrees from which a dragged u finds a special direction
const TRAITS = ["function", "point", "angle"];
const HINT =
  "Drag the point, or turn u by its orange end. Or focus one and use the arrow keys; " +
  "Home and End take u to the next steepest or level direction. ";

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  /** The lines along the gradient and along the contour, where u is to stop. */
  const lines = () => {
    const top = steepest(model.get("function"), model.get("point"));
    return top === null ? [] : [direction(top), direction(top + 90)];
  };
  const setAngle = (angle) => {
    if (angle !== model.get("angle")) update(model, { angle });
  };
  const setPoint = (place) => {
    const inside = (value) => Math.max(-BOUND, Math.min(BOUND, Math.round(value * PLACES) / PLACES));
    const point = place.map((value) => inside(value) + 0); // no −0
    const [x, y] = model.get("point");
    if (point[0] === x && point[1] === y) return;
    update(model, { point });
    placePoint(); // at once: another key may be pressed before the next frame
  };
  const turnTo = (angle) => setAngle(snapped(Math.round(angle), lines(), NEAR));
  const turn = (right, up) => {
    const isFar = !Number.isFinite(right);
    setAngle((isFar ? nextEnd : stepped)(model.get("angle"), Math.sign(right + up), lines()));
  };

  const chosen = choice({
    label: "Function f",
    options: options(),
    onInput: (name) => update(model, { function: name }),
  });
  const map = plane({
    label: "Map of f with contour lines",
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    size: [330, 330],
  });
  const here = map.handle({ label: "the point, its x", look: "point", range: [-BOUND, BOUND], step: STEP, onMove: setPoint });
  const turner = map.handle({
    label: "direction u on the map, its angle in degrees",
    look: "u",
    range: [0, 360],
    onMove(place) {
      const [right, up] = place.map((value, side) => value - model.get("point")[side]);
      if (right || up) turnTo((Math.atan2(up, right) * 180) / Math.PI);
    },
    onStep: turn,
  });
  const chart = plane({
    label: "Slope of f along u, by the angle of u",
    x: [0, 360],
    y: [-5, 5],
    names: ["angle of u", "slope along u"],
    size: [330, 200],
    steps: [90, 2],
  });
  const rider = chart.handle({
    label: "direction u on the curve, its angle in degrees",
    look: "u",
    range: [0, 360],
    onMove: ([angle]) => turnTo(Math.min(angle, 359)),
    onStep: turn,
  });
  const angle = slider({
    label: "Angle of u",
    min: 0,
    max: 359,
    format: (value) => `${value}°`,
    onInput: (value) => setAngle(snapped(value, lines(), 0.5)),
  });
  const steep = (turned) => () => {
    const top = steepest(model.get("function"), model.get("point"));
    if (top !== null) setAngle((top + turned) % 360);
  };
  const level = () => setAngle(nextEnd(model.get("angle"), 1, lines().slice(1)));
  const buttons = element(
    "div",
    { class: "book-row" },
    button("Steepest ascent", steep(0)),
    button("Steepest descent", steep(180)),
    button("Level", level),
    button("Next stationary point", () =>
      update(model, { point: nextStationary(model.get("function"), model.get("point")) }),
    ),
  );
  const list = factList();
  const said = liveLine("book-result");
  const hint = element("p", { class: "book-caption" });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Gradient on a contour map",
    element("p", { class: "book-title" }, "Gradient on a contour map"),
    element("div", { class: "book-row book-switches" }, chosen.root),
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, map.root, hint),
      element("div", { class: "book-panel" }, chart.root, angle.root, list.root),
    ),
    buttons,
    said,
    torch.root,
  );
  root.classList.add("book-gradient-contour");

  function placePoint() {
    const point = model.get("point");
    here.place(point, `at ${pair(point)}`);
    placeDirection();
  }

  function placeDirection() {
    const state = read();
    const along = slope(state.function, state.point, state.angle);
    const words = `${degrees(state.angle)}, slope ${number(along)}`;
    const end = direction(state.angle).map((value, side) => state.point[side] + reach() * value);
    turner.place(end, words, state.angle);
    rider.place([state.angle, along], words, state.angle);
  }

  function redraw() {
    const state = read();
    chosen.set(state.function);
    angle.set(state.angle);
    placePoint();
    map.draw(mapMarks(state));
    chart.draw(slopeMarks(state));
    list.set(facts(state));
    hint.textContent = HINT + legend(state.function);
    said.textContent = sentence(state);
    torch.set(torchCode(state));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
