// Where the grids of the padding and stride explorer stand, in pixels.

const NARROW = 560; // below this width the kernel stands under the grids instead of between them
const LARGEST_CELL = 40;
const SMALLEST_LETTERS = 11;
const DIGIT = 0.62; // width of a digit by the size of its letters
const CAPTION = 26; // above each grid
const WIDE = { between: 160, betweenForMany: 156 };
const SLIM = { between: 30, betweenForMany: 30 };
const [BASE, GROWTH] = [90, 0.34]; // of the height on a desk, at width 0 and by pixel
const SHORT = 200; // height on a phone
// Kernel and products stand above each other, so far apart, each with so much besides its tiles.
const [BETWEEN, HEADING, TILE_GAP] = [10, 42, 2];
const LARGEST_TILE = [36, 24]; // for few rows and for many

/** Whether a kernel has so many weights that they are drawn smaller. */
export const hasMany = ([rows, columns]) => Math.max(rows, columns) > 3;

/** The height of a weight's tile beside the grids, for so many rows in a picture so high. */
export function tileHeight(height, rows) {
  const each = (height - BETWEEN) / 2 - HEADING - (rows - 1) * TILE_GAP;
  return Math.min(LARGEST_TILE[Number(rows > 3)], each / rows);
}

/**
 * The side of a cell, the same in both grids so that their sizes compare, the top left corners of
 * both grids, and the middle of the gap between; `grids` are [input, output], each with { rows,
 * columns }, and the kernel stands in the gap, or below it where there is no room.
 */
export function layout(width, grids, kernelSize) {
  const isWide = width >= NARROW;
  const size = isWide ? WIDE : SLIM;
  const height = isWide ? Math.round(BASE + GROWTH * width) : SHORT;
  const between = hasMany(kernelSize) ? size.betweenForMany : size.between;
  const columns = grids[0].columns + grids[1].columns;
  const rows = Math.max(grids[0].rows, grids[1].rows);
  const room = width - between - 4;
  const cell = Math.min(LARGEST_CELL, room / columns, (height - CAPTION - 4) / rows);
  const left = 2 + (room - cell * columns) / 2;
  const right = left + between + cell * grids[0].columns;
  const top = (grid) => CAPTION + (height - CAPTION - 2 - cell * grid.rows) / 2;
  const corners = [left, right].map((x, side) => [x, top(grids[side])]);
  /** Corners on the way from another layout, moved into the picture for cells of some size. */
  const within = (side, places) =>
    places.map(([x, y], at) => [
      Math.max(2, Math.min(x, width - 2 - side * grids[at].columns)),
      Math.max(CAPTION, Math.min(y, height - 2 - side * grids[at].rows)),
    ]);
  return { isWide, height, cell, corners, middle: right - between / 2, within };
}

/** The size of letters for a grid's numbers, 0 where they would not fit into its cells. */
export function letters(cell, longest) {
  const size = Math.min(17, 0.45 * cell, (cell - 3) / (DIGIT * longest));
  const least = Math.min((cell - 1) / (DIGIT * longest), cell - 2);
  return size >= SMALLEST_LETTERS ? size : least >= SMALLEST_LETTERS ? SMALLEST_LETTERS : 0;
}
