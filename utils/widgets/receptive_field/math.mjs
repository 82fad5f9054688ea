// Which pixels one number of the third layer sees, along one axis: pure functions.
//
// A state has `kernel`, `stride` and `dilation`, three numbers each, from layer 1 up, and `place`.
// On the way from one state to the next, strides, dilations and the place are fractions.

export const PLACES = 2; // output numbers to each side of the middle one
export const LAYERS = 3;
const SAME = 1e-6; // two fractions that close are one place

/** Pixels from one number to its neighbour, for the picture and for each layer. */
export function jumps({ stride }) {
  return stride.reduce((all, s) => [...all, all.at(-1) * s], [1]);
}

/** Pixels from the first to the last that one number sees, for the picture and for each layer. */
export function fields({ kernel, stride, dilation }) {
  const jump = jumps({ stride });
  return kernel.reduce((all, k, layer) => [...all, all.at(-1) + (k - 1) * dilation[layer] * jump[layer]], [1]);
}

/** Pixels along a side of the picture, so that 2 · PLACES + 1 numbers come out. */
export function side(state) {
  return fields(state)[LAYERS] + 2 * PLACES * jumps(state)[LAYERS];
}

/** How many numbers the picture and each layer have along one axis. */
export function sizes(state) {
  const { kernel, stride, dilation } = state;
  return kernel.reduce(
    (all, k, layer) => [...all, Math.floor((all.at(-1) - dilation[layer] * (k - 1) - 1) / stride[layer]) + 1],
    [side(state)],
  );
}

/** The place of number `index` of a level in pixels, counted from the middle of the picture. */
export function placeOf(state, level, index) {
  return (fields(state)[level] - 1) / 2 + index * jumps(state)[level] - (side(state) - 1) / 2;
}

/**
 * All ways down from one output number: for each level, from the picture up, a list of
 * { index, ways, from }: where a number stands, on how many ways it is reached, and the indices
 * in the level above that lead to it.
 */
export function waysDown({ kernel, stride, dilation, place }) {
  const levels = [[{ index: PLACES + place, ways: 1, from: [] }]];
  for (let layer = LAYERS - 1; layer >= 0; layer--) {
    const below = new Map();
    for (const { index, ways } of levels[0]) {
      for (let tap = 0; tap < kernel[layer]; tap++) {
        const at = index * stride[layer] + tap * dilation[layer];
        const key = Math.round(at / SAME);
        if (!below.has(key)) below.set(key, { index: at, ways: 0, from: [] });
        const seen = below.get(key);
        seen.ways += ways;
        seen.from.push(index);
      }
    }
    levels.unshift([...below.values()].sort((one, other) => one.index - other.index));
  }
  return levels;
}

/** On how many ways each pixel of a row reaches the number; a fraction is shared by two pixels. */
export function pixelWays(state) {
  const counts = new Array(Math.round(side(state)) + 1).fill(0);
  for (const { index, ways } of waysDown(state)[0]) {
    const [low, part] = [Math.floor(index + SAME), Math.max(0, index - Math.floor(index + SAME))];
    if (low in counts) counts[low] += ways * (1 - part);
    if (low + 1 in counts) counts[low + 1] += ways * part;
  }
  return counts.slice(0, -1);
}

/** What is said of a state: the field, the pixels used of it, and those that a neighbour uses too. */
export function facts(state) {
  const row = pixelWays({ ...state, place: 0 });
  const next = pixelWays({ ...state, place: 1 });
  const used = row.filter((ways) => ways > 0).length;
  const both = row.filter((ways, index) => ways > 0 && next[index] > 0).length;
  return { field: fields(state)[LAYERS], used: used * used, shared: used * both };
}

/** The indices of each level, from the picture up, on ways between the output and one number. */
export function waysThrough(state, level, index) {
  const levels = waysDown(state);
  const near = (one, other) => Math.abs(one - other) < SAME;
  const found = levels.map(() => []);
  found[level] = levels[level].filter((seen) => near(seen.index, index)).map((seen) => seen.index);
  for (let up = level; up < LAYERS; up++) {
    const above = levels[up].filter((seen) => found[up].some((at) => near(at, seen.index)));
    found[up + 1] = [...new Set(above.flatMap(({ from }) => from))];
  }
  for (let down = level; down > 0; down--) {
    const below = levels[down - 1].filter(({ from }) => from.some((at) => found[down].some((seen) => near(at, seen))));
    found[down - 1] = below.map((seen) => seen.index);
  }
  return found;
}
