// The arithmetic of the HOG viewer: edge directions counted by cell, on plain numbers and arrays.

export const HAIR = 1e-6; // of a bin; rounding must not push an angle on a bin's edge below it
export const FULL = 0.99; // the quantile of all numbers from which on a line is drawn at full strength
const LEVEL = 0.4; // the share of the votes from which on a cell is called level
const REACH = 0.45; // of a cell's side, from its middle to the end of a line

/** The brightness, 0 to 1, of 8-bit grey levels at a contrast. */
export function brightness(pixels, contrast) {
  const image = new Float64Array(pixels.length); // a loop, because `from` is many times slower
  for (let index = 0; index < image.length; index++) image[index] = contrast * (pixels[index] / 255);
  return image;
}

/** Which of the bins of equal width, modulo 180°, a gradient votes for. */
export function binOf(row, column, orientations) {
  let angle = (Math.atan2(row, column) * (180 / Math.PI)) % 180;
  if (angle < 0) angle += 180;
  // Rounding can turn an angle just below 0 into 180, which is bin 0 again.
  return Math.floor((angle * orientations) / 180 + HAIR) % orientations;
}

/**
 * The gradient at a pixel of a row-major picture, [down, across]: differences of its neighbours. A
 * difference that lacks a neighbour is zero.
 */
function gradientAt(image, width, height, y, x) {
  const at = y * width + x;
  const down = y > 0 && y < height - 1 ? image[at + width] - image[at - width] : 0;
  const across = x > 0 && x < width - 1 ? image[at + 1] - image[at - 1] : 0;
  return [down, across];
}

/**
 * The histograms of all cells of a row-major picture: {values, rows, columns}.
 *
 * `values` holds `orientations` numbers for each cell, the cells row by row. Every pixel votes as
 * loudly as its gradient is long, and a histogram is the mean over its cell. Pixels that fill no cell
 * are left out.
 */
export function cellHistograms(image, width, height, { cell, orientations }) {
  const rows = Math.floor(height / cell);
  const columns = Math.floor(width / cell);
  const values = new Float64Array(rows * columns * orientations);
  for (let y = 0; y < rows * cell; y++) {
    const cellsAbove = Math.floor(y / cell) * columns;
    for (let x = 0; x < columns * cell; x++) {
      const [down, across] = gradientAt(image, width, height, y, x);
      if (down === 0 && across === 0) continue;
      const start = (cellsAbove + Math.floor(x / cell)) * orientations;
      values[start + binOf(down, across, orientations)] += Math.sqrt(down * down + across * across);
    }
  }
  for (let index = 0; index < values.length; index++) values[index] /= cell * cell;
  return { values, rows, columns };
}

/** The votes of the pixels of one cell that have a gradient: {y, x, bin, down, across}, y and x from its corner. */
export function votesIn(image, width, height, { cell, orientations }, [row, column]) {
  const votes = [];
  for (let y = 0; y < cell; y++)
    for (let x = 0; x < cell; x++) {
      const [down, across] = gradientAt(image, width, height, row * cell + y, column * cell + x);
      if (down || across) votes.push({ y, x, bin: binOf(down, across, orientations), down, across });
    }
  return votes;
}

/** The votes of one cell, as an array. */
export function histogramAt({ values, columns }, orientations, [row, column]) {
  const start = (row * columns + column) * orientations;
  return [...values.subarray(start, start + orientations)];
}

/** The value below which a share of all values lies, linear between two neighbours, as in torch. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * How strong the line of every number is, from 0 to 1, and from which number on it is 1: {shares,
 * full}. One number in a hundred is larger than `full`, which is 0 where hardly a cell has an edge.
 */
export function strengths(values) {
  const full = quantile(values, FULL);
  const shares = values.map((value) => (value > 0 ? Math.min(value / full, 1) : 0));
  return { shares, full };
}

/** The index of the largest vote, the first of equal ones; -1 if there is no vote. */
export function largestBin(histogram) {
  const most = Math.max(...histogram);
  return most > 0 ? histogram.indexOf(most) : -1;
}

/** A place within bounds: whole, from 0 to count - 1. */
export const bounded = (place, count) => Math.max(0, Math.min(count - 1, Math.floor(place)));

/** The cell that holds the middle of another one, of another size. */
export function cellAround([row, column], before, after, side) {
  const count = Math.floor(side / after);
  return [row, column].map((place) => bounded(((place + 0.5) * before) / after, count));
}

/** The middle of a bin, in degrees. */
export const binMiddle = (index, orientations) => ((index + 0.5) * 180) / orientations;

const tidy = (value) => Math.round(100 * value) / 100 + 0; // never "-0"

/** From the middle of an edge to its end, [right, down], for a gradient of this angle. */
export function along(degrees, reach) {
  const turn = (degrees * Math.PI) / 180;
  return [-Math.sin(turn) * reach, Math.cos(turn) * reach].map(tidy);
}

/**
 * The lines of all cells as SVG paths: for every bin one for each level of strength. Below the first
 * level there is no line.
 */
export function linePaths({ rows, columns }, shares, { cell, orientations }, levels) {
  const ends = Array.from({ length: orientations }, (_, bin) => along(binMiddle(bin, orientations), REACH * cell));
  // Every number becomes text once, not once for every line.
  const starts = (count, side) =>
    Array.from({ length: count }, (_, place) => ends.map((end) => tidy((place + 0.5) * cell - end[side])));
  const lefts = starts(columns, 0).map((row) => row.map((x) => `M${x} `));
  const rests = starts(rows, 1).map((row) =>
    row.map((y, bin) => `${y}l${tidy(2 * ends[bin][0])} ${tidy(2 * ends[bin][1])}`),
  );
  const paths = ends.map(() => new Array(levels).fill(""));
  let index = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let bin = 0; bin < orientations; bin++) {
        const level = Math.round(shares[index++] * levels);
        if (level > 0) paths[bin][level - 1] += lefts[column][bin] + rests[row][bin];
      }
  return paths;
}

/** One SVG path a bin: a line along the edge at every pixel, as long as its gradient; the longest fills its pixel. */
export function votePaths(votes, orientations) {
  const longest = Math.max(0, ...votes.map(({ down, across }) => Math.hypot(down, across)));
  const paths = new Array(orientations).fill("");
  for (const { y, x, bin, down, across } of votes) {
    const [right, below] = [(-down / longest) * REACH, (across / longest) * REACH];
    const start = `M${tidy(x + 0.5 - right)} ${tidy(y + 0.5 - below)}`;
    paths[bin] += `${start}l${tidy(2 * right)} ${tidy(2 * below)}`;
  }
  return paths;
}

/** Whether the largest bin lies at 90°, where edges are level, and has over 40 % of all votes; bins of 30° or less. */
export function isLevel(histogram) {
  const bins = histogram.length;
  const best = largestBin(histogram);
  const total = histogram.reduce((sum, vote) => sum + vote, 0);
  const holds = best * 180 <= 90 * bins && 90 * bins <= (best + 1) * 180;
  return bins >= 6 && best >= 0 && holds && histogram[best] > LEVEL * total;
}
