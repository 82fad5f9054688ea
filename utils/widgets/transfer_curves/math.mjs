// What the demo reads from the runs that it is given.

export const WAYS = ["from scratch", "frozen", "fine-tuned"];
export const COUNTS = [1, 2, 5, 10, 20, 50]; // pictures of each class
export const STEPS = [0, 3, 6, 12, 25, 60];
export const CLASSES = 5;
export const SIDE = 10; // pixels of a picture
const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // a turn that never repeats
const LOOSE = 0.02; // how far aside a dot starts, so that no two stand in one place
const NEAR = 0.08; // two dots that are closer are pushed apart
const ROUNDS = 30; // of pushing
const INSIDE = 0.95; // a sure dot stands so far out, to leave the sign at its corner free
const RIM = 1.02; // of the pentagon that none is pushed out of

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

/** Places moved apart where they would hide each other, and not out of the pentagon. */
export function apart(places) {
  const all = places.map(([x, y], index) => {
    const [turn, far] = [index * GOLDEN, LOOSE * Math.sqrt((index + 1) / places.length)];
    return [x + far * Math.cos(turn), y + far * Math.sin(turn)];
  });
  const most = RIM * Math.cos(Math.PI / CLASSES);
  const sides = Array.from({ length: CLASSES }, (_, side) => corner(side + 0.5));
  for (let round = 0; round < ROUNDS; round++) {
    for (let one = 0; one < all.length; one++) {
      for (let other = 0; other < one; other++) {
        const way = [0, 1].map((axis) => all[one][axis] - all[other][axis]);
        const far = Math.hypot(...way);
        if (far >= NEAR || far === 0) continue;
        const push = (NEAR - far) / far / 2;
        for (const axis of [0, 1]) {
          all[one][axis] += push * way[axis];
          all[other][axis] -= push * way[axis];
        }
      }
    }
    for (const at of all) {
      for (const side of sides) {
        const over = Math.max(0, at[0] * side[0] + at[1] * side[1] - most);
        for (const axis of [0, 1]) at[axis] -= over * side[axis];
      }
    }
  }
  return all;
}

/**
 * The dots of a way for a number of pictures and a step: { at: [across, down], place, label, said, isRight },
 * from three bytes for each of them. `place` is where the network puts it, `at` where it can be seen.
 */
export function dotsOf({ labels, dots: stored }, way, pictures, step) {
  const wanted = bytes(labels);
  const each = 3 * wanted.length;
  const from = STEPS.indexOf(step) * each;
  const numbers = bytes(stored[way][COUNTS.indexOf(pictures)]).subarray(from, from + each);
  const dots = Array.from(wanted, (label, index) => {
    const [across, down, said] = numbers.subarray(3 * index, 3 * index + 3);
    const place = [across, down].map((byte) => INSIDE * ((2 * byte) / 255 - 1));
    return { place, label, said, isRight: said === label };
  });
  const places = apart(dots.map(({ place }) => place));
  return dots.map((dot, index) => ({ ...dot, at: places[index] }));
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
