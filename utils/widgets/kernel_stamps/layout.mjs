// Where the grids of the kernel stamps stand, in pixels.

const NARROW = 560; // below this width input and kernels stand in one column, beside the output
const [CAPTION, STRIP, GAP] = [26, 40, 22];
const MIDDLE = 132; // for the kernel and what it makes, one above the other
const [BASE, GROWTH] = [84, 0.34]; // of the height on a desk, at width 0 and by pixel
const SHORT = 346; // height on a phone
const [SLIM, EDGE, SEAM] = [104, 6, 14]; // its column's width and margin, and what lies before the output
const COLUMN = [
  ["left", 92],
  ["kernel", 82],
  ["made", 82],
]; // and heights
const LARGEST = { input: 40, kernel: 26, output: 40 };
const DIGIT = 0.62; // width of a digit by the size of its letters

/** The size of letters for numbers of some length, 0 where they would not fit. */
export function letters(cell, longest) {
  const size = Math.min(16, 0.45 * cell, (cell - 2) / (DIGIT * longest));
  return size >= 11 ? size : Math.min(cell - 3, (cell - 1) / (DIGIT * longest)) >= 11 ? 11 : 0;
}

const centred = (cell, side, [x, y, width, height]) => ({
  cell,
  side,
  x: x + (width - cell * side) / 2,
  y: y + (height - cell * side) / 2,
});

/** { cell, side, x, y } of a square grid, as large as fits into a box and no larger than `most`. */
function fitted(side, most, box) {
  return centred(Math.min(most, box[2] / side, box[3] / side), side, box);
}

/** Places of the grids { left, kernel, made, output }, whose sides are given, and the height. */
export function layout(width, sides) {
  if (width < NARROW) {
    const boxes = {};
    let y = CAPTION;
    for (const [name, high] of COLUMN) {
      boxes[name] = [EDGE, y, SLIM - 2 * EDGE, high];
      y += high + CAPTION + 2;
    }
    const rest = width - SLIM - SEAM;
    return {
      height: SHORT,
      isNarrow: true,
      left: fitted(sides.left, LARGEST.input, boxes.left),
      kernel: fitted(sides.kernel, LARGEST.kernel, boxes.kernel),
      made: fitted(sides.kernel, LARGEST.kernel, boxes.made),
      output: fitted(sides.output, LARGEST.output, [SLIM + SEAM, CAPTION, rest, SHORT - CAPTION - STRIP]),
    };
  }
  const height = Math.round(BASE + GROWTH * width);
  const room = height - CAPTION - STRIP;
  const share = 0.42 * (width - MIDDLE - 2 * GAP);
  const rest = width - MIDDLE - 2 * GAP - share;
  const half = height / 2 - CAPTION - 4;
  const cell = Math.min(LARGEST.kernel, MIDDLE / sides.kernel, half / sides.kernel);
  const low = height / 2 - cell * sides.kernel;
  const upper = [share + GAP, low - 8, MIDDLE, cell * sides.kernel];
  const lower = [share + GAP, height / 2 + CAPTION + 2, MIDDLE, cell * sides.kernel];
  return {
    height,
    isNarrow: false,
    left: fitted(sides.left, LARGEST.input, [2, CAPTION, share - 4, room]),
    kernel: centred(cell, sides.kernel, upper),
    made: centred(cell, sides.kernel, lower),
    output: fitted(sides.output, LARGEST.output, [width - rest, CAPTION, rest - 2, room]),
  };
}
