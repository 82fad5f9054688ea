// What the fit-a-line demo draws, as marks for its two planes.

import { residuals } from "../kit/line.mjs";
import { area, excess } from "./math.mjs";

export const EDGE = 4.35; // of both planes
export const BOUND = 4; // of points, slope and intercept
const HOLDS = 8; // a bar is full where the mean square has this area
const FAR = 20; // beyond every corner of a plane
const BESIDE = 0.6; // from the minimum to its name, so that the inner rings can be seen
const FIRST = 0.125; // what the innermost ring lies above the smallest loss
const AROUND = Array.from({ length: 97 }, (_, index) => (2 * Math.PI * index) / 96);

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
  const leaves = slope ? (-Math.sign(slope) * EDGE - intercept) / slope : -EDGE;
  const x = Math.max(-EDGE, leaves) + 0.4;
  return [
    { line: across([slope, intercept]), look: "best" },
    { text: "best", at: [x, slope * x + intercept], away: [1, slope > 0 ? -1 : 1], look: "best" },
  ];
}

/**
 * The squares, the residuals, the line and, if there is one, the best line of one setting. The
 * squares lie like cards, the smaller ones on top.
 */
export function dataMarks(points, line, { best, isValley }) {
  const found = residuals(points, line);
  const largestFirst = [...found.keys()].sort((one, other) => Math.abs(found[other]) - Math.abs(found[one]));
  return [
    ...largestFirst.map((index) => ({ area: square(points[index], found[index], line[0]), look: "square" })),
    ...points.map(([x, y], index) => ({ line: [[x, y], [x, y + found[index]]], look: "residual" })),
    ...(isValley ? [] : bestLine(best)),
    { line: across(line), look: "fit" },
  ];
}

/** Where the point that turns the line stands: on the line, inside the plane, not too near x = 0. */
export function turningPoint([slope, intercept]) {
  const reach = (sense) => {
    const rise = sense * slope;
    return rise ? Math.min(3, (Math.sign(rise) * BOUND - intercept) / rise) : 3;
  };
  const right = reach(1);
  const x = right < 0.6 ? -reach(-1) : right;
  return [x, slope * x + intercept];
}

/** A level line of the bowl as an area, or as the two lines of a valley. */
export function levelLines({ best, values, axes, isValley }, above) {
  const [short, long] = values.map((value) => Math.sqrt((2 * above) / value));
  const from = (along, across) =>
    best.map((middle, side) => middle + along * axes[0][side] + across * axes[1][side]);
  if (isValley) return [-short, short].map((along) => ({ line: [from(along, -FAR), from(along, FAR)] }));
  return [{ area: AROUND.map((angle) => from(short * Math.cos(angle), long * Math.sin(angle))) }];
}

/** Heights of the rings above the smallest loss: each twice the one before, up to the corners. */
export function heights(found) {
  const corners = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
  const highest = Math.max(...corners.map((corner) => excess(found, corner.map((end) => end * EDGE))));
  const count = Math.ceil(Math.log2(highest / FIRST)) + 1;
  return Array.from({ length: Math.max(count, 1) }, (_, index) => FIRST * 2 ** index);
}

/**
 * How full a bar for the total of the squares is, and where on it the best line's total lies:
 * { now, least }, from 0 to 1; it is full if the squares have an area of 8 each, or more.
 */
export function shares(points, line, { best }) {
  const share = (of) => Math.min(1, area(points, of) / (HOLDS * points.length));
  return { now: share(line), least: share(best) };
}

/** The rings of the bowl, the one on which the line lies, its way there so far, and the minimum. */
export function bowlMarks(found, line, trail = []) {
  const { best, axes, isValley, shared } = found;
  const above = excess(found, line);
  const ringed = (height, look) => levelLines(found, height).map((mark) => ({ ...mark, look }));
  const floor = [-FAR, FAR].map((far) => best.map((middle, side) => middle + far * axes[1][side]));
  const isInside = best.every((value) => Math.abs(value) <= BOUND);
  // Its name stands where neither the point that the reader moves nor the floor is.
  const side = isValley ? [1, shared < 0 ? -1 : 1] : best.map((middle, at) => middle - line[at]);
  const away = above > 1e-9 || isValley ? side : [1, 1];
  const far = Math.hypot(...away) || 1;
  const beside = best.map((middle, at) => middle + (BESIDE * away[at]) / far);
  return [
    ...heights(found).reverse().flatMap((height) => ringed(height, "ring")), // inner rings on top
    ...(isValley ? [{ line: floor, look: "floor" }] : []),
    ...(above > 1e-9 ? ringed(above, "here") : []),
    ...(trail.length ? [{ line: [...trail, line], look: "trail" }] : []),
    ...trail.map((place) => ({ dot: place, look: "trail" })),
    ...(isInside ? [{ dot: best, look: "best" }] : []),
    ...(isInside ? [{ text: isValley ? "valley" : "minimum", at: beside, away, look: "best" }] : []),
  ];
}
