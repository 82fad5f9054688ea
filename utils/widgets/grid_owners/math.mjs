// Which cell answers for which object: pure functions, compared with torch.

const within = (value, least, most) => Math.max(least, Math.min(most, value));

/**
 * For each object { column, row, x, y, w, h, by }: its cell, where in it the centre lies, width and
 * height as shares of the picture, and the object that the cell answers for, itself or an earlier
 * one. `centres` is x and y of each in turn, `objects` have a width and a height.
 */
export function owners(centres, objects, side, size) {
  const found = objects.map(({ width, height }, index) => {
    const [across, down] = [centres[2 * index], centres[2 * index + 1]].map((place) => (place * side) / size);
    const [column, row] = [across, down].map((place) => within(Math.floor(place), 0, side - 1));
    return { column, row, x: across - column, y: down - row, w: width / size, h: height / size };
  });
  return found.map((mine) => ({
    ...mine,
    by: found.findIndex((other) => other.column === mine.column && other.row === mine.row),
  }));
}

/** How many of the objects their cells answer for. */
export const keptCount = (found) => found.filter(({ by }, index) => by === index).length;

/** The centres after one object was put somewhere, in whole halves of a pixel, within the picture. */
export function placed(centres, objects, index, [x, y], size) {
  const half = [objects[index].width / 2, objects[index].height / 2];
  const next = [...centres];
  [x, y].forEach((place, axis) => {
    next[2 * index + axis] = within(Math.round(2 * place) / 2, half[axis], size - half[axis]);
  });
  return next;
}
