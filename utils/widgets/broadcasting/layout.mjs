// Where the parts of the broadcasting picture lie, in CSS pixels.

const NARROW = 520; // below this width the result stands under the operands
const SIGN = 28; // for the sign between two blocks
export const EDGE = 20; // above and before a block, for the names of its axes
const CAPTION = 24; // below a block
export const TABLE = { row: 28, gap: 20, head: 18, column: 66, label: 24, more: 40 };
const TABLE_HEIGHT = TABLE.head + 3 * TABLE.row + TABLE.gap + 8;
const LARGE = 1.35; // the table on a desk, against a phone
const LARGEST = 54; // pixels from one cell to the next
const HEIGHT = 118; // of a block on a phone
const RATIO = 0.88; // of a block's height to its width on a desk
// Shares of the height for all sheets behind the one in front: where cells are small, and at most.
const DEPTH = [0.08, 0.3];
const SMALL = 20; // pixels from one cell to the next
const FAN = 8; // pixels from one sheet to the next, at most

/** A block of { sheets, rows, columns } in the middle of a box: its corner, as all is drawn. */
function centred(box, { sheets, rows, columns }, unit, deep) {
  const depth = deep * Math.max(0, sheets - 1);
  const [width, height] = [columns * unit + depth, rows * unit + depth];
  return {
    unit,
    deep,
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2 + depth,
  };
}

/**
 * The places of everything in a picture of the given width: { height, table, signs, blocks }.
 * All cells are of one size, so that the blocks `a`, `b` and `c` fit; `c` may be missing.
 */
export function layout(width, { a, b, c }) {
  const isNarrow = width < NARROW;
  const largest = (side) => Math.max(1, ...[a, b, ...(c ? [c] : [])].map((block) => block[side]));
  const between = largest("sheets") - 1;
  const inRow = isNarrow ? 2 : 3;
  const across = (width - EDGE * inRow - SIGN * (inRow - 1)) / inRow;
  const height = isNarrow ? HEIGHT : Math.round(RATIO * across);
  const spare = Math.min(across - SMALL * largest("columns"), height - SMALL * largest("rows"));
  const [least, most] = DEPTH.map((share) => share * height);
  const deep = Math.min(FAN, Math.max(least, Math.min(most, spare)) / between);
  const box = (left, top) => ({ x: left, y: top, width: across, height });
  const scale = isNarrow ? 1 : LARGE;
  const top = TABLE_HEIGHT * scale + EDGE;
  const second = top + height + CAPTION + EDGE;
  const step = across + SIGN + EDGE;
  const boxes = isNarrow
    ? { a: box(EDGE, top), b: box(EDGE + step, top), c: box((width - across) / 2, second) }
    : { a: box(EDGE, top), b: box(EDGE + step, top), c: box(EDGE + 2 * step, top) };
  const [wide, high] = [across, height].map((length) => length - deep * between);
  const unit = Math.min(LARGEST, wide / largest("columns"), high / largest("rows"));
  const place = (name, block) => ({ ...centred(boxes[name], block, unit, deep), box: boxes[name] });
  const middle = (at) => at.y + at.height / 2;
  return {
    height: (isNarrow ? second : top) + height + CAPTION,
    table: { x: width / 2, y: 0, scale },
    signs: [
      { x: boxes.b.x - EDGE - SIGN / 2, y: middle(boxes.b) },
      { x: boxes.c.x - EDGE - SIGN / 2, y: middle(boxes.c) },
    ],
    blocks: { a: place("a", a), b: place("b", b), c: place("c", c ?? { sheets: 1, rows: 1, columns: 1 }) },
  };
}
