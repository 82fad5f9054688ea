// The loss over the steps of training: as it was, and as it will be if nobody interferes.

import { evaluate, isFlat, stepped } from "./math.mjs";

export const STORY = 200; // steps from the start to the end of the training that Play shows

/** Whether the training that Play shows is at its end. */
export function isOver(points, state) {
  return state.steps >= STORY || isFlat(points, state);
}

/**
 * The losses seen so far, { key, places: [[step, loss], …] }, with one more. Fewer steps than
 * before, or another `key`, begin a new curve; a loss that changes without a step takes the place
 * of the last one.
 */
export function logged(log, key, steps, loss) {
  const goesOn = log && log.key === key && steps >= log.places.at(-1)[0];
  const before = goesOn ? log.places.filter(([step]) => step < steps) : [];
  return { key, places: [...before, [steps, loss]] };
}

const NEAR = 1e-3; // weights that are given may be rounded

/**
 * [step, loss] from the start to now, where training from `start` leads to this state; of another
 * state no more is known than its own loss.
 */
export function past(points, start, state) {
  const here = [state.steps, evaluate(points, state).loss];
  if (state.steps > STORY) return [here];
  const places = [];
  let now = { ...state, ...start, steps: 0 };
  while (now.steps < state.steps) {
    places.push([now.steps, evaluate(points, now).loss]);
    now = { ...now, ...stepped(points, now), steps: now.steps + 1 };
  }
  const numbers = ({ weights, biases }) => [...weights.flat(), ...biases];
  const wanted = numbers(state);
  return numbers(now).every((value, at) => Math.abs(value - wanted[at]) < NEAR) ? [...places, here] : [here];
}

/** [step, loss] from now to the end of the story. */
export function future(points, state) {
  const places = [[state.steps, evaluate(points, state).loss]];
  let now = state;
  while (now.steps < STORY) {
    now = { ...now, ...stepped(points, now), steps: now.steps + 1 };
    places.push([now.steps, evaluate(points, now).loss]);
  }
  return places;
}
