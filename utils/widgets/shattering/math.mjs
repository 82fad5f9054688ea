// Labellings of a few points and the lines that separate them: pure functions.

const BELOW = 0.6; // how far a line passes under points of one class

/** Labelling number 1, 2, … of n points, in the order of counting with −1 for 0. */
export function labelling(number, n) {
  return Array.from({ length: n }, (_, index) => ((number - 1) >> (n - 1 - index)) % 2 ? 1 : -1);
}

/** The points with one label. */
export function ofClass(points, labels, sign) {
  return points.filter((_, index) => labels[index] === sign);
}

/**
 * w₁, w₂ and b of the line with the widest margin, w of length 1; null where no line separates.
 *
 * Two convex shapes that do not touch come closest at two corners, or at a corner and a side. So w
 * leads from a corner of one class to one of the other, or is at right angles to two points of one
 * class, and all of these are tried. Points of one class get a line below them.
 */
export function separator(points, labels) {
  const [minus, plus] = [-1, 1].map((sign) => ofClass(points, labels, sign));
  if (!minus.length || !plus.length) {
    const sign = plus.length ? 1 : -1;
    return [0, sign, -sign * (Math.min(...points.map((point) => point[1])) - BELOW)];
  }
  const across = minus.flatMap(([a, b]) => plus.map(([x, y]) => [x - a, y - b]));
  const aside = [minus, plus].flatMap((side) => side.flatMap(([a, b]) => side.map(([x, y]) => [b - y, x - a])));
  let best = null;
  for (const [first, second] of [...across, ...aside]) {
    const along = (side) => side.map(([x, y]) => first * x + second * y);
    const [low, high] = [Math.max(...along(minus)), Math.min(...along(plus))];
    if (high <= low) continue;
    const length = Math.hypot(first, second);
    const margin = (high - low) / length;
    if (!best || margin > best.margin) best = { margin, line: [first, second, -(low + high) / 2].map((value) => value / length) };
  }
  return best && best.line;
}

/** The line of each labelling, null where there is none. */
export function lines(points) {
  const n = points.length;
  return Array.from({ length: 2 ** n }, (_, index) => separator(points, labelling(index + 1, n)));
}

/** A place that the shapes of both classes share; for labels that no line separates. */
export function meeting(points, labels) {
  const sides = [1, -1].map((sign) => ofClass(points, labels, sign));
  for (const [own, other] of [sides, [...sides].reverse()]) {
    const inside = own.find((point) => !separator([point, ...other], [1, ...other.map(() => -1)]));
    if (inside) return inside;
  }
  const [[[a, b], [c, d]], [[e, f], [g, h]]] = sides; // two segments that cross
  const share = ((e - a) * (h - f) - (f - b) * (g - e)) / ((c - a) * (h - f) - (d - b) * (g - e));
  return [a + share * (c - a), b + share * (d - b)];
}
