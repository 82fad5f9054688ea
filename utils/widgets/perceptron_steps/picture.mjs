// The plane of the demo: points to drag, the line with its two sides, and the next mistake.

import { halfPlane } from "./math.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { plane } from "../kit/plane.mjs";
import { eased } from "../kit/tween.mjs";

const GRID = 0.25;
const BOUNDS = [3.5, 2.5];
const BOX = { x: [-4, 4], y: [-3, 3] };
const ARROW = 0.8; // length of the arrow of w, in units of the plane
const AWAY = [1e6, 1e6]; // where no pointer finds a point that is not there
const NAMES = { 1: "blue circle", "-1": "orange square" };

const rounded = (value, side) =>
  Math.max(-BOUNDS[side], Math.min(BOUNDS[side], Math.round(value / GRID) * GRID)) + 0;

/** The line where the score is 0, and the arrow of w from its place next to the middle. */
function lineMarks(weights) {
  const [first, second, bias] = weights;
  const square = first * first + second * second;
  if (square < 1e-12) return [];
  const foot = [first, second].map((value) => (-bias * value) / square);
  const unit = [first, second].map((value) => value / Math.sqrt(square));
  const at = (along, up) => foot.map((value, side) => value + along * [-unit[1], unit[0]][side] + up * unit[side]);
  const isSeen = Math.abs(foot[0]) < BOX.x[1] && Math.abs(foot[1]) < BOX.y[1];
  const tip = at(0, ARROW);
  const arrow = [{ arrow: [foot, tip], look: "normal" }, { text: "w", at: tip, away: unit, look: "normal" }];
  return [{ line: [at(-20, 0), at(20, 0)], look: "border" }, ...(isSeen ? arrow : [])];
}

/** From a sample straight to the line: how far it is on the wrong side. */
function offMarks([x, y], [first, second, bias]) {
  const square = first * first + second * second;
  if (square < 1e-12) return [];
  const share = (first * x + second * y + bias) / square;
  return [{ line: [[x, y], [x - share * first, y - share * second]], look: "off" }];
}

/**
 * The plane; `setPoint(index, place)` hears the reader. `draw(points, weights, next, margins)`
 * turns the line to new weights.
 */
export function picture({ setPoint }) {
  const drawing = plane({ label: "Points of two classes and the line", ...BOX, names: ["x₁", "x₂"], size: [360, 270], steps: [1, 1] });
  const pools = { 1: [], "-1": [] };
  let [shown, drawn] = [null, ""];

  function grip(label, count) {
    const pool = pools[label];
    while (pool.length <= count) {
      const self = { index: 0 };
      const name = `${NAMES[label]} ${pool.length + 1}`;
      const onMove = (at) => setPoint(self.index, at.map(rounded));
      const look = label > 0 ? "plus" : "minus";
      const form = label > 0 ? "circle" : "square";
      self.handle = drawing.handle({ label: name, look, form, step: GRID, range: [-BOUNDS[0], BOUNDS[0]], onMove });
      pool.push(self);
    }
    return pool[count];
  }

  const turn = eased((weights) => {
    const { points, next, margins } = shown;
    const isFlat = !weights[0] && !weights[1] && !weights[2];
    const sides = isFlat ? [] : [[1, "blue"], [-1, "orange"]];
    drawing.draw([
      ...sides.map(([sign, look]) => ({ area: halfPlane(BOX, weights, sign), look })),
      ...lineMarks(weights),
      ...(next === null ? [] : offMarks(points[next], weights)),
      ...points.flatMap((at, index) => (margins[index] <= 0 && index !== next ? [{ dot: at, look: "wrong" }] : [])),
      ...(next === null ? [] : [{ dot: points[next], look: "next" }]),
      ...points.map(([x, y], index) => ({ text: String(index + 1), at: [x, y], away: [1, 1], look: "order" })),
    ]);
  });

  function draw(points, weights, next, margins, byHand) {
    shown = { points, next, margins };
    const counts = { 1: 0, "-1": 0 };
    points.forEach(([x, y, label], index) => {
      const self = grip(label, counts[label]++);
      self.index = index;
      self.handle.root.style.display = "";
      self.handle.place([x, y], `sample ${index + 1}, ${placeWords([x, y])}`, x);
    });
    for (const label of [1, -1]) {
      for (const { handle } of pools[label].slice(counts[label])) {
        handle.root.style.display = "none";
        handle.place(AWAY, "none", 0);
      }
    }
    const key = weights.join();
    if (byHand || key === drawn) turn.set(weights); // the line stays, what stands around it may not
    else turn.to(weights);
    drawn = key;
  }
  return { root: drawing.root, draw, stop: turn.stop };
}
