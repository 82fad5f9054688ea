// Where things lie in the image kernel demo: pictures over each other, a lens, a tour.

const PARTS = 3; // of the output on each side, with a stop in each
const EDGE = 0.06; // the share of a side that a tour leaves out: there the padding answers

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

/**
 * Stops of a tour through an output, [row, column] each, to and fro over its parts: in turn the
 * largest value of a part and the value nearest to 0; of equal ones the one nearest the middle.
 */
export function tour(values, rows, columns) {
  const span = (length, part) => {
    const edge = Math.ceil(EDGE * length);
    const bound = (count) => edge + Math.floor((count * (length - 2 * edge)) / PARTS);
    return [bound(part), bound(part + 1)];
  };
  const stops = [];
  for (let band = 0; band < PARTS; band++) {
    for (let step = 0; step < PARTS; step++) {
      const [top, bottom] = span(rows, band);
      const [left, right] = span(columns, band % 2 ? PARTS - 1 - step : step);
      const worth = stops.length % 2 ? (value) => -Math.abs(value) : (value) => value;
      let best = null;
      for (let r = top; r < bottom; r++) {
        for (let c = left; c < right; c++) {
          const value = worth(values[r * columns + c]);
          const away = Math.hypot(r - (top + bottom - 1) / 2, c - (left + right - 1) / 2);
          if (best && (value < best.value || (value === best.value && away >= best.away))) continue;
          best = { value, away, place: [r, c] };
        }
      }
      if (best) stops.push(best.place);
    }
  }
  return stops;
}

/** The stop after a place, or null after the last one; from anywhere else, the first. */
export function nextStop(stops, place) {
  return stops[stops.findIndex((stop) => String(stop) === String(place)) + 1] ?? null;
}
