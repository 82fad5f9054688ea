// What the fit-a-line demo draws, as marks for its two planes.

import { residuals } from "../kit/line.mjs";
import { number } from "../kit/numbers.mjs";
import { between } from "../kit/plane_marks.mjs";
import { area, excess } from "./math.mjs";

export const EDGE = 4.35; // of the plane with the points
export const BOUND = 4; // of points, slope and intercept
export const SPACE = { x: [-2, 3], y: [-4, 4] }; // slopes and intercepts that the bowl shows
const HOLDS = 5; // a bar is full where the root of the mean square is this large
const CLEAR = 3.4; // from the middle of a plane to the numbers at its edges
const FAR = 20; // beyond every corner of a plane
const BESIDE = 0.6; // from the best place to its name, so that the inner rings can be seen
const FIRST = 0.125; // what the innermost ring lies above the smallest loss
const WORDY = 0.6; // a ring this far above the smallest loss has room for its name
const NAMED = [-3, 3.4]; // intercepts at which a ring can have its name
const TURN = 2.7; // where the line is turned: between two points of the cloud
const AROUND = Array.from({ length: 97 }, (_, index) => (2 * Math.PI * index) / 96);

const isShown = ([slope, intercept]) =>
  slope === between(slope, SPACE.x) && intercept === between(intercept, SPACE.y);

/** Where the ball of a line stands: a place beyond the bowl's plane is held at its edge. */
export const ballPlace = ([slope, intercept]) => [between(slope, SPACE.x), between(intercept, SPACE.y)];

/** The four corners of the square that stands on a residual, beside the line if there is room. */
export function square([x, y], residual, slope) {
  const side = Math.abs(residual);
  const away = residual * slope > 0 ? 1 : -1; // below a rising line its right side is free
  const isBeyond = (sense) => Math.abs(x + sense * side) > EDGE;
  const end = x + (isBeyond(away) && !isBeyond(-away) ? -away : away) * side;
  return [[x, y], [end, y], [end, y + residual], [x, y + residual]];
}

const across = ([slope, intercept]) => [-EDGE, EDGE].map((x) => [x, slope * x + intercept]);

/** The best line under its name, at its left end, where a rising line has room below. */
function bestLine([slope, intercept]) {
  const leaves = slope ? (-Math.sign(slope) * CLEAR - intercept) / slope : -EDGE;
  const left = Math.max(-EDGE, leaves) + 0.4;
  const sense = slope > 0 ? -1 : 1;
  const high = slope * left + intercept + 0.5 * sense;
  const isOnNumber = left < -CLEAR && Math.abs(high - 2 * Math.round(high / 2)) < 0.6;
  const x = isOnNumber ? left + 0.9 : left;
  return [
    { line: across([slope, intercept]), look: "best" },
    { text: "best", at: [x, slope * x + intercept], away: [1, sense], look: "best" },
  ];
}

/** Where in a square its area is written: far from the points, which would hide it. */
function freePlace(across, up, points) {
  const places = [0.5, 0.25, 0.75].flatMap((right) =>
    [0.5, 0.25, 0.75].map((high) => [[across, right], [up, high]].map(([[from, to], share]) => from + share * (to - from))),
  );
  const room = (place) => Math.min(...points.map((point) => Math.hypot(point[0] - place[0], point[1] - place[1])));
  return places.reduce((best, next) => (room(next) > room(best) ? next : best));
}

/**
 * The squares, the residuals, the line and, if there is one, the best line of one setting. The
 * smaller squares lie on top. What belongs to a point is about it, also the area of its square.
 */
export function dataMarks(points, line, { best, isValley }) {
  const found = residuals(points, line);
  const squares = points.map((point, index) => square(point, found[index], line[0]));
  const about = (index) => `point-${index}`;
  const largestFirst = [...found.keys()].sort((one, other) => Math.abs(found[other]) - Math.abs(found[one]));
  return [
    ...largestFirst.map((index) => ({ area: squares[index], look: "square", about: about(index) })),
    ...points.map(([x, y], index) => ({ line: [[x, y], [x, y + found[index]]], look: "residual", about: about(index) })),
    ...(isValley ? [] : bestLine(best)),
    { line: across(line), look: "fit" },
    ...squares.map(([[left, start], , [right, end]], index) => ({
      text: number(found[index] ** 2, 1),
      at: freePlace([left, right], [start, end], points),
      look: "size",
      about: about(index),
    })),
  ];
}

/** Where the point that turns the line stands: on the line, inside the plane, not too near x = 0. */
export function turningPoint([slope, intercept]) {
  const reach = (sense) => {
    const rise = sense * slope;
    return rise ? Math.min(TURN, (Math.sign(rise) * BOUND - intercept) / rise) : TURN;
  };
  const right = reach(1);
  const x = right < 0.6 ? -reach(-1) : right;
  return [x, slope * x + intercept];
}

/** What a level line of the bowl surrounds; in a valley it is a strip. */
export function levelArea({ best, values, axes, isValley }, above) {
  const [short, long] = values.map((value) => Math.sqrt((2 * above) / value));
  const from = (along, across) =>
    best.map((middle, side) => middle + along * axes[0][side] + across * axes[1][side]);
  if (isValley) return [[-1, -1], [-1, 1], [1, 1], [1, -1]].map(([along, far]) => from(along * short, far * FAR));
  return AROUND.map((angle) => from(short * Math.cos(angle), long * Math.sin(angle)));
}

/** Heights of the rings above the smallest loss: each twice the one before, up to the corners. */
export function heights(found) {
  const corners = SPACE.x.flatMap((slope) => SPACE.y.map((intercept) => [slope, intercept]));
  const highest = Math.max(...corners.map((corner) => excess(found, corner)));
  const count = Math.ceil(Math.log2(highest / FIRST)) + 1;
  return Array.from({ length: Math.max(count, 1) }, (_, index) => FIRST * 2 ** index);
}

/**
 * How full a bar for all squares is, and where on it the best line's squares end: { now, least },
 * from 0 to 1. Roots of the mean squares, so that what the best line leaves can be seen as well.
 */
export function shares(points, line, { best }) {
  const share = (of) => Math.min(1, Math.sqrt(area(points, of) / points.length) / HOLDS);
  return { now: share(line), least: share(best) };
}

/** The name of the ring on which a line lies, at the end of it that is farther from the ball. */
function ringName(ring, line) {
  const ends = [-1, 1].map((up) => ({
    at: ring.reduce((best, next) => (up * (next[1] - best[1]) > 0 ? next : best)),
    away: [0, up],
  }));
  const far = ({ at }) => Math.abs(at[1] - line[1]);
  const free = ends.filter(({ at }) => isShown(at) && at[1] === between(at[1], NAMED));
  const [end] = free.sort((one, other) => far(other) - far(one));
  return end ? [{ text: "all as bad as yours", ...end, look: "here" }] : [];
}

/** The rings of the bowl, the one on which the line lies, its way there so far, and the minimum. */
export function bowlMarks(found, line, trail = []) {
  const { best, axes, isValley, shared } = found;
  const above = excess(found, line);
  const ringed = (height, look) => ({ area: levelArea(found, height), look });
  const floor = [-FAR, FAR].map((far) => best.map((middle, side) => middle + far * axes[1][side]));
  const isInside = isShown(best);
  // Its name stands where neither the point that the reader moves nor the floor is.
  const side = isValley ? [1, shared < 0 ? -1 : 1] : best.map((middle, at) => middle - line[at]);
  const away = above > 1e-9 || isValley ? side : [1, 1];
  const far = Math.hypot(...away) || 1;
  const beside = best.map((middle, at) => middle + (BESIDE * away[at]) / far);
  return [
    ...heights(found).reverse().map((height) => ringed(height, "ring")), // inner rings on top
    ...(isValley ? [{ line: floor, look: "floor" }] : []),
    ...(above > 1e-9 ? [ringed(above, "here")] : []),
    ...(above > WORDY && !isValley ? ringName(levelArea(found, above), line) : []),
    ...(trail.length ? [{ line: [...trail, line], look: "trail" }] : []),
    ...trail.map((place) => ({ dot: place, look: "trail" })),
    ...(isInside ? [{ dot: best, look: "best" }] : []),
    ...(isInside ? [{ text: isValley ? "valley" : "best", at: beside, away, look: "best" }] : []),
  ];
}
