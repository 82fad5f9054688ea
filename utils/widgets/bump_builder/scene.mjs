// What the bump builder draws, as marks for its two planes.

import { barsOf, PLACES, TARGETS, placesOf } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

export const [LEAST, MOST] = [-1.3, 1.3]; // of the curve's plane
const XS = placesOf(PLACES);
const HALF = 0.5; // of the interval
const FAR = 20; // outputs beyond are drawn here, out of sight

const within = (value) => Math.max(-FAR, Math.min(FAR, value));

/** A curve over the places; a jump is left open. */
function pieces(target) {
  const at = (x) => [x, TARGETS[target](x)];
  const all = Array.from(XS, at);
  if (target !== "jump") return [all];
  return [all.filter(([x]) => x < 0.5), all.filter(([x]) => x >= 0.5)];
}

/** The bars, the target, the output and its largest error. */
export function curveMarks({ target, weights, bumps }, { outputs, error, worst }, now) {
  const bars = weights === "by hand" ? barsOf({ target, bumps }) : [];
  const index = Math.round(worst * (PLACES - 1));
  const wanted = TARGETS[target](worst);
  return [
    ...bars.map(({ left, right, height }) => ({
      area: [[left, 0], [right, 0], [right, height], [left, height]],
      look: "bar",
    })),
    ...pieces(target).map((line) => ({ line, look: "target" })),
    { line: now.map((value, at) => [XS[at], within(value)]), look: "output" },
    { line: [[worst, wanted], [worst, within(outputs[index])]], look: "error" },
    // Beside its line, on the side where there is room.
    { text: number(error), at: [worst, (wanted + within(outputs[index])) / 2], away: [worst > HALF ? -1 : 1, 0], look: "gap" },
  ];
}

/** What each hidden unit gives; `hidden` holds a row for each place. */
export function unitMarks({ hidden }) {
  const count = hidden.length / PLACES;
  return Array.from({ length: count }, (_, unit) => ({
    line: Array.from(XS, (x, index) => [x, hidden[index * count + unit]]),
    look: "unit",
  }));
}
