// What the gradient demo draws: the ground of the map, its marks, the cut along u, slope by angle.

import { direction } from "../kit/matrix.mjs";
import { number } from "../kit/numbers.mjs";
import { arrowLength, gradient, height, linesAt, regions, room, section, slope, steepest, steepness } from "./math.mjs";

const CORNER = 0.28; // side of the mark of a right angle
const REACH = 1.6; // from the point to the handle of u, where the map has room for it
const AHEAD = 0.8; // from the point to the tip of u in the cut
const [DEEP, PALE] = [58, 5]; // per cent of green in the lowest and in the highest region
const ANGLES = Array.from({ length: 91 }, (_, index) => 4 * index);
const WALK = Array.from({ length: 49 }, (_, index) => (index - 24) / 20); // from −1.2 to 1.2
const FAR = 30; // below every cut
const BESIDE = 0.4; // from the point to what is written beside u in the cut
const TAIL = 230; // degrees, from where on u would stand on the name of the axis at its right end
const START = 70; // degrees, the middle of that name at the left end
const SIDE = 24; // degrees from an end of the axis to the middle of a number
const CLEAR = 95; // degrees: farther left, a name would stand on the numbers at the edge

const plus = (one, other, factor = 1) => one.map((value, side) => value + factor * other[side]);
const across = ([x, y]) => [-y, x];

/** Where the handle of u is. */
export function endOf({ point, angle }) {
  const u = direction(angle);
  return plus(point, u, Math.min(REACH, room(point, u)));
}

/** How green the regions are, the lowest first: with few steps left the steps get smaller. */
export function greens(count) {
  return Array.from({ length: count }, (_, index) => DEEP - (DEEP - PALE) * Math.sqrt(index / (count - 1)));
}

/** The regions of the map, the lowest first: { lines, green }; the first covers everything. */
export function groundOf(name) {
  const found = regions(name);
  const strengths = greens(found.length + 1);
  return found.map((lines, index) => ({ lines, green: strengths[index + 1] }));
}

function arrowMarks(name, point, u) {
  const length = steepness(name, point);
  if (!length) return [];
  const up = gradient(name, point).map((value) => value / length);
  const { drawn } = arrowLength(name, point);
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

/** What lies on the ground for one setting. */
export function mapMarks({ function: name, point, angle }) {
  const u = direction(angle);
  const end = endOf({ point, angle });
  const [here] = linesAt(name, [height(name, point)]);
  const way = across(u);
  const [x, y] = gradient(name, point);
  const isRight = u[0] * y - u[1] * x > 0; // the gradient is on the left of u
  return [
    ...here.map((line) => ({ line, look: "here" })),
    ...arrowMarks(name, point, u),
    { arrow: [point, end], look: "u" },
    { text: "u", at: end, away: isRight ? [-way[0], -way[1]] : way, look: "u" },
  ];
}

const slopeText = (rise) => `slope ${number(rise)}`;

/** A cut through the ground along u, with the tangent at the point: its slope is the slope along u. */
export function cutMarks({ function: name, point, angle }) {
  const rise = slope(name, point, angle);
  const [first, last] = [WALK[0], WALK.at(-1)];
  const ground = section(name, point, angle, WALK);
  return [
    { area: [[first, -FAR], ...ground, [last, -FAR]], look: "ground" },
    { line: [first, last].map((t) => [t, t * rise]), look: "tangent" },
    { arrow: [[0, 0], [AHEAD, AHEAD * rise]], look: "u" },
    { dot: [0, 0], look: "here" },
    { text: slopeText(rise), at: [BESIDE, BESIDE * rise], away: [1, rise > 0 ? -1 : 1], look: "u" },
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
    { text: number(now[1]), at: [Math.max(SIDE, Math.min(360 - SIDE, angle)), 0], away: [0, now[1] < 0 ? 1 : -1], look: "u" },
    // At the end of the axis where u is not; the row of numbers is full.
    { text: "angle of u", at: [angle > TAIL ? START : 360, 0], away: [0, 1], look: "curve" },
  ];
  if (top === null) return [...marks, { text: "level in every direction", at: [180, 0], away: [0, 1], look: "curve" }];
  const length = steepness(name, point);
  const places = [
    ["steepest ascent", top, length],
    ["steepest descent", (top + 180) % 360, -length],
  ];
  const named = places.flatMap(([text, at, value]) => [
    { dot: [at, value], look: "curve" },
    { text, at: [Math.max(at, CLEAR), value], away: [0, value], look: "curve" },
  ]);
  const level = [90, 270].map((turn) => ({ dot: [(top + turn) % 360, 0], look: "curve" }));
  return [...marks, ...named, ...level];
}
