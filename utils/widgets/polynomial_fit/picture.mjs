// The two planes of the polynomial fit: the curve among its points, and the errors of all degrees.

import { height } from "./math.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { eased } from "../kit/tween.mjs";

const TOP = 2; // heights of points lie from −TOP to TOP
const FAR = 20; // no curve is followed further than that
const KEY = 0.1; // what an arrow key moves
const AWAY = [1e6, 1e6]; // where no pointer finds a point that is not there
const SIZE = [340, 236];
const XS = Array.from({ length: 161 }, (_, index) => (index - 80) / 80);

const clamp = (value, bound) => Math.max(-bound, Math.min(bound, value));

/** Both planes; `setTarget(index, height)` hears a hand that moves a training point. */
export function picture({ model, setTarget, highest, ceiling }) {
  const data = plane({
    label: "Training points, new points and the polynomial",
    x: [-1.1, 1.1],
    y: [-2.2, 2.2],
    size: SIZE,
    steps: [0.5, 1],
  });
  const errors = plane({
    label: "Training and validation error of each degree",
    x: [-1.2, highest + 0.8],
    y: [-0.16, ceiling],
    names: ["degree\u2002", "error"],
    size: SIZE,
    steps: [5, 0.5],
  });
  const grips = [];
  let isByHand = false;

  function added(index) {
    const move = (value) => {
      isByHand = true;
      setTarget(index, clamp(Math.round(value * 20) / 20, TOP));
      place(index); // at once: another key may come before the frame
    };
    return data.handle({
      label: `point ${index + 1}`,
      look: "datum",
      range: [-TOP, TOP],
      onMove: ([, y]) => move(y),
      onStep: (right, up) => {
        const step = Number.isFinite(right) ? KEY * (right + up) : right;
        move(model.get("targets")[index] + step);
      },
    });
  }

  function place(index) {
    const y = model.get("targets")[index];
    const isThere = y !== undefined;
    const at = isThere ? [model.get("places")[index], y] : AWAY;
    grips[index].root.style.display = isThere ? "" : "none";
    grips[index].place(at, isThere ? placeWords(at) : "none", isThere ? y : 0);
  }

  function show(values) {
    const curve = XS.map((x, index) => [x, values[index]]);
    const rest = values.slice(XS.length);
    const [old, fresh] = [0, 1].map((part) =>
      rest.slice(part * (highest + 1), (part + 1) * (highest + 1)).map((value, degree) => [degree, value]),
    );
    const [degree, oldNow, freshNow] = rest.slice(2 * (highest + 1));
    data.draw([
      ...model.get("validation").map((at) => ({ dot: at, look: "fresh" })),
      { line: curve, look: "fit" },
    ]);
    errors.draw([
      { line: [[degree, -1], [degree, ceiling]], look: "now" },
      { line: old, look: "old" },
      { line: fresh, look: "fresh" },
      ...old.map((at) => ({ dot: at, look: "old" })),
      ...fresh.map((at) => ({ dot: at, look: "fresh" })),
      { dot: [degree, oldNow], look: "old-now" },
      { dot: [degree, freshNow], look: "fresh-now" },
    ]);
  }

  const way = eased(show);
  /** Draw what `sweep` found, at a degree. */
  const draw = ({ weights, training, validation }, degree) => {
    const count = model.get("targets").length;
    while (grips.length < count) grips.push(added(grips.length));
    for (const index of grips.keys()) place(index);
    const values = [
      ...XS.map((x) => clamp(height(weights[degree], x), FAR)),
      ...[...training, ...validation].map((value) => Math.min(value, FAR)),
      degree,
      ...[training, validation].map((part) => Math.min(part[degree], ceiling - 0.03)),
    ];
    if (isByHand) way.set(values);
    else way.to(values);
    isByHand = false;
  };
  const key = (look, words) => element("span", { class: `book-key-word book-${look}` }, words);
  const panel = (words, drawing) =>
    element("div", { class: "book-panel" }, element("p", { class: "book-caption" }, ...words), drawing.root);
  const root = element(
    "div",
    { class: "book-planes" },
    panel(["Drag ", key("old", "● training points"), "; ", key("fresh", "● new ones")], data),
    panel(["Error on ", key("old", "training"), " and on ", key("fresh", "new"), " points"], errors),
  );
  return { root, draw, stop: way.stop };
}
