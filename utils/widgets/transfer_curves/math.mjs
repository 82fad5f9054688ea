// What the demo reads from the runs that it is given.

export const WAYS = ["from scratch", "frozen", "fine-tuned"];
export const COUNTS = [1, 2, 5, 10, 20, 50]; // pictures of each class
export const STEPS = [0, 3, 6, 12, 25, 60];
export const CLASSES = 5;
export const SIDE = 10; // pixels of a picture
const GLASS = 0.6; // how far from the middle the farthest dot stands under a glass, at most
const [LEAST_TIMES, MOST_TIMES] = [3, 6]; // that a glass enlarges
const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // a turn that never repeats
const LOOSE = 0.1; // how far a dot may stand from its place, so that dots do not hide each other
const INSIDE = 0.95; // so that they do not hide the signs at the corners either

/** The corner of a class in a pentagon, across and down from −1 to 1; class 0 is at the top. */
export function corner(label) {
  const turn = (2 * Math.PI * label) / CLASSES;
  return [Math.sin(turn), -Math.cos(turn)];
}

/** Bytes of a base64 text. */
export function bytes(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The grey levels of the picture of a dot, 0 to 255, row by row. */
export function greysOf({ greys }, index) {
  const pixels = bytes(greys).subarray((index * SIDE * SIDE) / 2, ((index + 1) * SIDE * SIDE) / 2);
  return Array.from(pixels, (both) => [17 * (both >> 4), 17 * (both % 16)]).flat();
}

/**
 * How many times dots must be enlarged to be told apart, where all stand close around the middle; 1
 * where they do not.
 */
export function zoomOf(dots) {
  const farthest = Math.max(...dots.map(({ place }) => Math.hypot(...place)));
  const times = Math.min(MOST_TIMES, Math.floor(GLASS / farthest));
  return times < LEAST_TIMES ? 1 : times;
}

/**
 * The dots of a way for a number of pictures and a step: { times, dots }, each { at: [across, down], place, said, isRight },
 * from three bytes for each of them. Each stands a little aside of its place, always on the same side,
 * and `times` as far from the middle where a glass enlarges it.
 */
export function dotsOf({ labels, dots: stored }, way, pictures, step) {
  const wanted = bytes(labels);
  const each = 3 * wanted.length;
  const from = STEPS.indexOf(step) * each;
  const numbers = bytes(stored[way][COUNTS.indexOf(pictures)]).subarray(from, from + each);
  const dots = Array.from(wanted, (label, index) => {
    const [across, down, said] = numbers.subarray(3 * index, 3 * index + 3);
    const [turn, far] = [index * GOLDEN, LOOSE * Math.sqrt(((index * 7) % wanted.length) / wanted.length)];
    const place = [across, down].map((byte) => INSIDE * ((2 * byte) / 255 - 1));
    const aside = [far * Math.cos(turn), far * Math.sin(turn)];
    return { place, aside, label, said, isRight: said === label };
  });
  const times = zoomOf(dots);
  return { times, dots: dots.map((dot) => ({ ...dot, at: dot.place.map((part, side) => times * part + dot.aside[side]) })) };
}

/** Mean and spread of the accuracy of a way for each number of pictures, after a step. */
export function curveOf({ curves }, way, step) {
  return curves[way].map((points) => points[STEPS.indexOf(step)]);
}

/** Heights moved apart as little as need be, so that neighbours are `gap` from each other. */
export function spaced(heights, gap) {
  const order = heights.map((_, index) => index).sort((one, other) => heights[one] - heights[other]);
  const [down, up] = [[...heights], [...heights]];
  for (let n = 1; n < order.length; n++) down[order[n]] = Math.max(down[order[n]], down[order[n - 1]] + gap);
  for (let n = order.length - 2; n >= 0; n--) up[order[n]] = Math.min(up[order[n]], up[order[n + 1]] - gap);
  return heights.map((_, index) => (down[index] + up[index]) / 2);
}

/** The mean accuracy of each way, by its name. */
export function accuracies(results, pictures, step) {
  const place = COUNTS.indexOf(pictures);
  return Object.fromEntries(WAYS.map((way) => [way, curveOf(results, way, step)[place][0]]));
}

/** The smallest number of pictures from which on `way` stays ahead of `other` after a step, or null. */
export function passes(results, way, other, step) {
  const [one, two] = [way, other].map((name) => curveOf(results, name, step).map(([mean]) => mean));
  const behind = one.map((mean, place) => mean <= two[place]).lastIndexOf(true);
  return COUNTS[behind + 1] ?? null;
}
