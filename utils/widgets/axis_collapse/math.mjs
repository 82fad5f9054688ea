// The block of loaves, its lines along an axis, and what they flow together into.

export const LOAVES = [
  [[3, 1, 4, 2], [5, 9, 2, 6], [1, 3, 5, 8]],
  [[8, 7, 3, 6], [4, 1, 7, 9], [2, 6, 9, 0]],
];
export const SHAPE = [2, 3, 4];

/** The cells of a shape as indices, in the order of memory. */
export function cells(shape) {
  return shape.reduce((found, size) => found.flatMap((index) => Array.from({ length: size }, (_, at) => [...index, at])), [[]]);
}

/** The shape without one axis, or with the size 1 in its place. */
export function shapeOf({ dim, keepdim }) {
  return SHAPE.flatMap((size, axis) => (axis === dim ? (keepdim ? [1] : []) : [size]));
}

/** How many slices along the axis have flowed together. */
export function countOf({ dim, step }) {
  return Math.min(step, SHAPE[dim]);
}

/** The place in the flat result into which a cell of the block flows. */
export function placeOf(dim, index) {
  return index.reduce((place, at, axis) => (axis === dim ? place : place * SHAPE[axis] + at), 0);
}

/** Where a result stands: its index in the block on the first slice, and its index in the result. */
export function targetOf({ dim, keepdim }, place) {
  const rest = cells(shapeOf({ dim, keepdim: false }))[place];
  const inBlock = [...rest.slice(0, dim), 0, ...rest.slice(dim)];
  return { inBlock, inResult: keepdim ? inBlock : rest };
}

/** The numbers that flow into one place of the result, from the first slice on. */
export function lineOf(dim, place) {
  const { inBlock } = targetOf({ dim, keepdim: true }, place);
  return Array.from({ length: SHAPE[dim] }, (_, at) => {
    const [day, shop, bread] = inBlock.map((own, axis) => (axis === dim ? at : own));
    return LOAVES[day][shop][bread];
  });
}

const add = (numbers) => numbers.reduce((total, value) => total + value, 0);
const JOINS = {
  sum: add,
  mean: (numbers) => add(numbers) / numbers.length,
  amax: (numbers) => Math.max(...numbers),
};

/** The flat result of the first `count` slices; null for each place if there is none. */
export function resultOf({ dim, reduction }, count) {
  const places = cells(shapeOf({ dim, keepdim: false })).keys();
  return [...places].map((place) => (count ? JOINS[reduction](lineOf(dim, place).slice(0, count)) : null));
}
