// The arithmetic of indexing: an entry of the brackets becomes places, shape, strides and offset.
// An entry is an integer, or [start, stop, step] in which null stands for nothing written.

/** Rows and columns of the table x, which holds 0, 1, 2, …: a number is its place in memory. */
export const SIZES = [6, 8];
/** The storage strides of x: one row down is so many places on, one column one place. */
export const STRIDES = [SIZES[1], 1];

export const isSlice = (entry) => Array.isArray(entry);

/** A position as it stands for a place: negative ones count from the end. */
export const fromStart = (position, size) => (position < 0 ? position + size : position);

/** "" for an entry that torch accepts, else what is wrong: "outside", "zero" or "backwards". */
export function fault(entry, size) {
  if (!isSlice(entry)) return entry < -size || entry >= size ? "outside" : "";
  const step = entry[2] ?? 1;
  if (step === 0) return "zero";
  return step < 0 ? "backwards" : "";
}

/** A slice without gaps in what it says: where it starts and stops, cut to fit, and its step. */
export function bounds([start, stop, step], size) {
  const cut = (position) => Math.max(0, Math.min(fromStart(position, size), size));
  return { start: cut(start ?? 0), stop: cut(stop ?? size), step: step ?? 1 };
}

/** The places along an axis that an entry picks, in order. */
export function placesAlong(entry, size) {
  if (!isSlice(entry)) return [fromStart(entry, size)];
  const { start, stop, step } = bounds(entry, size);
  return Array.from({ length: Math.ceil((stop - start) / step) }, (_, k) => start + k * step);
}

/** The view that two accepted entries make of x: its shape, its strides and its offset. */
export function viewOf(entries) {
  const view = { shape: [], strides: [], offset: 0 };
  for (const [axis, entry] of entries.entries()) {
    const size = SIZES[axis];
    if (!isSlice(entry)) {
      view.offset += fromStart(entry, size) * STRIDES[axis];
      continue;
    }
    const { start, step } = bounds(entry, size);
    view.offset += start * STRIDES[axis];
    view.shape.push(placesAlong(entry, size).length);
    view.strides.push(step * STRIDES[axis]);
  }
  return view;
}

/** The picked cells of x as [row, column], in the order in which the view reads them. */
export function cellsOf(entries) {
  const [rows, columns] = entries.map((entry, axis) => placesAlong(entry, SIZES[axis]));
  return rows.flatMap((row) => columns.map((column) => [row, column]));
}

/** The place in memory of a view's number: offset + index · stride, summed over the axes. */
export const placeOf = ({ strides, offset }, index) =>
  index.reduce((place, at, axis) => place + at * strides[axis], offset);

/** The size of a view drawn as a table: rows and columns, one each for an axis that is gone. */
export const tableOf = (entries) =>
  entries.map((entry, axis) => placesAlong(entry, SIZES[axis]).length);

/** The index into the view of a cell of that table: an axis that is gone has none. */
export const indexOf = (entries, cell) => cell.filter((_, axis) => isSlice(entries[axis]));

/** The slice that picks the places from one to another, both included, in either order. */
export function between(from, to, size) {
  const [first, last] = [from, to]
    .map((place) => Math.max(0, Math.min(place, size - 1)))
    .sort((a, b) => a - b);
  return [first, last + 1, null];
}

/** An entry moved by so many places, as far as the axis goes; torch accepts what comes out. */
export function moved(entry, size, by) {
  if (fault(entry, size) === "outside") return entry < 0 ? 0 : size - 1;
  const { start, stop, step } = isSlice(entry)
    ? bounds(entry, size)
    : { start: fromStart(entry, size), stop: fromStart(entry, size) + 1 };
  const length = Math.max(1, stop - start);
  const first = Math.max(0, Math.min(start + by, size - length));
  return isSlice(entry) ? [first, first + length, step > 1 ? step : null] : first;
}

/** A slice whose stop moves by so many places, but not before its first one. */
export function resized(entry, size, by) {
  if (!isSlice(entry)) return entry;
  const { start, stop, step } = bounds(entry, size);
  const first = Math.min(start, size - 1);
  return [first, Math.max(first + 1, Math.min(stop + by, size)), step > 1 ? step : null];
}

/** A slice for an integer and an integer for a slice: the place stays where it was. */
export function exchanged(entry, size) {
  if (isSlice(entry)) return fault(entry, size) ? 0 : Math.min(bounds(entry, size).start, size - 1);
  const place = fault(entry, size) ? 0 : fromStart(entry, size);
  return [place, place + 1, null];
}

/** The cell after one of a table, not an empty one, of so many rows and columns in reading order; null at the end. */
export function nextCell([rows, columns], [row, column]) {
  if (column + 1 < columns) return [row, column + 1];
  return row + 1 < rows ? [row + 1, 0] : null;
}
