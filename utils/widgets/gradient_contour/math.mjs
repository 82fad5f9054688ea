// The surfaces of the gradient demo: heights, gradients, stationary points, contour lines.

import { contourLines } from "../kit/contours.mjs";
import { direction } from "../kit/matrix.mjs";

const EDGE = 2.95; // of the map
const CELL = 0.05; // of the grid that contour lines are computed on
const ZERO = 1e-9; // lengths below this are rounding
const QUARTER = Math.PI / 2;
const SCALE = 0.8; // of the gradient's arrow
const SHORTEST = 0.5; // so long must an arrow be to look out from under the point
const LONGEST = 1.8; // longer than this it would cover the map
const RIM = 0.1; // of the map, which no arrow enters

// Minima, maxima and saddle points lie on multiples of 0.05, where a drag can find them.
const SURFACES = {
  bowl: {
    height: ([x, y]) => (x * x + y * y) / 2,
    gradient: ([x, y]) => [x, y],
    stationary: [[0, 0, "a minimum"]],
    step: 0.5,
  },
  "stretched bowl": {
    height: ([x, y]) => (x * x) / 4 + y * y,
    gradient: ([x, y]) => [x / 2, 2 * y],
    stationary: [[0, 0, "a minimum"]],
    step: 0.75,
  },
  saddle: {
    height: ([x, y]) => (x * x - y * y) / 2,
    gradient: ([x, y]) => [x, -y],
    stationary: [[0, 0, "a saddle point"]],
    step: 0.5,
  },
  valley: {
    height: ([x, y]) => (x - 1) ** 2 / 8 + (y + 1 - x * x) ** 2 / 12,
    gradient([x, y]) {
      const above = y + 1 - x * x; // the floor of the valley
      return [(x - 1) / 4 - (x * above) / 3, above / 6];
    },
    stationary: [[1, 0, "a minimum"]],
    step: 0.3,
  },
  waves: {
    height: ([x, y]) => 2 * Math.sin(QUARTER * x) * Math.cos(QUARTER * y),
    gradient: ([x, y]) => [
      Math.PI * Math.cos(QUARTER * x) * Math.cos(QUARTER * y),
      -Math.PI * Math.sin(QUARTER * x) * Math.sin(QUARTER * y),
    ],
    stationary: [
      [1, 0, "a maximum"],
      [-1, 0, "a minimum"],
      ...[-2, 2].flatMap((y) => [[1, y, "a minimum"], [-1, y, "a maximum"]]),
      ...[-2, 0, 2].flatMap((x) => [[x, 1, "a saddle point"], [x, -1, "a saddle point"]]),
    ],
    step: 0.4,
  },
};

/** Names of all surfaces. */
export function surfaces() {
  return Object.keys(SURFACES);
}

/** How high the ground is along u: [t, height above the point] where a walk of length t leads. */
export function section(name, [x, y], angle, along) {
  const [right, up] = direction(angle);
  const here = height(name, [x, y]);
  return along.map((t) => [t, height(name, [x + t * right, y + t * up]) - here]);
}

/** The height of a surface at a point [x, y]. */
export function height(name, point) {
  return SURFACES[name].height(point);
}

/** The gradient [∂f/∂x, ∂f/∂y]; exactly zero where nothing but rounding is left of it. */
export function gradient(name, point) {
  const found = SURFACES[name].gradient(point);
  return Math.hypot(...found) < ZERO ? [0, 0] : found;
}

/** How steep a surface is at a point: the length of the gradient. */
export function steepness(name, point) {
  return Math.hypot(...gradient(name, point));
}

/** The angle of steepest ascent in degrees, from 0 to 360; null where the gradient is zero. */
export function steepest(name, point) {
  const [x, y] = gradient(name, point);
  if (!x && !y) return null;
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

/** The directional derivative: the slope along the direction at an angle in degrees. */
export function slope(name, point, angle) {
  const [x, y] = gradient(name, point);
  const [right, up] = direction(angle);
  return x * right + y * up;
}

/** How far it is from a point to the rim of the map along a unit vector. */
export function room(point, way) {
  return Math.min(...way.map((part, side) => (part ? (EDGE - RIM - Math.sign(part) * point[side]) / Math.abs(part) : Infinity)));
}

/** How long the gradient's arrow is drawn at a point, and whether that is "to scale", "long" or "short". */
export function arrowLength(name, point) {
  const length = steepness(name, point);
  const [wanted, up] = [SCALE * length, gradient(name, point).map((value) => value / length)];
  if (wanted < SHORTEST) return { drawn: SHORTEST, fit: "short" };
  const most = Math.min(LONGEST, room(point, up));
  return wanted > most ? { drawn: most, fit: "long" } : { drawn: wanted, fit: "to scale" };
}

/** How u lies to the gradient: "ascent", "descent", "level", "between" or "none". */
export function relation(name, point, angle) {
  const length = steepness(name, point);
  if (!length) return "none";
  const share = slope(name, point, angle) / length;
  if (Math.abs(share) < 1e-7) return "level";
  // A cosine of 1 − 1e-12 is an angle of less than a ten-thousandth of a degree.
  if (Math.abs(share) < 1 - 1e-12) return "between";
  return share > 0 ? "ascent" : "descent";
}

/** The stationary points of a surface as [x, y, kind]. */
export function stationaryPoints(name) {
  return SURFACES[name].stationary;
}

/** What kind of stationary point this is; "a stationary point" if it is not a known one. */
export function kindOf(name, [x, y]) {
  const near = ([a, b]) => Math.hypot(a - x, b - y) < 1e-6;
  return SURFACES[name].stationary.find(near)?.[2] ?? "a stationary point";
}

const COUNT = Math.round((2 * EDGE) / CELL);
const coordinate = (index) => (index - COUNT / 2) * CELL;
const grids = new Map();

function grid(name) {
  if (!grids.has(name)) {
    const along = Array.from({ length: COUNT + 1 }, (_, index) => coordinate(index));
    grids.set(name, along.map((y) => along.map((x) => height(name, [x, y]))));
  }
  return grids.get(name);
}

/** Contour lines at the given heights as arrays of points [x, y], one array of lines a height. */
export function linesAt(name, heights) {
  const place = (at) => at.map(coordinate);
  return contourLines(grid(name), heights).map((lines) => lines.map((line) => line.map(place)));
}

/** The heights of the map's contour lines, `step` apart. */
export function heightsOf(name) {
  const { step } = SURFACES[name];
  const all = grid(name).flat();
  const [least, greatest] = [Math.min, Math.max].map((choose) => all.reduce((a, b) => choose(a, b)));
  const [first, last] = [Math.floor(least / step) + 1, Math.ceil(greatest / step) - 1];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

const WIDE = 0.1; // cell of the grid for filled regions
const BEYOND = 31; // cells from the middle to its border, which lies outside the map
const NOWHERE = -1e9; // around that border, so that each region is closed

/** For each height the borders of the region above it, as closed lines of points [x, y]. */
export function regions(name) {
  const count = 2 * BEYOND + 3;
  const place = (index) => (index - BEYOND - 1) * WIDE;
  const isRim = (index) => index === 0 || index === count - 1;
  const at = (row, column) =>
    isRim(row) || isRim(column) ? NOWHERE : height(name, [place(column), place(row)]);
  const rows = Array.from({ length: count }, (_, row) => Array.from({ length: count }, (_, column) => at(row, column)));
  return contourLines(rows, heightsOf(name)).map((lines) => lines.map((line) => line.map((point) => point.map(place))));
}

/** The stationary point nearest to a place, if it is at most `within` away; the place itself otherwise. */
export function caught(name, place, within) {
  const away = ([x, y]) => Math.hypot(x - place[0], y - place[1]);
  const near = SURFACES[name].stationary.filter((point) => away(point) <= within);
  return near.length ? near.reduce((best, next) => (away(next) < away(best) ? next : best)).slice(0, 2) : place;
}

/** How far apart the contour lines of the map are in height. */
export function stepOf(name) {
  return SURFACES[name].step;
}
