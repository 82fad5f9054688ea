// A layer from 16 numbers to 16 numbers: its weights, what it makes of a signal, and the story.

import { mulberry32 } from "../kit/random.mjs";

export const PLACES = 16;
const SEED = 255;
const SHAPE = [1, 3, 2]; // of the signal, where it is not 0
export const START = 2; // its first place before the shift
export const FARTHEST = PLACES - START - SHAPE.length;
const ROUNDING = 1e-9;

let kept = null;

/** The weights before anything is shared or cut, row by row: whole hundredths from −1 to 1. */
function drawn() {
  if (kept) return kept;
  const next = mulberry32(SEED);
  const row = () => Array.from({ length: PLACES }, () => ((next() % 201) - 100) / 100);
  kept = Array.from({ length: PLACES }, row);
  return kept;
}

/** The weight from input `column` to output `row`; shared, it is the first one of its diagonal. */
function weight({ share, reach }, row, column) {
  if (Math.abs(column - row) > reach) return 0;
  const first = share ? Math.min(row, column) : 0;
  return drawn()[row - first][column - first];
}

/** All weights, a row for each output. */
export function matrix(state) {
  const places = Array.from({ length: PLACES }, (_, place) => place);
  return places.map((row) => places.map((column) => weight(state, row, column)));
}

/** The input, moved to the right by `shift` places. */
export function signal(shift) {
  return Array.from({ length: PLACES }, (_, place) => SHAPE[place - START - shift] ?? 0);
}

/** What the layer makes of the input. */
export function output(state, shift = state.shift) {
  const x = signal(shift);
  return matrix(state).map((row) => row.reduce((sum, each, column) => sum + each * x[column], 0));
}

/** Where the output would be if it had moved along; null where something has come in. */
export function outline(state) {
  const before = output(state, 0);
  return before.map((_, place) => (place < state.shift ? null : before[place - state.shift]));
}

/** For each output whether it is where it would be if it had moved along; null where something has come in. */
export function fits(state) {
  const wanted = outline(state);
  return output(state).map((value, place) => (wanted[place] === null ? null : Math.abs(value - wanted[place]) < ROUNDING));
}

/** Whether the output has moved along with the signal. */
export function movesAlong(state) {
  return fits(state).every((isRight) => isRight !== false);
}

/** How many weights can be chosen. */
export function freeWeights({ share, reach }) {
  return share ? 2 * reach + 1 : PLACES * (2 * reach + 1) - reach * (reach + 1);
}

/** How often the weight of a cell stands in the matrix; 0 if it is cut away. */
export function copies({ share, reach }, row, column) {
  const distance = Math.abs(column - row);
  if (distance > reach) return 0;
  return share ? PLACES - distance : 1;
}

const scene = (share, reach, shift) => ({ share, reach, shift });
const STORY = [
  ...[0, 2, 4, 6, 8].map((shift) => scene(false, PLACES - 1, shift)),
  ...[8, 6, 4].map((shift) => scene(true, PLACES - 1, shift)),
  ...[12, 9, 6, 4, 2].map((reach) => scene(true, reach, 4)),
  ...[6, 8].map((shift) => scene(true, 2, shift)),
];
export const FIRST = STORY[0];

/** The next scene of the story, null after the last; from a state that is none of them, the first alike. */
export function nextScene(state) {
  const isHere = (each) => Object.entries(each).every(([name, value]) => state[name] === value);
  const here = STORY.findIndex(isHere);
  if (here >= 0) return STORY[here + 1] ?? null;
  return STORY.find(({ share }) => share === state.share);
}
