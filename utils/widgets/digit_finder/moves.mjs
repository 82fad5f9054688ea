// What a reader does to the objects of a scene: pure functions that return new rows.

import { COUNT, LEAST, MOST, SIZE, extentOf } from "./painting.mjs";

const USUAL = 18; // the side of a new digit's image in pixels
const APART = 2; // pixels between the places that are tried for it

const within = (value, least, most) => Math.max(least, Math.min(most, value));

/** The objects after one was put somewhere: left and top of its ink, whole and within the scene. */
export function placed(objects, index, corner, sprites) {
  const [digit, side] = objects[index];
  const extent = extentOf(sprites(digit, side));
  const next = corner.map((place, axis) => within(Math.round(place), 0, SIZE - extent[axis]));
  return objects.map((row, at) => (at === index ? [digit, side, ...next] : row));
}

/** The objects after one was made larger or smaller around its centre. */
export function resized(objects, index, by, sprites) {
  const [digit, side, x, y] = objects[index];
  const next = within(side + by, LEAST, MOST);
  const [before, after] = [side, next].map((size) => extentOf(sprites(digit, size)));
  const corner = [x, y].map((place, axis) => place + (before[axis] - after[axis]) / 2);
  const rows = objects.map((row, at) => (at === index ? [digit, next, x, y] : row));
  return placed(rows, index, corner, sprites);
}

/** How many pixels two objects share with their boxes. */
function shared(one, other, sprites) {
  const ends = [one, other].map(([digit, side, x, y]) => {
    const [width, height] = extentOf(sprites(digit, side));
    return [x, y, x + width, y + height];
  });
  const length = (axis) => Math.min(ends[0][axis + 2], ends[1][axis + 2]) - Math.max(ends[0][axis], ends[1][axis]);
  return Math.max(0, length(0)) * Math.max(0, length(1));
}

/** The objects with one more, where it covers least, as near to the middle as can be; at most four. */
export function added(objects, digit, sprites) {
  if (objects.length >= COUNT) return objects;
  const [width, height] = extentOf(sprites(digit, USUAL));
  let best = null;
  for (let y = 0; y <= SIZE - height; y += APART) {
    for (let x = 0; x <= SIZE - width; x += APART) {
      const row = [digit, USUAL, x, y];
      const covered = objects.reduce((sum, other) => sum + shared(row, other, sprites), 0);
      const away = Math.hypot(x + width / 2 - SIZE / 2, y + height / 2 - SIZE / 2);
      if (!best || covered < best.covered || (covered === best.covered && away < best.away)) best = { row, covered, away };
    }
  }
  return [...objects, best.row];
}

/** The objects without one. */
export const removed = (objects, index) => objects.filter((_, at) => at !== index);
