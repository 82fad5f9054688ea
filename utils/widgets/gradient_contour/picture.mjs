// The three drawings of the gradient demo: the map, the cut along u, and the slope by the angle.

import { slope } from "./math.mjs";
import { cutMarks, endOf, greens, groundOf, mapMarks, slopeMarks } from "./scene.mjs";
import { degrees, formula, pair } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { scales } from "../kit/plane_marks.mjs";
import { eased } from "../kit/tween.mjs";

const EDGE = 2.95; // of the map: arrows at the bound stay inside
const BOUND = 2; // of the point
const INNER = 0.3; // so near to the point the pointer gives no direction
const MAP = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: [330, 330] };
const DURATION = 600; // milliseconds of a turn

const angleOf = ([x, y]) => (Math.atan2(y, x) * 180) / Math.PI;
const whole = (angle) => ((angle % 360) + 360) % 360;

/** A region as one path; what lies inside an even number of its borders is not in it. */
function pathOf(lines, toPixels) {
  const step = (point) => toPixels(point).map((value) => value.toFixed(1)).join(" ");
  return lines.map((line) => `M${line.map(step).join("L")}Z`).join("");
}

/**
 * The drawings; `read()` gives the state. `onPoint(place)` and `onTurn(angle)` hear a hand,
 * `onPointKey` and `onTurnKey` hear its keys, `onHover()` hears that the pointer takes u over.
 * `draw(state)` eases to a new state, but follows a hand at once; `byHand(act)` is such a hand.
 */
export function picture({ read, onPoint, onPointKey, onTurn, onTurnKey, onHover }) {
  let isByHand = false;
  let drawn = null; // the state that is asked for
  let turned = 0; // its angle, without the jump from 359 to 0
  const byHand = (act) => {
    isByHand = true;
    act();
    place(read()); // at once: another key may be pressed before the next frame
  };
  const hand = (act) => (...given) => byHand(() => act(...given));

  const map = plane({ label: "Map of f with contour lines", ...MAP, steps: [1, 1] });
  const ground = shape("g", { "aria-hidden": "true" });
  map.root.prepend(ground);
  const here = map.handle({
    label: "the point, its x",
    look: "point",
    range: [-BOUND, BOUND],
    onMove: hand(onPoint),
    onStep: hand(onPointKey),
  });
  const away = (place) => place.map((value, side) => value - read().point[side]);
  const turner = map.handle({
    label: "direction u on the map, its angle in degrees",
    look: "u",
    range: [0, 360],
    onMove: hand((place) => away(place).some(Boolean) && onTurn(angleOf(away(place)))),
    onStep: hand(onTurnKey),
  });
  const cut = plane({
    label: "Cut through the ground along u",
    x: [-1.2, 1.2],
    y: [-1.9, 1.9],
    names: ["along u", "height"],
    size: [330, 150],
    steps: [1, 1],
  });
  const chart = plane({
    label: "Slope of f along u, by the angle of u",
    x: [0, 360],
    y: [-4.6, 4.6],
    names: ["", "slope"],
    size: [330, 169],
    steps: [90, 3],
  });
  const rider = chart.handle({
    label: "direction u on the curve, its angle in degrees",
    look: "u",
    range: [0, 360],
    onMove: hand(([angle]) => onTurn(Math.min(angle, 359))),
    onStep: hand(onTurnKey),
  });

  const title = shape("text", { class: "book-words book-formula-line", x: 320 });
  map.root.lastChild.before(title);
  const { toPixels, fromPixels } = scales(MAP);
  map.root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    const { left, top, width } = map.root.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top].map((offset) => (offset * MAP.size[0]) / width);
    const way = away(fromPixels(at));
    if (Math.hypot(...way) < INNER) return;
    onHover();
    byHand(() => onTurn(angleOf(way)));
  });

  function pave(name) {
    title.textContent = formula(name);
    const regions = groundOf(name);
    const rim = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map((corner) => corner.map((side) => side * 3.1));
    const all = [{ lines: [rim], green: greens(regions.length + 1)[0] }, ...regions];
    ground.replaceChildren(
      ...all.map(({ lines, green }) =>
        shape("path", { class: "book-region", d: pathOf(lines, toPixels), style: `--green: ${green.toFixed(1)}%` }),
      ),
    );
  }

  function place(state) {
    const along = slope(state.function, state.point, state.angle);
    const words = `${degrees(state.angle)}, slope ${number(along)}`;
    here.place(state.point, `at ${pair(state.point)}`);
    turner.place(endOf(state), words, state.angle);
    rider.place([state.angle, along], words, state.angle);
  }

  function show([x, y, angle]) {
    const state = { function: drawn.function, point: [x, y], angle: whole(angle) };
    place(state);
    map.draw(mapMarks(state));
    title.setAttribute("y", y < 0 ? 16 : 292); // where the arrows do not reach
    cut.draw(cutMarks(state));
    chart.draw(slopeMarks(state));
  }

  const way = eased(show, DURATION);
  function draw(state) {
    const isNew = drawn?.function !== state.function;
    if (isNew) pave(state.function);
    drawn = state;
    turned += whole(state.angle - turned + 180) - 180; // the shorter way round
    const values = [...state.point, turned];
    if (isNew || isByHand) way.set(values);
    else way.to(values);
    isByHand = false;
  }

  const side = element("div", { class: "book-side" }, cut.root, chart.root);
  const root = element("div", { class: "book-views" }, map.root, side);
  return { root, draw, byHand, stop: way.stop };
}
