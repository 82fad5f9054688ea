// Five schedules, a noisy walk in a valley, and the mean loss of all such walks.

import { mulberry32 } from "../kit/random.mjs";

export const STEPS = 100;
export const CURVATURES = [2, 0.2]; // across the valley, and along it
export const LIMIT = 2 / CURVATURES[0];
export const START = [1.2, 3];
export const SCHEDULES = ["constant", "step", "cosine", "warm-up + cosine", "one-cycle"];
const NOISE = 0.5;
const FIRST = 0.1; // the share of the peak at which a straight warm-up begins
const LOW = 1 / 25; // the same for one-cycle

/** The half of a cosine wave that leads from a to b while p goes from 0 to 1. */
const wave = (a, b, p) => b + ((a - b) * (1 + Math.cos(Math.PI * p))) / 2;

const SHARES = {
  constant: () => 1,
  step: (t) => 0.1 ** Math.floor(t / Math.floor(STEPS / 3)),
  cosine: (t) => wave(1, 0, t / STEPS),
  "warm-up + cosine": (t, warm) => (t < warm ? FIRST + ((1 - FIRST) * t) / warm : wave(1, 0, (t - warm) / (STEPS - warm))),
  // The top stands one step before the share that was asked for, as in torch.
  "one-cycle": (t, warm) => (t < warm ? wave(LOW, 1, t / (warm - 1)) : wave(1, LOW / 1e4, (t - warm + 1) / (STEPS - warm))),
};

/** The learning rate of each of the 100 steps. */
export function rates({ schedule, peak, warmup }) {
  return Array.from({ length: STEPS }, (_, t) => peak * SHARES[schedule](t, warmup));
}

/** How far the gradient of each step is off, [across, along]. */
export function noise(seed) {
  const next = mulberry32(seed);
  const one = () => (next() / 2 ** 32 - 0.5) * (Math.sqrt(12) * NOISE);
  return Array.from({ length: STEPS }, () => [one(), one()]);
}

/** The 101 places of the walk. */
export function walk(rate, off) {
  const places = [START];
  rate.forEach((lr, t) => places.push(places[t].map((w, side) => w - lr * (CURVATURES[side] * w + off[t][side]))));
  return places;
}

const half = (squares) => squares.reduce((sum, square, side) => sum + CURVATURES[side] * square, 0) / 2;

/** The loss at a place. */
export function loss(place) {
  return half(place.map((w) => w * w));
}

/** The mean loss of all walks after each step, the start first. */
export function expected(rate) {
  let squares = START.map((w) => w * w);
  const found = [half(squares)];
  for (const lr of rate) {
    squares = squares.map((square, side) => (1 - lr * CURVATURES[side]) ** 2 * square + (lr * NOISE) ** 2);
    found.push(half(squares));
  }
  return found;
}

/** Everything that the picture shows of a state. */
export function run(state) {
  const rate = rates(state);
  const places = walk(rate, noise(state.seed));
  return { rates: rate, places, losses: places.map(loss), means: expected(rate) };
}

/** The lowest mean loss that a constant rate reaches after the last step, on a fine grid. */
export function bestConstant() {
  const tried = Array.from({ length: 400 }, (_, index) => (index + 1) / 400);
  return Math.min(...tried.map((peak) => expected(rates({ schedule: "constant", peak })).at(-1)));
}
