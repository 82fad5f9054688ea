// Where the grids of the padding and stride explorer stand, in pixels.

const NARROW = 560; // below this width the kernel stands under the grids instead of between them
const LARGEST_CELL = 40;
const SMALLEST_LETTERS = 11;
const DIGIT = 0.62; // width of a digit by the size of its letters
const CAPTION = 26; // above each grid
const FOOT = 22; // below the frame that the output is to fill
const BETWEEN_GRIDS = { share: 0.26, least: 156, most: 216 }; // of the width, where cards stand there
const BARE = 30; // between the grids where none do
const [BASE, GROWTH] = [90, 0.34]; // of the height on a desk, at width 0 and by pixel
const SHORT = 200; // height on a phone
// Kernel and products stand above each other, so far apart, each with so much besides its tiles.
const [BETWEEN, HEADING, TILE_GAP] = [10, 42, 2];
const LARGEST_TILE = [40, 24]; // for few rows and for many

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
 * columns }, and the kernel stands in the gap, or below it where there is no room. With a `goal`,
 * { rows, columns }, the output keeps to the middle of a frame as large, and a note stands below.
 */
export function layout(width, grids, goal) {
  const isWide = width >= NARROW;
  const height = isWide ? Math.round(BASE + GROWTH * width) : SHORT;
  const { share, least, most } = BETWEEN_GRIDS;
  const between = isWide ? Math.max(least, Math.min(most, Math.round(share * width))) : BARE;
  const [input, output] = grids;
  const field = {
    rows: Math.max(output.rows, goal?.rows ?? 0),
    columns: Math.max(output.columns, goal?.columns ?? 0),
  };
  const columns = input.columns + field.columns;
  const room = width - between - 4;
  const foot = goal ? FOOT : 0;
  const high = height - CAPTION - 4;
  const rows = [input.rows, field.rows];
  const limits = [high / rows[0], (high - foot) / rows[1], (2 * (high - foot)) / (rows[0] + rows[1])];
  const cell = Math.min(LARGEST_CELL, room / columns, ...limits);
  // Both grids have one middle, as low as what stands below the output allows.
  const centre = Math.min((CAPTION + height - 2) / 2, height - 2 - foot - (cell * rows[1]) / 2);
  const left = 2 + (room - cell * columns) / 2;
  const right = left + between + cell * input.columns;
  const top = (grid) => centre - (cell * grid.rows) / 2;
  const aside = (cell * (field.columns - output.columns)) / 2;
  const corners = [
    [left, top(input)],
    [right + aside, top(output)],
  ];
  /** Corners on the way from another layout, moved into the picture for cells of some size. */
  const within = (side, places) =>
    places.map(([x, y], at) => [
      Math.max(2, Math.min(x, width - 2 - side * grids[at].columns)),
      Math.max(CAPTION, Math.min(y, height - 2 - side * grids[at].rows)),
    ]);
  return { isWide, height, cell, corners, middle: right - between / 2, within };
}

/** The size of letters for a grid's numbers, so many digits wide; 0 where they would not fit. */
export function letters(cell, longest) {
  const size = Math.min(17, 0.45 * cell, (cell - 3) / (DIGIT * longest));
  const least = Math.min((cell - 1) / (DIGIT * Math.floor(longest)), cell - 2);
  return size >= SMALLEST_LETTERS ? size : least >= SMALLEST_LETTERS ? SMALLEST_LETTERS : 0;
}
