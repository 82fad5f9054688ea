// Where things lie in the image kernel demo: pictures over each other, a lens, a sweep.

const EDGE = 0.06; // the share of a side in which no answer counts: there the padding answers
const REACH = 8; // pixels on each side of the largest answer that are passed slowly

/**
 * Where the output lies over its input, in input pixels from the edge of the drawing, so that
 * both pictures show the same place alike; `margin` is what the drawing leaves around the input.
 */
export function offsetOf(kernelSize, { padding, stride }, margin) {
  return Math.max(0, margin - padding + (kernelSize - 1) / 2 - Math.floor(stride / 2));
}

/** The corners of a box of { x, y, width, height }. */
export function corners({ x, y, width, height }) {
  return [x, x + width].flatMap((across) => [y, y + height].map((down) => [across, down]));
}

/** The convex hull of points, counter-clockwise in a plane with y upwards (monotone chain). */
export function hull(points) {
  const sorted = [...points].sort(([a, b], [c, d]) => a - c || b - d);
  const turnsLeft = ([a, b], [c, d], [e, f]) => (c - a) * (f - b) - (d - b) * (e - a) > 0;
  const half = (row) => {
    const chain = [];
    for (const point of row) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** The place of the largest answer of an output, away from its edges. */
function largest(values, rows, columns) {
  const [high, wide] = [rows, columns].map((length) => Math.ceil(EDGE * length));
  let best = null;
  for (let r = high; r < rows - high; r++) {
    for (let c = wide; c < columns - wide; c++) {
      const value = values[r * columns + c];
      const away = Math.hypot(r - (rows - 1) / 2, c - (columns - 1) / 2);
      if (best && (value < best.value || (value === best.value && away >= best.away))) continue;
      best = { value, away, place: [r, c] };
    }
  }
  return best?.place ?? [0, 0];
}

/**
 * A sweep over an output, which is written in reading order behind the window: `start` and the
 * `stops` after it, [row, column] each. Down to the row of the largest answer, through that answer
 * pixel by pixel, down to the end, and, with all of the output written, back to the answer; of
 * equal ones to the one nearest the middle.
 */
export function sweep(values, rows, columns) {
  const [row, column] = largest(values, rows, columns);
  const near = Math.max(0, column - REACH);
  const far = Math.min(columns - 1, column + REACH);
  const places = [[row, near], [row, far], [rows - 1, far], [row, column]];
  const isNew = (place, at) => places.findIndex((one) => String(one) === String(place)) === at;
  return { start: [0, near], stops: places.filter(isNew) };
}

/** The stop after a place, or null after the last one; from anywhere else, the first. */
export function nextStop(stops, place) {
  return stops[stops.findIndex((stop) => String(stop) === String(place)) + 1] ?? null;
}
