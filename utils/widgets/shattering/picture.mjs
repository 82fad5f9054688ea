// The large plane with its points, and a small picture for each labelling.

import { labelling, meeting, ofClass } from "./math.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { marker, scales } from "../kit/plane_marks.mjs";
import { eased } from "../kit/tween.mjs";

const GRID = 0.25;
const BOUNDS = [3, 1.75];
const BOX = { x: [-3.5, 3.5], y: [-2.5, 2.5] };
const LARGE = [350, 250];
const SMALL = [84, 60];
const FAR = 20; // beyond the box in each direction
const AWAY = [1e6, 1e6]; // where no pointer finds a point that is not there
export const NAMES = ["A", "B", "C", "D"];
const SIDES = [[1, "plus"], [-1, "minus"]];

const rounded = (value, side) =>
  Math.max(-BOUNDS[side], Math.min(BOUNDS[side], Math.round(value / GRID) * GRID)) + 0;

/** The line where the score is 0, between its two sides. */
function lineMarks([first, second, bias]) {
  const square = first * first + second * second || 1; // half-way to the opposite line
  const at = (along, up) => [
    (-bias * first) / square - along * second + up * first,
    (-bias * second) / square + along * first + up * second,
  ];
  const side = (up) => [at(-FAR, 0), at(FAR, 0), at(FAR, up), at(-FAR, up)];
  return [
    { area: side(FAR), look: "side-plus" },
    { area: side(-FAR), look: "side-minus" },
    { line: [at(-FAR, 0), at(FAR, 0)], look: "border" },
  ];
}

/** What lies between the points of each class: a triangle, a segment, or nothing to see. */
function hullMarks(points, labels) {
  return SIDES.flatMap(([sign, look]) => {
    const own = ofClass(points, labels, sign);
    return own.length < 2 ? [] : own.flatMap((one, index) => own.slice(0, index).map((two) => ({ line: [one, two], look: `hull-${look}` })));
  });
}

/** The large plane; `setPoint(index, place)` hears the reader. */
export function picture({ setPoint }) {
  const drawing = plane({ label: "Points of the labelling that is chosen", ...BOX, names: ["x₁", "x₂"], size: LARGE, steps: [1, 1] });
  const handles = NAMES.map((name, index) =>
    drawing.handle({
      label: `point ${name}`,
      look: "plus",
      range: [-BOUNDS[0], BOUNDS[0]],
      step: GRID,
      onMove: (at) => setPoint(index, at.map(rounded)),
    }),
  );
  let shown = null;
  const turn = eased((line) => {
    const { points, labels, isSeparable } = shown;
    const met = isSeparable ? [] : [{ dot: meeting(points, labels), look: "meeting" }];
    drawing.draw([
      ...(isSeparable ? lineMarks(line) : []),
      ...hullMarks(points, labels),
      ...met,
      ...points.map((at, index) => ({ text: NAMES[index], at, away: [1, 1], look: "name" })),
    ]);
  });

  function draw(points, labels, line, byHand) {
    const wasSeparable = shown?.isSeparable;
    shown = { points, labels, isSeparable: line !== null };
    handles.forEach(({ root, place }, index) => {
      const isThere = index < points.length;
      const look = labels[index] > 0 ? "plus" : "minus";
      root.setAttribute("class", `book-handle book-${look}`);
      root.style.display = isThere ? "" : "none";
      root.setAttribute("tabindex", isThere ? 0 : -1);
      const words = isThere ? `${look === "plus" ? "blue circle" : "orange square"}, ${placeWords(points[index])}` : "none";
      place(isThere ? points[index] : AWAY, words, isThere ? points[index][0] : 0);
    });
    if (byHand || !line || !wasSeparable) turn.set(line ?? [0, 0, 0]);
    else turn.to(line);
  }
  return { root: drawing.root, draw, stop: turn.stop };
}

/** What is in one small picture; its frame cuts off the rest. */
function small(points, labels, line) {
  const space = { ...BOX, size: SMALL };
  const { draw } = marker(space);
  const { toPixels } = scales(space);
  const [left, right, low, high] = [...BOX.x, ...BOX.y];
  const cross = [[[left, low], [right, high]], [[left, high], [right, low]]].map((ends) => draw({ line: ends, look: "cross" }));
  const dots = points.map((point, index) => {
    const [x, y] = toPixels(point);
    if (labels[index] > 0) return shape("circle", { class: "book-spot book-plus", cx: x, cy: y, r: 5 });
    return shape("rect", { class: "book-spot book-minus", x: x - 4.5, y: y - 4.5, width: 9, height: 9 });
  });
  return shape("g", {}, ...(line ? lineMarks(line).map(draw) : cross), ...dots);
}

/** All labellings, each in a small picture that can be chosen. */
export function gallery({ choose }) {
  const panels = Array.from({ length: 16 }, (_, index) =>
    shape("svg", { class: "book-labelling", viewBox: `0 0 ${SMALL.join(" ")}`, "aria-hidden": true }),
  );
  panels.forEach((panel, index) => panel.addEventListener("click", () => choose(index + 1)));
  const root = element("div", { class: "book-gallery", role: "img" }, ...panels);
  let drawn = "";
  function draw(points, found, chosen) {
    const key = JSON.stringify(points);
    if (key !== drawn) {
      panels.forEach((panel, index) => {
        panel.style.display = index < found.length ? "" : "none";
        if (index >= found.length) return;
        const line = found[index];
        panel.replaceChildren(small(points, labelling(index + 1, points.length), line));
        panel.classList.toggle("book-crossed", line === null);
      });
      root.classList.toggle("book-eight", found.length === 8);
      const crossed = found.flatMap((line, index) => (line ? [] : [index + 1]));
      const which = crossed.length ? `crossed out: ${crossed.join(", ")}` : "none is crossed out";
      root.setAttribute("aria-label", `${found.length} labellings in small pictures; ${which}`);
      drawn = key;
    }
    panels.forEach((panel, index) => panel.classList.toggle("book-chosen", index + 1 === chosen));
  }
  return { root, draw };
}
