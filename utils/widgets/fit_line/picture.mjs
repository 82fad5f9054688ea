// The two planes of the fit-a-line demo: points with their squares, and the bowl of the loss.

import { area, bowl, excess } from "./math.mjs";
import { residuals } from "../kit/line.mjs";
import { BOUND, EDGE, SPACE, ballPlace, bowlMarks, dataMarks, shares, turningPoint } from "./scene.mjs";
import { number, placeWords } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const KEY = 0.1; // what an arrow key moves
const NEAREST = 0.3; // a line is not turned by a point closer to x = 0
const AWAY = [1e6, 1e6]; // where no pointer finds a point that is not there
const SIZE = [330, 330];
const SIDES = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: SIZE, steps: [2, 2] };

const bounded = (value) => Math.max(-BOUND, Math.min(BOUND, value));
const rounded = (value, parts) => bounded(Math.round(value * parts) / parts);

/** The number after an arrow key; Home and End lead to the bounds. */
const stepped = (value, step) => rounded(value + KEY * step, 100);

/**
 * Both planes; `line()` reads the line, `setLine(line)` and `setPoint(index, place)` hear the
 * reader. `draw(points, line)` eases to a new state, but follows a hand at once.
 */
export function picture({ model, line, setLine, setPoint }) {
  const data = plane({ label: "The points, the line and the squares", ...SIDES, names: ["x", "y"] });
  const space = plane({ label: "The loss over slope and intercept", ...SPACE, size: SIZE, steps: [1, 2], names: ["slope", "intercept"] });
  const filled = element("div", { class: "book-filled" });
  const bar = element("div", { class: "book-total", "aria-hidden": "true" }, filled);
  const sum = element("span", { class: "book-sum", "aria-hidden": "true" });
  const parts = []; // of the bar, one for each point
  const grips = [];
  let trail = []; // the lines from which the ball has rolled
  let drawn = null; // points and line that were asked for last
  let isByHand = false;
  const byHand = (act) => (...given) => {
    isByHand = true;
    act(...given);
  };
  const moveLine = byHand(setLine);
  const knob = (on, label, onMove, onStep) =>
    on.handle({ label, look: "fit", form: "square", range: [-BOUND, BOUND], onMove, onStep });
  const lift = knob(
    data,
    "intercept, lifts the line",
    ([, y]) => moveLine([line()[0], rounded(y, 100)]),
    (right, up) => moveLine([line()[0], stepped(line()[1], right + up)]),
  );
  const turn = knob(
    data,
    "slope, turns the line",
    ([x, y]) => {
      const across = Math.abs(x) < NEAREST ? NEAREST * (x < 0 ? -1 : 1) : x;
      moveLine([rounded((y - line()[1]) / across, 100), line()[1]]);
    },
    (right, up) => moveLine([stepped(line()[0], right + up), line()[1]]),
  );
  const ball = knob(
    space,
    "the line on the bowl",
    (at) => moveLine(at.map((value) => rounded(value, 100))),
    (right, up) => moveLine([stepped(line()[0], right), stepped(line()[1], up)]),
  );
  space.onPress((at) => setLine(at.map((value) => rounded(value, 100))));

  function placePoint(index, at) {
    grips[index].root.style.display = at ? "" : "none";
    grips[index].place(at ?? AWAY, at ? placeWords(at) : "none", at ? at[0] : 0);
  }

  function addedPoint(index) {
    const grip = data.handle({
      label: `point ${index + 1}`,
      look: "datum",
      step: KEY,
      onMove: byHand((at) => {
        setPoint(index, at.map((value) => rounded(value, 20)));
        placePoint(index, model.get("points")[index]); // at once: another key may come before the frame
      }),
    });
    grip.root.dataset.about = `point-${index}`;
    lift.root.before(grip.root); // the line's own points stay on top and come last
    return grip;
  }

  /** The bar of all squares: each point has a part of it, as wide as its square is large. */
  function fill(points, line, found) {
    for (const [name, share] of Object.entries(shares(points, line, found))) bar.style.setProperty(`--${name}`, share);
    while (parts.length < points.length) {
      parts.push(element("span", { "data-about": `point-${parts.length}` }));
      filled.append(parts.at(-1));
    }
    const sides = residuals(points, line);
    for (const [index, part] of parts.entries()) {
      part.hidden = !points[index];
      part.style.flexGrow = points[index] ? sides[index] ** 2 : 0;
    }
    sum.textContent = number(area(points, line), 1);
  }

  function show([slope, intercept, ...flat]) {
    const points = flat.flatMap((x, index) => (index % 2 ? [] : [[x, flat[index + 1]]]));
    while (grips.length < points.length) grips.push(addedPoint(grips.length));
    for (const index of grips.keys()) placePoint(index, points[index]);
    lift.place([0, intercept], number(intercept), intercept);
    turn.place(turningPoint([slope, intercept]), number(slope), slope);
    ball.place(ballPlace([slope, intercept]), placeWords([slope, intercept], ["slope", "intercept"]), slope);
    const found = bowl(points);
    fill(points, [slope, intercept], found);
    data.draw(dataMarks(points, [slope, intercept], found));
    space.draw(bowlMarks(found, [slope, intercept], trail));
    pointed.refresh();
  }

  const way = eased(show);
  /** The ball leaves a trail as long as it rolls down the same bowl; a hand, too, ends it. */
  function follow(points, line) {
    const isSame = drawn && String(drawn.points) === String(points);
    const found = bowl(points);
    if (!isSame || isByHand || excess(found, line) > excess(found, drawn.line)) trail = [];
    else if (String(drawn.line) !== String(line)) trail.push(drawn.line);
    drawn = { points, line };
  }

  const draw = (points, [slope, intercept]) => {
    follow(points, [slope, intercept]);
    const values = [slope, intercept, ...points.flat()];
    if (isByHand) way.set(values);
    else way.to(values);
    isByHand = false;
  };
  const panel = (drawing, ...foot) =>
    element("div", { class: "book-panel" }, drawing.root, element("div", { class: "book-foot" }, ...foot));
  const root = element(
    "div",
    { class: "book-planes" },
    panel(data, bar, sum),
    panel(space, element("p", { class: "book-caption" }, "Each place is one line: the less orange, the less loss.")),
  );
  const pointed = pointing(root);
  const stop = () => {
    way.stop();
    pointed.stop();
  };
  return { root, draw, stop };
}
