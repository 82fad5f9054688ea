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
