// Gradient on a contour map: a point, the gradient there, and the slope in any direction.

import { factList } from "../kit/fact_list.mjs";
import { caught, kindOf, relation, slope, steepest } from "./math.mjs";
import { picture } from "./picture.mjs";
import { facts, legend, options, sentence, torchCode } from "./words.mjs";
import { direction, nextEnd, snapped, stepped } from "../kit/matrix.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const BOUND = 2; // of both coordinates of the point
const PLACES = 20; // per unit, where a drag can put the point
const STEP = 0.1; // of the point by an arrow key
const CATCH = 0.12; // from which a dragged point finds a stationary one
const NEAR = 3; // degrees from which u finds a special direction
const STOP = 1700; // milliseconds from one special direction to the next
const TURN = 45; // degrees past steepest ascent, where the story begins
const TRAITS = ["function", "point", "angle"];
const SLOPING = [1.4, 1]; // no surface is level there

/** The lines along the gradient and along the contour, where u is to stop. */
function linesOf({ function: name, point }) {
  const top = steepest(name, point);
  return top === null ? [] : [direction(top), direction(top + 90)];
}

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const lines = () => linesOf(read());
  let pause = () => {};

  const setAngle = (angle) => {
    if (angle !== model.get("angle")) update(model, { angle });
  };
  const setPoint = (place) => {
    const inside = (value) => Math.max(-BOUND, Math.min(BOUND, Math.round(value * PLACES) / PLACES));
    const point = place.map((value) => inside(value) + 0); // no −0
    const [x, y] = model.get("point");
    if (point[0] !== x || point[1] !== y) update(model, { point });
  };
  const shown = picture({
    read,
    onPoint: (place) => setPoint(caught(model.get("function"), place, CATCH)),
    onPointKey: (right, up) => {
      const steps = [right, up];
      setPoint(model.get("point").map((value, side) => value + STEP * steps[side]));
    },
    onTurn: (angle) => setAngle(snapped(Math.round(angle), lines(), NEAR)),
    onTurnKey: (right, up) => {
      const isFar = !Number.isFinite(right);
      setAngle((isFar ? nextEnd : stepped)(model.get("angle"), Math.sign(right + up), lines()));
    },
    onHover: () => pause(),
  });

  const chosen = choice({
    label: "f",
    options: options(),
    onInput: (name) => update(model, { function: name }),
  });
  const angle = slider({
    label: "Angle of u",
    min: 0,
    max: 359,
    format: (value) => `${value}°`,
    onInput: (value) => shown.byHand(() => setAngle(snapped(value, lines(), 0.5))),
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
  );
  const list = factList();
  const scale = element("div", { class: "book-caption" });

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Gradient on a contour map",
    look: "book-gradient-contour",
    picture: [shown.root],
    controls: [chosen.root],
    play: {
      every: STOP,
      auto: true,
      rest: 1200,
      // From one special direction to the next, until u points uphill.
      step(state) {
        const found = linesOf(state);
        const isTop = relation(state.function, state.point, state.angle) === "ascent";
        return found.length && !isTop ? { angle: nextEnd(state.angle, 1, found) } : null;
      },
      restart(state) {
        const point = linesOf(state).length ? state.point : SLOPING;
        return { point, angle: (steepest(state.function, point) + TURN) % 360 };
      },
    },
    draw(state) {
      chosen.set(state.function);
      angle.set(state.angle);
      shown.draw(state);
      list.set(facts(state));
      scale.textContent = legend(state.function);
    },
    says: sentence,
    more: [element("div", { class: "book-controls" }, angle.root), buttons, list.root, scale],
    code: torchCode,
    task: {
      text: "On the saddle or the waves, find a level place that is no minimum.",
      isDone: ({ function: name, point }) =>
        relation(name, point, 0) === "none" && kindOf(name, point) !== "a minimum",
      praise: "Level all round, and no minimum: a gradient of zero leaves that open.",
    },
    onReady: (redraw, teller) => {
      pause = teller.pause;
    },
    onStop: shown.stop,
  });
}

export default { render };
