// What the gradient-descent demo draws: marks for its plane, for the chart and for the strip.

import { clipped, principal } from "./math.mjs";
import { superscript } from "./words.mjs";

const AROUND = Array.from({ length: 97 }, (_, index) => (2 * Math.PI * index) / 96);
const GROWTH = 1.5; // of the half-axes from one level line to the next
const FIRST = 0.4; // the smallest half-axis along the flattest direction
export const CHART = [-6, 2]; // powers of ten of the losses that the chart shows
export const RATES = [0.001, 3];

/** The ranges of the plane's axes, { x, y }. */
export function ranges({ surface, curvature }, { minimum, edge }) {
  const around = (middle) => [middle - edge, middle + edge];
  if (surface !== "parabola") return { x: around(minimum[0]), y: around(minimum[1]) };
  const top = (curvature * edge * edge) / 2;
  return { x: around(0), y: [-top / 16, top] };
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

function bowl(found) {
  const { values } = principal(found.hessian);
  // Beyond the corners no level line meets the picture.
  const far = found.edge * Math.SQRT2 * Math.sqrt(values[1] / values[0]);
  const count = Math.ceil(Math.log(far / FIRST) / Math.log(GROWTH));
  const lengths = Array.from({ length: count }, (_, index) => FIRST * GROWTH ** (count - 1 - index));
  return lengths.map((length) => ({ area: levelLine(found, length), look: "level" }));
}

function parabola({ hessian, edge }) {
  const points = Array.from({ length: 81 }, (_, index) => edge * (index / 40 - 1));
  return [{ line: points.map((w) => [w, (hessian[0][0] * w * w) / 2]), look: "curve" }];
}

/** A place of the path on the plane: on a parabola its height is the loss. */
export function onPlane(place, loss) {
  return place.length > 1 ? place : [place[0], loss];
}

/** Everything on the plane for one setting. */
export function marks(state, found) {
  const { path, losses, hasLeft, minimum } = found;
  const box = ranges(state, found);
  const places = path.map((place, index) => onPlane(place, losses[index]));
  const last = places.length - 1;
  if (hasLeft) places[last] = clipped(places[last - 1], places[last], box);
  const inside = hasLeft ? places.slice(0, last) : places;
  const isCurve = state.surface === "parabola";
  const away = isCurve ? [0, -1] : [1, 1];
  const steps = [
    { line: inside, look: "path" },
    ...(last > 0 ? [{ arrow: [places[last - 1], places[last]], look: "path" }] : []),
    ...inside.slice(1).map((at) => ({ dot: at, look: "path" })),
  ];
  return [
    ...(isCurve ? parabola(found) : bowl(found)),
    { dot: onPlane(minimum, 0), look: "minimum" },
    { text: "minimum", at: onPlane(minimum, 0), away, look: "minimum" },
    ...steps,
    { text: "start", at: places[0], away: startsAway(places), look: "start" },
  ];
}

// The word stands where the first step does not go.
function startsAway([start, next]) {
  if (!next) return [0, 1];
  const [across, up] = [next[0] - start[0], next[1] - start[1]];
  return across || up ? [-across, -up] : [0, 1];
}

const power = (exponent) => (exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(exponent)}`);

/** Whole numbers of steps to write below the chart. */
export function stepTicks(steps) {
  const gap = [1, 2, 5, 10].find((each) => steps / each <= 6);
  return Array.from({ length: Math.floor(steps / gap) + 1 }, (_, index) => index * gap);
}

/** The chart's marks: how far the loss lies above its minimum, step by step, on a log axis. */
export function chartMarks(state, { excess }) {
  const [bottom, top] = CHART;
  const width = Math.max(state.steps, 1);
  const height = (value) => Math.max(bottom, Math.min(top, Math.log10(value)));
  const points = excess.map((value, step) => [step, value > 0 ? height(value) : bottom]);
  const exponents = Array.from({ length: (top - bottom) / 2 + 1 }, (_, index) => bottom + 2 * index);
  return [
    ...exponents.map((at) => ({ line: [[0, at], [width, at]], look: "rule" })),
    ...exponents.map((at) => ({ text: power(at), at: [0, at], away: [-1, 0], look: "tick" })),
    ...stepTicks(width).map((at) => ({ text: String(at), at: [at, bottom], away: [0, -1], look: "tick" })),
    { line: [[0, bottom], [width, bottom]], look: "axis" },
    { line: points, look: "path" },
    ...points.map((at) => ({ dot: at, look: "path" })),
  ];
}

/** The strip's marks: the learning rate among its bounds, on a log axis from 0 to 1. */
export function stripMarks(lr, curvatures) {
  const [least, greatest] = RATES.map(Math.log10);
  const place = (rate) => Math.max(0, Math.min(1, (Math.log10(rate) - least) / (greatest - least)));
  const zone = (from, to, look) => ({ area: [[from, 0], [to, 0], [to, 1], [from, 1]], look });
  const [one, two] = curvatures.length ? [1, 2].map((factor) => place(factor / curvatures.at(-1))) : [1, 1];
  const at = place(lr);
  const zones = [zone(0, one, "creeps"), zone(one, two, "bounces"), zone(two, 1, "diverges")];
  return [...zones, { line: [[at, -0.35], [at, 1.35]], look: "rate" }];
}
