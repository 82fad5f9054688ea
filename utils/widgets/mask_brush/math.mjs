// A painted mask against the true one: pure functions on arrays of 0 and 1, row by row.

/** The pixels of a text, four a hexadecimal digit, the first the highest bit. */
export function bits(text) {
  return [...text].flatMap((digit) => [8, 4, 2, 1].map((place) => (parseInt(digit, 16) & place ? 1 : 0)));
}

/** The text of pixels: the inverse of `bits`. */
export function text(mask) {
  let digits = "";
  for (let at = 0; at < mask.length; at += 4) {
    digits += (8 * mask[at] + 4 * mask[at + 1] + 2 * mask[at + 2] + mask[at + 3]).toString(16);
  }
  return digits;
}

/** Where at least one of several masks is 1. */
export const union = (masks) => masks[0].map((_, at) => (masks.some((mask) => mask[at]) ? 1 : 0));

/** What a pixel is: "right", "missed", "beside" or "rest". */
export const fate = (painted, truth) => (painted ? (truth ? "right" : "beside") : truth ? "missed" : "rest");

/** How many pixels are { right, missed, beside, rest }. */
export function count(painted, truth) {
  const counts = { right: 0, missed: 0, beside: 0, rest: 0 };
  painted.forEach((value, at) => {
    counts[fate(value, truth[at])] += 1;
  });
  return counts;
}

/** Pixel accuracy, IoU and Dice of counts; a score of an object that is in neither mask is null. */
export function scores({ right, missed, beside, rest }) {
  const union = right + missed + beside;
  return {
    accuracy: (right + rest) / (union + rest),
    iou: union ? right / union : null,
    dice: union ? (2 * right) / (union + right) : null,
  };
}

/** The mask moved down and to the right; what leaves the picture is lost. */
export function shifted(mask, [rows, columns], width) {
  const height = mask.length / width;
  return mask.map((_, at) => {
    const [row, column] = [Math.floor(at / width) - rows, (at % width) - columns];
    return row >= 0 && row < height && column >= 0 && column < width ? mask[row * width + column] : 0;
  });
}

const AROUND = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => [row, column]));

/** One pixel more all around. */
export const grown = (mask, width) => union(AROUND.map((step) => shifted(mask, step, width)));

/** One pixel less all around; the edge of the picture takes nothing away. */
export function shrunk(mask, width) {
  const ground = grown(mask.map((value) => 1 - value), width);
  return ground.map((value) => 1 - value);
}

/** The mask after a round brush of `size` pixels has touched places: `value` there. */
export function brushed(mask, places, size, value, width) {
  const found = [...mask];
  const [height, reach] = [mask.length / width, Math.floor(size / 2)];
  const shift = size % 2 ? 0 : 0.5; // an even brush has its middle between pixels
  for (const place of places) {
    const [row, column] = [Math.floor(place / width), place % width];
    for (let i = row - reach; i <= row + reach; i++) {
      for (let j = column - reach; j <= column + reach; j++) {
        const far = (i - row + shift) ** 2 + (j - column + shift) ** 2;
        if (i >= 0 && i < height && j >= 0 && j < width && far <= (size / 2) ** 2) found[i * width + j] = value;
      }
    }
  }
  return found;
}

/** The places on a straight way from one to another, both ends in it. */
export function way(from, to, width) {
  const [row, column] = [Math.floor(from / width), from % width];
  const [down, right] = [Math.floor(to / width) - row, (to % width) - column];
  const steps = Math.max(Math.abs(down), Math.abs(right));
  return Array.from({ length: steps + 1 }, (_, index) => {
    const share = steps ? index / steps : 0;
    return Math.round(row + share * down) * width + Math.round(column + share * right);
  });
}

/** How far to the right a mask is the true one moved: 0 to `most` pixels, or null. */
export function steps(painted, truth, width, most) {
  for (let far = 0; far <= most; far++) {
    const there = shifted(truth, [0, far], width);
    if (there.every((value, at) => value === painted[at])) return far;
  }
  return null;
}

/** The outline of pixels as a path of SVG: a run of each row is one rectangle. */
export function runs(isIn, width, count) {
  let path = "";
  for (let at = 0; at < count; ) {
    const [row, start] = [Math.floor(at / width), at % width];
    let long = 0;
    while (start + long < width && isIn(at + long)) long++;
    if (long) path += `M${start} ${row}h${long}v1h${-long}z`;
    at += long || 1;
  }
  return path;
}

/** The edges between a mask and what is not in it, as a path of SVG. */
export function edges(mask, width) {
  const height = mask.length / width;
  const at = (row, column) => (row >= 0 && row < height && column >= 0 && column < width ? mask[row * width + column] : 0);
  let path = "";
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      if (at(row, column) !== at(row - 1, column)) path += `M${column} ${row}h1`;
      if (at(row, column) !== at(row, column - 1)) path += `M${column} ${row}v1`;
    }
  }
  return path;
}
