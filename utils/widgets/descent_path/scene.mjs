// What the gradient-descent demo draws, as numbers: level lines, places, heights, places of words.

import { MOST_STEPS, clipped, principal } from "./math.mjs";
import { meets } from "../kit/plane_marks.mjs";

const AROUND = Array.from({ length: 97 }, (_, index) => (2 * Math.PI * index) / 96);
const BANDS = 13; // level lines from the minimum to the farthest corner
export const RATIO = 2.4; // of the picture's width to its height
export const CHART = [-4, 1]; // powers of ten of the loss, as a share of the start's
export const RATES = [0.001, 3];
const REACH = [0.03, 1.5]; // of the slider, as shares of the rate from which a path diverges
export const GOAL = 0.01; // the share of the loss that is left in a goal
// The steps over which a goal reaches: one is entered at any of them, the other held at all.
export const GOALS = { valley: [0, 12], noise: [MOST_STEPS - 10, MOST_STEPS] };

/** The ranges of the plane's axes, { x, y }; they have the picture's RATIO. */
export function ranges({ surface, curvature }, { minimum, edges }) {
  const around = (side) => [minimum[side] - edges[side], minimum[side] + edges[side]];
  if (surface !== "parabola") return { x: around(0), y: around(1) };
  const top = (curvature * edges[0] * edges[0]) / 2;
  return { x: around(0), y: [-top / 10, top] };
}

/** Points of the level line of the quadratic on which the flattest half-axis has this length. */
export function levelLine({ hessian, minimum }, length) {
  const { values, axes } = principal(hessian);
  const halves = values.map((value) => length * Math.sqrt(values[0] / value));
  return AROUND.map((angle) => {
    const [along, across] = [halves[0] * Math.cos(angle), halves[1] * Math.sin(angle)];
    return minimum.map((middle, side) => middle + along * axes[0][side] + across * axes[1][side]);
  });
}

/** The level lines of a bowl, the outermost first, each an area that lies on the one before. */
function bowl(found) {
  const { values, axes } = principal(found.hessian);
  const { edges } = found;
  const corners = [[edges[0], edges[1]], [edges[0], -edges[1]]];
  const lossAt = (place) =>
    values.reduce((sum, value, index) => {
      const part = axes[index][0] * place[0] + axes[index][1] * place[1];
      return sum + value * part * part;
    }, 0);
  // Beyond the corners no level line meets the picture.
  const far = Math.sqrt(Math.max(...corners.map(lossAt)) / values[0]);
  return Array.from({ length: BANDS }, (_, index) =>
    levelLine(found, far * ((BANDS - index - 0.5) / BANDS) ** 1.25),
  );
}

function parabola({ hessian }, { x, y }) {
  const points = Array.from({ length: 81 }, (_, index) => x[0] + ((x[1] - x[0]) * index) / 80);
  const curve = points.map((w) => [w, (hessian[0][0] * w * w) / 2]);
  return [[[x[0], y[0]], ...curve, [x[1], y[0]]]];
}

/** The areas of the ground under the path; of a parabola it is what lies below the curve. */
export function ground(state, found, box) {
  return state.surface === "parabola" ? parabola(found, box) : bowl(found);
}

/** A place of the path on the plane: on a parabola its height is the loss. */
export function onPlane(place, loss) {
  return place.length > 1 ? place : [place[0], loss];
}

const padded = (list) => Array.from({ length: MOST_STEPS + 1 }, (_, step) => list[Math.min(step, list.length - 1)]);

/** Where each step of a path is drawn: one that leaves the picture ends at the edge and stays. */
export function placesOf({ path, losses, hasLeft }, box) {
  const places = path.map((place, step) => onPlane(place, losses[step]));
  if (hasLeft) places.push(clipped(places.at(-2), places.pop(), box));
  return padded(places);
}

/** The share of the start's loss that is left after each step. */
export function sharesOf({ excess }) {
  return excess.map((value) => (excess[0] > 0 ? value / excess[0] : 0));
}

/** Powers of ten of these shares, within the chart. */
export function heightsOf(found) {
  const [bottom, top] = CHART;
  const height = (share) => Math.max(bottom, Math.min(top, Math.log10(share)));
  return padded(sharesOf(found).map((share) => (share > 0 ? height(share) : bottom)));
}

/** The goal that a setting has, "valley" or "noise", or null. */
export function goalOf({ surface, curvature, batch_size: size }) {
  if (surface === "data") return size === 1 ? "noise" : null;
  return surface === "bowl" && curvature >= 10 ? "valley" : null;
}

/** Whether a path has come into the goal of its setting. */
export function isInGoal(state, found) {
  const goal = goalOf(state);
  if (!goal || !found.curvatures.length) return false; // at rest there is nothing to do
  const [first, last] = GOALS[goal];
  const within = sharesOf(found).slice(first, last + 1);
  const isSmall = (share) => share <= GOAL;
  if (goal === "valley") return within.some(isSmall);
  return within.length === last - first + 1 && within.every(isSmall);
}

/** The box [left, top, right, bottom] of a word of the size 2 · `half` around a pixel. */
export const boxAround = ([x, y], [wide, high]) => [x - wide, y - high, x + wide, y + high];

const DIRECTIONS = [[0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]];

/**
 * Where a word of the size 2 · `half` stands beside a place, in pixels: outside a circle of radius
 * `gap` around the place, within the picture, beside the boxes `taken`, and as far as it can from the direction `shun`.
 */
export function besides({ at, half, gap, size, shun, taken = [] }) {
  const candidates = DIRECTIONS.map(([right, down]) => {
    const length = Math.hypot(right, down);
    const unit = [right / length, down / length];
    const far = unit.map((part, side) => part * gap + Math.sign(part) * half[side]);
    const middle = at.map((value, side) => value + far[side]);
    const isInside = middle.every((value, side) => value >= half[side] && value <= size[side] - half[side]);
    const towards = (unit[0] * shun[0] + unit[1] * shun[1]) / (Math.hypot(...shun) || 1);
    const isTaken = taken.some((box) => meets(box, boxAround(middle, half)));
    return { middle, cost: towards + (isInside ? 0 : 10) + (isTaken ? 5 : 0) };
  });
  return candidates.reduce((best, next) => (next.cost < best.cost ? next : best)).middle;
}

// Round rates on a log scale, for losses with noise: there the small ones matter.
const MANTISSAS = [10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 25, 28, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90];
const LOGARITHMIC = [-4, -3, -2, -1].flatMap((power) => MANTISSAS.map((mantissa) => Number(`${mantissa}e${power}`)));
const FINE = 100; // stops at least, up to the rate from which a path diverges

/** The largest of 1, 2 and 5 times a power of ten that is not above a number. */
function roundBelow(number) {
  const power = 10 ** Math.floor(Math.log10(number) + 1e-9);
  return power * [5, 2, 1].find((factor) => factor * power <= number * (1 + 1e-9));
}

/**
 * The learning rates at which the slider stops, up to half as much again as the rate `bound`, from
 * which a path diverges. Beyond, all rates look alike. They are equally far apart, but on the data
 * equally far apart on a log scale.
 */
export function rateStops(surface, bound) {
  const most = Math.min(RATES[1], REACH[1] * bound) * (1 + 1e-9);
  if (surface === "data") {
    const least = Math.max(RATES[0], REACH[0] * bound);
    return LOGARITHMIC.filter((rate) => rate >= least && rate <= most);
  }
  const step = roundBelow(bound / FINE);
  const all = Array.from({ length: Math.floor(most / step) }, (_, index) => Number(((index + 1) * step).toPrecision(6)));
  return all.filter((rate) => rate >= RATES[0]);
}

/** Where a learning rate stands between the first and the last stop of a surface, from 0 to 1. */
export function rateShare(surface, rate, ends) {
  const scale = surface === "data" ? Math.log : (value) => value;
  const [value, least, greatest] = [rate, ...ends].map(scale);
  return Math.max(0, Math.min(1, (value - least) / (greatest - least)));
}
