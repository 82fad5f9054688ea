// Where the numbers of an 8×8 colour picture lie, and how to change one.

export const SIDE = 8; // pixels along either side
export const LARGEST = 255;
export const CHANNELS = ["red", "green", "blue"];

const isFirst = (order) => order === "channels first";

/** The shape of the tensor: (3, 8, 8), or with channels last (8, 8, 3). */
export const shapeOf = (order) => (isFirst(order) ? [3, SIDE, SIDE] : [SIDE, SIDE, 3]);

/** How many places lie between neighbours along each axis; the last axis is gapless. */
export function stridesOf(order) {
  const [, middle, last] = shapeOf(order);
  return [middle * last, last, 1];
}

/** The index of one number of a pixel. */
export const indexOf = (order, channel, row, column) =>
  isFirst(order) ? [channel, row, column] : [row, column, channel];

/** The place of a number in the flat storage, from 0 to 191. */
export function placeOf(order, channel, row, column) {
  const strides = stridesOf(order);
  return indexOf(order, channel, row, column).reduce((sum, at, axis) => sum + at * strides[axis], 0);
}

/** The channel, row and column of the number at a place: the inverse of `placeOf`. */
export function numberAt(order, place) {
  const [far, near] = stridesOf(order);
  const index = [Math.floor(place / far), Math.floor((place % far) / near), place % near];
  return isFirst(order) ? index : [index[2], index[0], index[1]];
}

/** The places of a pixel's red, green and blue. */
export const placesOf = (order, row, column) =>
  CHANNELS.map((_, channel) => placeOf(order, channel, row, column));

/** Where memory has been walked when pixels are taken row by row up to this one: [from, to) each. */
export function walked(order, row, column) {
  const places = placesOf(order, row, column);
  if (!isFirst(order)) return [[0, places.at(-1) + 1]];
  return places.map((place, channel) => [channel * SIDE * SIDE, place + 1]);
}

/** Whether this is the last pixel. */
export const isLast = (row, column) => row === SIDE - 1 && column === SIDE - 1;

/** All 192 numbers as they lie in storage. */
export function flat(picture, order) {
  return Array.from({ length: 3 * SIDE * SIDE }, (_, place) => {
    const [channel, row, column] = numberAt(order, place);
    return picture[channel][row][column];
  });
}

/** Red, green and blue of one pixel. */
export const pixelAt = (picture, row, column) => picture.map((plane) => plane[row][column]);

/** A picture with one number changed; the given one stays as it is. */
export const painted = (picture, channel, row, column, value) =>
  picture.map((plane, k) =>
    k !== channel
      ? plane
      : plane.map((line, i) => (i !== row ? line : line.map((old, j) => (j === column ? value : old)))),
  );

/** One channel alone, as light: red, green and blue, two of which are 0. */
export const alone = (channel, value) => CHANNELS.map((_, k) => (k === channel ? value : 0));

/** The row and column that a step leads to; at an edge it stays. */
export const stepped = (place, by) =>
  place.map((at, side) => Math.max(0, Math.min(SIDE - 1, at + by[side])));

const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

/** Relative luminance by WCAG 2, from 0 for black to 1 for white. */
export function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((value) => linear(value / LARGEST));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever stands out more from a colour; the contrast is 4.58 at least. */
export function inkOn(colour) {
  const light = luminance(colour);
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#ffffff" : "#000000";
}
