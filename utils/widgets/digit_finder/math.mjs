// What a detector reports for a scene, and how that is judged: pure functions, compared with torch.

import { SIZE } from "./painting.mjs";

export const SIDE = 8; // cells in a row and in a column
export const HIT = 0.5; // the IoU from which on an object counts as found
export const HIDDEN = { side: 20, inSight: 0.7, threshold: 0.5 }; // what the task asks for
const PRIOR = [15, 20]; // width and height of a usual digit in pixels
const LEAST = 0.02; // smaller scores are not reported
const OVERLAP = 0.5; // above it, a box of the same class is suppressed
const STEP = SIZE / SIDE; // pixels from cell to cell

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The overlap of two boxes, corners, as a share of their union; 0 where neither has an area. */
export function iou(one, other) {
  const length = (axis) => Math.max(0, Math.min(one[axis + 2], other[axis + 2]) - Math.max(one[axis], other[axis]));
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);
  const shared = length(0) * length(1);
  const union = area(one) + area(other) - shared;
  return union > 0 ? shared / union : 0;
}

/** What each cell says, row by row: { numbers, confidence, box, scores }, from the maps of the head. */
export function cellsOf({ shape: [count], values }) {
  const area = SIDE * SIDE;
  return Array.from({ length: area }, (_, cell) => {
    const numbers = Array.from({ length: count }, (_, map) => values[map * area + cell]);
    const [x, y, w, h, z, ...names] = numbers;
    const centre = [sigmoid(x) + (cell % SIDE), sigmoid(y) + Math.floor(cell / SIDE)].map((place) => place * STEP);
    const half = [w, h].map((log, axis) => (PRIOR[axis] * Math.exp(Math.min(3, log))) / 2);
    const largest = Math.max(...names);
    const powers = names.map((name) => Math.exp(name - largest));
    const sum = powers.reduce((total, power) => total + power);
    const confidence = sigmoid(z);
    return {
      numbers,
      confidence,
      box: [centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1]],
      scores: powers.map((power) => (confidence * power) / sum),
    };
  });
}

/** All that cells report, { box, label, score, cell } by falling score; suppressed within a class. */
export function reports(cells, isSuppressed) {
  const all = cells.flatMap(({ box, scores }, cell) =>
    scores.flatMap((score, label) => (score >= LEAST ? [{ box, label, score, cell }] : [])),
  );
  all.sort((one, other) => other.score - one.score);
  if (!isSuppressed) return all;
  const kept = [];
  for (const one of all) {
    if (!kept.some(({ box, label }) => label === one.label && iou(box, one.box) > OVERLAP)) kept.push(one);
  }
  return kept;
}

/** The cell with the centre of a box, row by row. */
export function ownerOf([left, top, right, bottom]) {
  const [column, row] = [(left + right) / 2, (top + bottom) / 2].map((centre) =>
    Math.max(0, Math.min(SIDE - 1, Math.floor(centre / STEP))),
  );
  return row * SIDE + column;
}

/**
 * What became of each object, { fate, report, iou, cell }: "found" by a report of its class, taken
 * for another class ("wrong"), or "missed". `iou` is the overlap with the report, or with the
 * nearest one.
 */
export function fates(objects, boxes, shown) {
  return objects.map(([digit], index) => {
    const overlaps = shown.map(({ box }) => iou(box, boxes[index]));
    const hits = shown.flatMap((report, at) => (overlaps[at] >= HIT ? [{ report, iou: overlaps[at] }] : []));
    const right = hits.find(({ report }) => report.label === digit);
    const cell = ownerOf(boxes[index]);
    if (right) return { fate: "found", cell, ...right };
    if (hits.length) return { fate: "wrong", cell, ...hits[0] };
    return { fate: "missed", cell, report: null, iou: Math.max(0, ...overlaps) };
  });
}

/** For each report, whether an object of its class lies there. */
export function verdicts(objects, boxes, shown) {
  return shown.map(({ box, label }) => objects.some(([digit], index) => digit === label && iou(box, boxes[index]) >= HIT));
}

/** Whether an object is hidden as the task asks: large, most of it in sight, and no box on it. */
export function isHidden(objects, found, inSight, threshold) {
  return objects.some(([, side], index) => {
    const isInSight = side >= HIDDEN.side && inSight[index] >= HIDDEN.inSight;
    return isInSight && threshold <= HIDDEN.threshold && found[index].fate === "missed";
  });
}
