// What the index explorer shows, worked out from the entries without drawing.

import { SIZES, cellsOf, indexOf, isSlice, placeOf, placesAlong, tableOf, viewOf } from "./math.mjs";
import { problem } from "./words.mjs";

const clamp = (at, size) => Math.max(0, Math.min(at, size - 1));

/** All that follows from the entries and the position; nothing is picked where torch refuses. */
export function scene({ rows, columns, position, memory }) {
  const entries = [rows, columns];
  const trouble = problem(entries);
  const cells = trouble ? [] : cellsOf(entries);
  const table = trouble ? [0, 0] : tableOf(entries);
  // A single axis has no direction; torch writes it as a row, even where it was a column of x.
  const isColumn = isSlice(rows) && !isSlice(columns);
  const turn = ([row, column]) => (isColumn ? [column, row] : [row, column]);
  const view = trouble ? null : viewOf(entries);
  const at = position.map((place, side) => clamp(place, table[side]));
  const place = cells.length ? placeOf(view, indexOf(entries, at)) : -1;
  return { entries, memory, trouble, cells, table, turn, view, position: at, place };
}

/** The cells of x as rows of { kind, text }, and what stands beside them and above. */
export function tableCells({ entries, trouble, place }) {
  const along = entries.map((entry, axis) => (trouble ? [] : placesAlong(entry, SIZES[axis])));
  const [rows, columns] = SIZES.map((size, axis) =>
    Array.from({ length: size }, (_, at) => ({ text: at, isPicked: along[axis].includes(at) })),
  );
  const kind = (row, column, text) => {
    if (row.isPicked && column.isPicked) return text === place ? "chosen" : "picked";
    return row.isPicked ? "rows" : column.isPicked ? "columns" : "plain";
  };
  const numbers = rows.map((row, r) =>
    columns.map((column, c) => {
      const text = r * SIZES[1] + c;
      return { kind: kind(row, column, text), text };
    }),
  );
  return { numbers, heads: [rows, columns] };
}

/** The cells of y as it is drawn, and what stands beside them and above. */
export function viewCells({ entries, cells, table, turn, view, place }) {
  const [rows, columns] = turn(table);
  const counted = (count) => Array.from({ length: count }, (_, at) => ({ text: at, isPicked: false }));
  const numbers = (cells.length ? counted(rows) : []).map((_, r) =>
    counted(columns).map((_, c) => {
      const text = placeOf(view, indexOf(entries, turn([r, c])));
      return { kind: text === place ? "chosen" : "picked", text };
    }),
  );
  const axes = cells.length ? view.shape.length : 0;
  return { numbers, heads: [axes === 2 ? counted(rows) : [], axes ? counted(columns) : []] };
}

/** The picked places in memory, row by row. */
export function placesByRow({ cells, table: [rows, columns] }) {
  const places = cells.map(([row, column]) => row * SIZES[1] + column);
  const all = Array.from({ length: cells.length ? rows : 0 }, (_, row) => row);
  return all.map((row) => places.slice(row * columns, (row + 1) * columns));
}

/** The axes of x that the view has kept. */
export const keptAxes = ({ entries }) => [0, 1].filter((axis) => isSlice(entries[axis]));
