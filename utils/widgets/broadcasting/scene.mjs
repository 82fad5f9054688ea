// What the broadcasting demo shows, worked out from the shapes without drawing.

import { align, broadcastShape, clamp, combine, compareAll, flatIndex, sourceIndex, valueAt } from "./math.mjs";
import { comparedAt, shapeText, stepAt, stepCount } from "./words.mjs";

/** All that belongs to two shapes at a step; `place` is the selected place of the result. */
export function scene({ a_shape: a, b_shape: b, step, index, operation }) {
  const at = stepAt(step, a, b);
  const result = broadcastShape(a, b);
  return {
    a,
    b,
    operation,
    at,
    result,
    compared: comparedAt(at, a, b),
    done: at === stepCount(a, b) - 1,
    place: result && !result.includes(0) ? clamp(index, result) : null,
    axes: compareAll(a, b),
    aligned: align(a, b),
  };
}

/**
 * How far the story has come: [ones put in front, then axis −1 to axis −4 stretched], each 0 or 1.
 */
export function progress({ at, compared }) {
  return [at >= 1, ...[1, 2, 3, 4].map((axis) => axis <= compared)].map(Number);
}

/** The last three of a list of sizes, filled with ones: [sheets, rows, columns]. */
const lastThree = (sizes) => [1, 1, 1, ...sizes].slice(-3);

/** The index of a cell of the drawn sheet in a result of so many axes. */
export function placeAt(now, row, column) {
  const { length } = now.axes;
  const leading = length > 2 ? (now.place ?? Array(length).fill(0)).slice(0, length - 2) : [];
  return [...leading, row, column].slice(Math.max(0, 2 - length));
}

/** Whether a place of an operand finds no partner on the axes that were compared by now. */
function isAlone(now, name, place) {
  const other = now.aligned[name === "a" ? "b" : "a"];
  const isKnown = (axis) => now.axes.length - axis <= now.compared;
  return place.some((at, axis) => isKnown(axis) && !now.axes[axis].fits && at >= other[axis]);
}

const sides = [0, 1, 2]; // sheets, rows, columns

/**
 * An operand's block as it is when all axes are stretched: { sheets, rows, columns, stretched,
 * emptied, behind, cells }.
 *
 * `stretched` and `emptied` say for sheets, rows and columns whether the one there becomes
 * several, or none; `behind` are the axes, 3 or 4 from the right, along which the sheet in front
 * is a copy. A cell is { row, column, text, kind }: kind is "own", "copy" or, for a cell that finds
 * no partner, "never".
 */
export function operandBlock(now, name) {
  const own = now[name];
  const before = now.aligned[name];
  const after = before.map((size, axis) => (now.axes[axis].fits ? now.axes[axis].size : size));
  const [[, fewRows, fewColumns], size] = [before, after].map(lastThree);
  const change = (test) => sides.map((side) => lastThree(before)[side] === 1 && test(size[side]));
  const [stretched, emptied] = [change((count) => count > 1), change((count) => count === 0)];
  const front = [0, 0, 0, 0, ...placeAt(now, 0, 0)];
  const behind = [3, 4].filter((axis) => before.at(-axis) === 1 && front.at(-axis) > 0);
  const [, rows, columns] = size;
  const cells = [];
  for (let row = 0; !own.includes(0) && row < Math.max(rows, fewRows); row++) {
    for (let column = 0; column < Math.max(columns, fewColumns); column++) {
      const place = placeAt(now, row, column);
      const flat = flatIndex(own, sourceIndex(own, place));
      const isCopy = (stretched[1] && row > 0) || (stretched[2] && column > 0);
      const kind = isAlone(now, name, place) ? "never" : isCopy ? "copy" : "own";
      cells.push({ row, column, kind, text: String(valueAt(name, flat)) });
    }
  }
  return { sheets: size[0], rows, columns, axes: now.axes.length, stretched, emptied, behind, cells };
}

/** The cell [row, column] in memory that a cell of a block is, or copies; null on another sheet. */
export function sourceCell({ stretched, behind }, [row, column]) {
  return behind.length ? null : [stretched[1] ? 0 : row, stretched[2] ? 0 : column];
}

/** The result's block, of the same form as an operand's. */
export function resultBlock(now) {
  const [sheets, rows, columns] = lastThree(now.result);
  const cells = [];
  for (let row = 0; now.place && row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = placeAt(now, row, column);
      const numbers = ["a", "b"].map((name) =>
        valueAt(name, flatIndex(now[name], sourceIndex(now[name], place))),
      );
      cells.push({ row, column, kind: "own", text: String(combine(now.operation, ...numbers)) });
    }
  }
  const never = sides.map(() => false);
  return { sheets, rows, columns, axes: now.axes.length, stretched: never, emptied: never, behind: [], cells };
}

/** The selected place as [row, column] of the drawn sheet. */
export const selectedCell = ({ place }) => place && [0, 0, ...place].slice(-2);

/** The index of the cell of the drawn sheet that is nearest to [row, column]. */
export function indexAt(now, [row, column]) {
  const [, rows, columns] = lastThree(now.result);
  const within = (at, size) => Math.max(0, Math.min(at, size - 1));
  return [0, 0, 0, 0, ...placeAt(now, within(row, rows), within(column, columns))].slice(-4);
}

/** The columns of the table of shapes, one for each axis, from left to right. */
export function columns(now) {
  const { axes, aligned, compared, at, done } = now;
  return axes.map(({ fits, size, copied }, axis) => {
    const fromRight = axes.length - axis;
    const isKnown = fromRight <= compared;
    return {
      fromRight,
      isCurrent: at >= 2 && !done && fromRight === compared,
      a: { size: aligned.a[axis], isAdded: axis < aligned.added[0] },
      b: { size: aligned.b[axis], isAdded: axis < aligned.added[1] },
      verdict: !isKnown ? "" : !fits ? "fails" : copied ? `stretches ${copied}` : "matches",
      size: isKnown ? size : null,
    };
  });
}

/** The line under an operand's block: its shape, and what it is stretched to by now. */
export function operandCaption(now, name) {
  const seen = now.aligned[name].map((size, axis) => {
    const { fits, size: after } = now.axes[axis];
    return fits && now.axes.length - axis <= now.compared ? after : size;
  });
  const own = shapeText(now[name]);
  const wide = shapeText(now.at === 0 ? now[name] : seen);
  return own === wide ? `${name} ${own}` : `${name} ${own} \u2192 ${wide}`;
}

/** The line under the result's block: its shape, and which sheet of it is in front. */
export function resultCaption(now) {
  const leading = placeAt(now, 0, 0).slice(0, -2);
  const sheet = leading.length ? `, in front c[${leading.join(", ")}]` : "";
  return `c ${shapeText(now.result)}${sheet}`;
}
