// Where the parts of the index explorer's picture lie, in CSS pixels.

import { SIZES } from "./math.mjs";
import { STRIP_HEIGHT } from "./strip.mjs";

export const HEAD = 22; // for the numbers of rows and columns beside a table
const NARROW = 520; // below this width what belongs to the table stands under it
const GAP = 44; // between the table and what stands beside it
const CAPTION = [140, 28]; // the width of y's caption beside it, its height under it
const UNDER = 114; // the height of y's cells on a phone
const NOTES_UNDER = 52; // the height of the notes on a phone
const SHARE = 0.65; // of the width that the table may take

/** The largest cells: beside y, or above the line of memory. */
const largest = (isNarrow, hasMemory) => (hasMemory ? [38, 33] : [44, 36])[Number(isNarrow)];

/**
 * The places of everything in a picture of the given width: { height, isNarrow, table, view,
 * notes, strip }. A table lies at { x, y } with cells of `cell` pixels; `view` is that of y, of
 * `rows` and `columns`, and its caption. Of `view` and `notes` with `strip`, only one is there.
 * What is picked moves nothing but y, so that nothing slips away from under a finger.
 */
export function layout(width, hasMemory, [rows, columns]) {
  const isNarrow = width < NARROW;
  const most = isNarrow ? width : SHARE * width;
  const cell = Math.min(largest(isNarrow, hasMemory), Math.floor((most - HEAD - 2) / SIZES[1]));
  const [tall, broad] = SIZES.map((size) => size * cell);
  const table = { x: isNarrow ? (width + HEAD - broad) / 2 : HEAD, y: HEAD, cell };
  const bottom = HEAD + tall;
  const box = isNarrow
    ? { x: 1, y: bottom + 14, width: width - 2, height: HEAD + UNDER }
    : { x: HEAD + broad + GAP, y: 0, width: width - HEAD - broad - GAP - 1, height: bottom };
  if (hasMemory) {
    const y = isNarrow ? bottom + NOTES_UNDER : bottom;
    const notes = isNarrow ? { x: 0, y: bottom + 20, width } : { ...box, y: HEAD, height: tall };
    return { height: y + STRIP_HEIGHT, isNarrow, table, notes, strip: { y, width } };
  }
  const [across, down] = [box.width - HEAD - (isNarrow ? CAPTION[0] : 0), box.height - HEAD - (isNarrow ? 0 : CAPTION[1])];
  const unit = Math.min(cell, across / Math.max(1, columns), down / Math.max(1, rows));
  const [wide, high] = [columns * unit, rows * unit];
  const x = box.x + HEAD + (across - wide) / 2;
  const y = box.y + HEAD + (down - high) / 2;
  const caption = isNarrow ? { x: x + wide + CAPTION[0] / 2 + 4, y: y + high / 2 } : { x: x + wide / 2, y: y + high + 20 };
  return { height: isNarrow ? box.y + box.height + 2 : bottom + 2, isNarrow, table, view: { x, y, cell: unit, caption } };
}
