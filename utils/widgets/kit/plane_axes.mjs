// The grid and the axes of a coordinate plane, and their numbers at its edges.

import { shape } from "./parts.mjs";
import { between, meets, multiples, scales, signed, ticks } from "./plane_marks.mjs";

const ROOM = 36; // pixels from one grid line to the next, at least
const NEAR = 44; // pixels: an axis no farther from the edge has its numbers beside it
const RIM = 6; // from an edge to what is written there
const GAP = 9; // from an axis to what is written beside it
const LETTER = 10.5; // width of a letter, as large as on a phone
const TIGHT = 0.86; // of that width, what a number takes without the room beside it
const LINE = 18; // height of a line of such letters

const wide = (words) => LETTER * words.length;
const line = (look, [x1, y1], [x2, y2]) => shape("line", { class: `book-mark book-${look}`, x1, y1, x2, y2 });
const text = ({ words, x, y, style }) => shape("text", { class: "book-words book-tick", x, y, style }, words);

/** The numbers of the row below, each centred at its line. */
function rowOf(values, { toPixels, axisY, isNear, size: [width, height] }) {
  const y = isNear ? between(axisY + GAP + LINE / 2, [0, height - LINE / 2]) : height - RIM;
  // At the edge they stand on one line, however large they are.
  const style = isNear ? "" : "dominant-baseline: auto";
  return values.map((value) => {
    const [words, at] = [signed(value), toPixels([value, 0])[0]];
    return { words, at, x: between(at, [wide(words) / 2 + 2.5, width - wide(words) / 2 - 2.5]), y, style };
  });
}

/** The numbers of the column on the left, flush with the edge or with the axis. */
function columnOf(values, { toPixels, axisX, isNear, size: [, height] }) {
  const style = `text-anchor: ${isNear ? "end" : "start"}`;
  return values.map((value) => {
    const [words, at] = [signed(value), toPixels([0, value])[1]];
    const x = isNear ? Math.max(axisX - GAP, TIGHT * wide(words) + 2) : RIM;
    const right = isNear ? x : x + wide(words);
    return { words, at, x, y: between(at, [LINE / 2, height - LINE / 2]), right, style };
  });
}

/** The box [left, top, right, bottom] that the words at an edge take. */
function boxOf({ words, x, y, style }) {
  const length = wide(words) * TIGHT;
  const left = style.includes("start") ? x : x - (style.includes("end") ? length : length / 2);
  const middle = style.includes("auto") ? y - LINE / 3 : y;
  return [left, middle - LINE / 2, left + length, middle + LINE / 2];
}

/**
 * What stands behind the marks of a plane, and what stands on top of them: { ground, numbers, giveWay }.
 *
 * The ground are grid lines and the two axes. The numbers stand at the lower and the left edge, where
 * they hide least, or beside an axis that runs along there; the `names` of the axes stand at the ends
 * of their rows. `steps` are the distances between the lines of each axis, where round numbers will
 * not do (angles, say). `giveWay(boxes)` hides what is written in one of these boxes.
 */
export function backdrop(space, names, steps = []) {
  const { x, y, size } = space;
  const [width, height] = size;
  const { toPixels } = scales(space);
  const [axisX, axisY] = toPixels([between(0, x), between(0, y)]);
  const holds = ([least, greatest]) => least <= 0 && greatest >= 0;
  const isLow = holds(y) && height - axisY <= NEAR;
  const isLeft = holds(x) && axisX <= NEAR;
  const [columns, rows] = [x, y].map((range, side) =>
    steps[side] ? multiples(range, steps[side]) : ticks(range, size[side] / ROOM),
  );

  // A zero stands where the axes do not cross beside it, and not alone.
  const numbered = (values, isZero) => values.filter((value) => value !== 0 || (isZero && values.length > 1));
  const low = rowOf(numbered(columns, !isLow), { toPixels, axisY, isNear: isLow, size });
  const row = isLow ? low[0]?.y : height - RIM - LINE / 3; // the middle of the numbers
  const isFree = ({ y: middle }) => !low.length || Math.abs(middle - row) >= LINE * 0.7;
  const isClear = (value) => isFree({ y: toPixels([0, value])[1] }); // of the row of numbers
  const left = columnOf(numbered(rows, !(isLow && isLeft)), { toPixels, axisX, isNear: isLeft, size }).filter(isFree);

  const last = Math.max(0, ...low.map(({ words, x: middle }) => middle + wide(words) / 2));
  const isFull = !isLow && last > width - 2 * RIM - wide(names[0]);
  const aside = left.filter(({ y: middle }) => middle < 1.5 * LINE).map(({ right }) => right + RIM);
  const ends = [
    {
      words: names[0],
      x: width - RIM,
      y: isLow ? axisY - GAP - LINE / 2 : height - RIM - (isFull ? 1.5 * LINE : 0),
      style: `text-anchor: end${isLow ? "" : "; dominant-baseline: auto"}`,
    },
    { words: names[1], x: Math.max(isLeft ? axisX + GAP : RIM, ...aside), y: LINE / 2 + 3, style: "text-anchor: start" },
  ];

  // A line begins and ends beside its number: run on, it would look like a minus sign.
  const start = (at) => (isLeft ? 0 : (left.find((number) => number.at === at)?.right ?? 0));
  const end = (at) => (!isLow && low.some((number) => number.at === at) ? height - RIM - LINE : height);
  const upright = (at, look) => line(look, [at, 0], [at, end(at)]);
  const level = (at, look) => line(look, [start(at), at], [width, at]);
  const ground = shape(
    "g",
    { "aria-hidden": true },
    ...columns.map((value) => upright(toPixels([value, 0])[0], "rule")),
    ...rows.filter(isClear).map((value) => level(toPixels([0, value])[1], "rule")),
    upright(axisX, "axis"),
    level(axisY, "axis"),
  );
  const written = [...low, ...left, ...ends.filter(({ words }) => words)];
  const nodes = written.map(text);
  const boxes = written.map(boxOf);
  const giveWay = (taken) =>
    nodes.forEach((node, index) => {
      const isCovered = taken.some((box) => meets(box, boxes[index]));
      node.setAttribute("visibility", isCovered ? "hidden" : "visible");
    });
  return { ground, numbers: shape("g", { "aria-hidden": true }, ...nodes), giveWay };
}
