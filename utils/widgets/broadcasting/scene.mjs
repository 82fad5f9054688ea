// What the broadcasting stepper shows at a step, worked out from the shapes without drawing.

import { align, broadcastShape, clamp, compareAll, flatIndex, sourceIndex, valueAt } from "./math.mjs";
import { comparedAt, shapeText, stepAt, stepCount } from "./words.mjs";

/** All that belongs to two shapes at a step; `place` is the selected place of the result. */
export function scene({ a_shape: a, b_shape: b, step, index }) {
  const at = stepAt(step, a, b);
  const compared = comparedAt(at, a, b);
  const result = broadcastShape(a, b);
  const done = at === stepCount(a, b) - 1;
  const place = done && result && !result.includes(0) ? clamp(index, result) : null;
  return { a, b, at, compared, result, done, place, axes: compareAll(a, b) };
}

const isCompared = ({ axes, compared }, axis) => axes.length - axis <= compared;

/** The columns of the table of shapes, one for each axis, from left to right. */
export function columns(now) {
  const { a, b, at, axes } = now;
  const { added, ...aligned } = align(a, b);
  return axes.map(({ fits, size, copied }, axis) => {
    const cell = (name, missing) => {
      const isAdded = axis < missing;
      return { text: isAdded && at === 0 ? "" : String(aligned[name][axis]), isAdded };
    };
    const known = isCompared(now, axis);
    const verdict = !fits ? "✗ clash" : copied ? `✓ copy ${copied}` : "✓ equal";
    return {
      head: `−${axes.length - axis}`,
      isCurrent: at >= 2 && !now.done && axes.length - axis === now.compared,
      a: cell("a", added[0]),
      b: cell("b", added[1]),
      verdict: known ? verdict : "",
      fits: known ? fits : null,
      size: known ? (fits ? String(size) : "none") : "",
    };
  });
}

/** How far an operand reaches at a step: its own sizes, with the copies that are known by now. */
export function extent(now, name) {
  const { at, axes } = now;
  const { [name]: own } = align(now.a, now.b);
  const start = at === 0 ? axes.length - now[name].length : 0;
  return own
    .map((size, axis) =>
      axes[axis].copied === name && isCompared(now, axis) ? axes[axis].size : size,
    )
    .slice(start);
}

/** The last two axes of a shape as [rows, columns]; an empty leading axis leaves nothing. */
export function tableSize(shape) {
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  return shape.slice(0, -2).includes(0) ? [0, 0] : [rows, columns];
}

/** The index of a cell of the drawn slice in a shape of so many axes. */
export function placeAt(now, axes, row, column) {
  const leading = axes > 2 ? (now.place ?? Array(axes).fill(0)).slice(0, axes - 2) : [];
  return [...leading, row, column].slice(Math.max(0, 2 - axes));
}

/** Whether a cell of an operand finds no partner, because the other one ends before it. */
function isAlone(now, name, place) {
  const { [name === "a" ? "b" : "a"]: other } = align(now.a, now.b);
  const skipped = other.length - place.length;
  return place.some((at, k) => {
    const axis = skipped + k;
    return !now.axes[axis].fits && isCompared(now, axis) && at >= other[axis];
  });
}

/** An operand's grid: what is in memory, what only seems to be there, what has no partner. */
export function operandGrid(now, name) {
  const shape = extent(now, name);
  const own = now[name];
  const [rows, columns] = tableSize(shape);
  const selected = now.place && flatIndex(own, sourceIndex(own, now.place));
  const look = (row, column) => {
    const place = placeAt(now, shape.length, row, column);
    const source = sourceIndex(own, place);
    const flat = flatIndex(own, source);
    const isCopy = place.some((at, k) => at !== (source[k - (place.length - own.length)] ?? 0));
    const text = valueAt(name, flat);
    if (isAlone(now, name, place)) return { kind: "never", text };
    return { kind: isCopy ? "copy" : "plain", share: !isCopy && flat === selected ? 1 : 0, text };
  };
  return { rows, columns, look };
}

/** The grid of the sum, once everything has been compared and fits. */
export function resultGrid(now) {
  const [rows, columns] = tableSize(now.result);
  const look = (row, column) => {
    const place = placeAt(now, now.result.length, row, column);
    const [left, right] = ["a", "b"].map((name) =>
      valueAt(name, flatIndex(now[name], sourceIndex(now[name], place))),
    );
    return { kind: "plain", text: left + right };
  };
  return { rows, columns, look };
}

/** The selected place as [row, column] of the drawn slice. */
export const selectedCell = ({ place }) => [0, 0, ...place].slice(-2);

/** The caption of an operand's grid. */
export function caption(now, name) {
  const shape = extent(now, name);
  const own = shapeText(now[name]);
  const seen = shapeText(shape);
  return seen === own ? `${name} ${own}` : `${name} ${own} as if ${seen}`;
}

/** Which slice the grids show, or "" if they show everything. */
export function sliceSentence(now) {
  const { length } = now.axes;
  const leading = placeAt(now, length, 0, 0).slice(0, -2);
  if (!leading.length) return "";
  const at = leading.map((place, axis) => `place ${place} of axis −${length - axis}`);
  return `The grids show the last two axes, at ${at.join(" and ")}.`;
}

/** The key to the grids: [kind of cell, strength of colour, what it means]. */
export function legend(now) {
  const seen = new Set();
  for (const name of ["a", "b"]) {
    const { rows, columns, look } = operandGrid(now, name);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const { kind, share = 0 } = look(row, column);
        seen.add(`${kind} ${share}`);
      }
    }
  }
  const entries = [
    ["plain", 0, "in memory"],
    ["copy", 0, "virtual copy, not in memory"],
    ["never", 0, "finds no partner"],
    ["plain", 1, "what the selected number reads"],
  ];
  return entries.filter(([kind, share]) => seen.has(`${kind} ${share}`));
}
