// What the gradient demo draws: marks for the map, and for the slope by the angle of u.

import { direction } from "../kit/matrix.mjs";
import { arrowLength, gradient, height, heightsOf, linesAt, slope, steepest, steepness } from "./math.mjs";

const CORNER = 0.2; // side of the mark of a right angle
const SHADES = 5; // strengths of contour lines
const ANGLES = Array.from({ length: 91 }, (_, index) => 4 * index);

const plus = (one, other, factor = 1) => one.map((value, side) => value + factor * other[side]);
const across = ([x, y]) => [-y, x];
const maps = new Map();

/** How far from the point the handle of u is. */
export function reach() {
  return 0.8;
}

/** The contour lines of a surface; a higher number in their look means a higher line. */
export function contourMarks(name) {
  if (!maps.has(name)) {
    const heights = heightsOf(name);
    const shade = (index) => Math.floor((index * SHADES) / heights.length);
    const marks = linesAt(name, heights).flatMap((lines, index) =>
      // Every other point is enough for a line of one pixel.
      lines.map((line) => ({
        line: line.filter((_, at) => at % 2 === 0 || at === line.length - 1),
        look: `contour book-shade-${shade(index)}`,
      })),
    );
    maps.set(name, marks);
  }
  return maps.get(name);
}

function arrowMarks(name, point, u) {
  const length = steepness(name, point);
  if (!length) return [];
  const up = gradient(name, point).map((value) => value / length);
  const { drawn } = arrowLength(length);
  const tip = plus(point, up, drawn);
  const along = up[0] * u[0] + up[1] * u[1];
  const foot = plus(point, u, along * drawn);
  const side = across(up);
  const corner = [
    plus(point, side, CORNER),
    plus(plus(point, side, CORNER), up, CORNER),
    plus(point, up, CORNER),
  ];
  const isLeft = side[0] * u[0] + side[1] * u[1] > 0;
  return [
    { line: corner, look: "corner" },
    { line: [tip, foot], look: "foot" },
    { arrow: [point, tip], look: "gradient" },
    // On the side where u is not.
    { text: "∇f", at: tip, away: isLeft ? [-side[0], -side[1]] : side, look: "gradient" },
  ];
}

/** Everything on the map for one setting. */
export function mapMarks({ function: name, point, angle }) {
  const u = direction(angle);
  const end = plus(point, u, reach());
  const [here] = linesAt(name, [height(name, point)]);
  const way = across(u);
  const [x, y] = gradient(name, point);
  const isRight = u[0] * y - u[1] * x > 0; // the gradient is on the left of u
  return [
    ...contourMarks(name),
    ...here.map((line) => ({ line, look: "here" })),
    ...arrowMarks(name, point, u),
    { arrow: [point, end], look: "u" },
    { text: "u", at: end, away: isRight ? [-way[0], -way[1]] : way, look: "u" },
  ];
}

/** The slope along u by the angle of u: a cosine as high as the gradient is long. */
export function slopeMarks({ function: name, point, angle }) {
  const curve = ANGLES.map((at) => [at, slope(name, point, at)]);
  const now = [angle, slope(name, point, angle)];
  const top = steepest(name, point);
  const marks = [
    { line: curve, look: "curve" },
    { line: [[angle, 0], now], look: "u" },
  ];
  if (top === null) return [...marks, { text: "level in every direction", at: [180, 0], away: [0, 1], look: "curve" }];
  const length = steepness(name, point);
  const places = [
    ["steepest ascent", top, length],
    ["steepest descent", (top + 180) % 360, -length],
  ];
  const named = places.flatMap(([text, at, value]) => [
    { dot: [at, value], look: "curve" },
    { text, at: [at, value], away: [0, value], look: "curve" },
  ]);
  const level = [90, 270].map((turn) => ({ dot: [(top + turn) % 360, 0], look: "curve" }));
  return [...marks, ...named, ...level];
}
