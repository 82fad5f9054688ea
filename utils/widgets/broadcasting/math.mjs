// The rules of broadcasting, as arithmetic on shapes and indices.

/** Both shapes with as many axes: ones in front of the shorter one, and how many were put there. */
export function align(a, b) {
  const axes = Math.max(a.length, b.length);
  const padded = (shape) => [...Array(axes - shape.length).fill(1), ...shape];
  return { a: padded(a), b: padded(b), added: [axes - a.length, axes - b.length] };
}

/** Two sizes of one axis: do they fit, which size comes out, and who is copied, "a", "b" or "". */
export function compare(a, b) {
  if (a === b) return { fits: true, size: a, copied: "" };
  if (a === 1) return { fits: true, size: b, copied: "a" };
  if (b === 1) return { fits: true, size: a, copied: "b" };
  return { fits: false, size: null, copied: "" };
}

/** The comparison of every axis, from left to right. */
export function compareAll(a, b) {
  const aligned = align(a, b);
  return aligned.a.map((size, axis) => compare(size, aligned.b[axis]));
}

/** The shape of the result, or null where the shapes do not fit. */
export function broadcastShape(a, b) {
  const axes = compareAll(a, b);
  return axes.every(({ fits }) => fits) ? axes.map(({ size }) => size) : null;
}

/** The index into an operand of the given shape that a place of the result reads. */
export function sourceIndex(shape, place) {
  const own = place.slice(place.length - shape.length);
  return own.map((at, axis) => (shape[axis] === 1 ? 0 : at));
}

/**
 * A shape after a press on one of its sizes, counted from the right: the size grows by one, up to
 * `most`, and begins again with 1; the size in front then goes. A 1 that was only put in front
 * becomes a 2 of its own.
 */
export function cycled(shape, fromRight, most) {
  const axis = shape.length - fromRight;
  if (axis < 0) return [2, ...Array(-axis - 1).fill(1), ...shape];
  if (axis === 0 && shape[0] >= most) return shape.slice(1);
  return shape.map((size, at) => (at === axis ? (size < most ? size + 1 : 1) : size));
}

/** A shape with one more axis in front than `axes`, of size 1. */
export const grown = (shape, axes) => [...Array(axes + 1 - shape.length).fill(1), ...shape];

/** The place of an index in memory, in reading order. */
export function flatIndex(shape, index) {
  return index.reduce((place, at, axis) => place * shape[axis] + at, 0);
}

/** The number of `a` (tens) or `b` (units) at a place in memory; Python's a_values and b_values. */
export const valueAt = (name, flat) => (1 + (flat % 9)) * (name === "a" ? 10 : 1);

/** What an operation makes of two numbers; the names are torch's. */
export function combine(operation, a, b) {
  return { add: a + b, sub: a - b, mul: a * b }[operation];
}

/** The nearest place that a shape without empty axes has, matched from the right. */
export function clamp(index, shape) {
  const wanted = index.slice(index.length - shape.length);
  return wanted.map((at, axis) => Math.max(0, Math.min(at, shape[axis] - 1)));
}
