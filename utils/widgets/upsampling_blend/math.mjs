// Scores on coarse grids become a mask: pure functions, compared with torch.

export const SIDE = 64; // pixels along either side of the picture
export const CLASSES = 11; // background first, then the digits

/** The numbers behind a text of signed bytes, times their scale: { values, side }. */
function numbers({ text, side, scale }) {
  const bytes = Int8Array.from(atob(text), (character) => character.charCodeAt(0));
  return { side, values: Float64Array.from(bytes, (whole) => whole * scale) };
}

/** The scores and kernels of one frame. */
export const unpack = ({ maps, kernels }) => ({ maps: maps.map(numbers), kernels: kernels.map(numbers) });

/** The kernel that enlarges in blocks: ones in the middle of a square of twice the stride. */
export function blockKernel(stride) {
  const size = 2 * stride;
  const isInside = (at) => at >= stride / 2 && at < stride * 1.5;
  return Float64Array.from({ length: size * size }, (_, at) => Number(isInside(Math.floor(at / size)) && isInside(at % size)));
}

/** The kernel that enlarges bilinearly. */
export function tentKernel(stride) {
  const size = 2 * stride;
  const height = (at) => 1 - Math.abs(at - (size - 1) / 2) / stride;
  return Float64Array.from({ length: size * size }, (_, at) => height(Math.floor(at / size)) * height(at % size));
}

/** One kernel a class: blocks at 0, bilinear at 1, learned at 2, and mixtures between. */
export function mixed({ values, side }, way) {
  const stride = side / 2;
  const tent = tentKernel(stride);
  const block = blockKernel(stride);
  const share = way > 1 ? way - 1 : way;
  return values.map((learned, at) => {
    const place = at % tent.length;
    const [low, high] = way > 1 ? [tent[place], learned] : [block[place], tent[place]];
    return low + share * (high - low);
  });
}

/** Lay each class's kernel, times a score, on a larger map for each of its scores. */
export function enlarge(values, side, kernel, stride) {
  const size = 2 * stride;
  const wide = side * stride;
  const made = new Float64Array(CLASSES * wide * wide);
  for (let kind = 0; kind < CLASSES; kind++) {
    for (let at = 0; at < side * side; at++) {
      const score = values[kind * side * side + at];
      const top = Math.floor(at / side) * stride - stride / 2;
      const left = (at % side) * stride - stride / 2;
      for (let row = Math.max(0, -top); row < Math.min(size, wide - top); row++) {
        const from = (kind * size + row) * size;
        const to = (kind * wide + top + row) * wide + left;
        for (let column = Math.max(0, -left); column < Math.min(size, wide - left); column++) made[to + column] += score * kernel[from + column];
      }
    }
  }
  return made;
}

/** The scores on the way up, class by class: on each grid with what came from the coarser ones, last the pixels'. */
export function stages({ maps, kernels }, way) {
  const grids = [];
  let total = null;
  for (const [index, { values, side }] of maps.entries()) {
    const sum = total ? values.map((score, at) => score + total[at]) : values;
    grids.push(sum);
    total = enlarge(sum, side, mixed(kernels[index], way), kernels[index].side / 2);
  }
  return [...grids, total];
}

/** A score for each class and pixel, class by class. */
export const climb = (frame, way) => stages(frame, way).at(-1);

/** The class with the largest score at each pixel. */
export function maskOf(logits) {
  const pixels = logits.length / CLASSES;
  const mask = new Uint8Array(pixels);
  for (let kind = 1; kind < CLASSES; kind++) {
    for (let at = 0; at < pixels; at++) if (logits[kind * pixels + at] > logits[mask[at] * pixels + at]) mask[at] = kind;
  }
  return mask;
}

/** The IoU of each class of the true mask, by its number there, and their mean. */
export function ious(mask, truth) {
  const both = new Array(CLASSES).fill(0);
  const either = new Array(CLASSES).fill(0);
  const kinds = [...new Set(truth)].sort((one, other) => one - other);
  for (const [at, kind] of truth.entries()) {
    either[kind] += 1;
    if (mask[at] === kind) both[kind] += 1;
    else either[mask[at]] += 1;
  }
  const each = kinds.map((kind) => both[kind] / either[kind]);
  return { kinds, each, mean: each.reduce((sum, value) => sum + value, 0) / each.length };
}

/** The softmax of the scores of a pixel. */
export function sharesAt(logits, [row, column]) {
  const pixels = logits.length / CLASSES;
  const scores = Array.from({ length: CLASSES }, (_, kind) => logits[kind * pixels + row * SIDE + column]);
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The edges between pixels of different classes, as the path of an SVG in pixels. */
export function outline(mask) {
  let path = "";
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const at = row * SIDE + column;
      if (column && mask[at] !== mask[at - 1]) path += `M${column} ${row}v1`;
      if (row && mask[at] !== mask[at - SIDE]) path += `M${column} ${row}h1`;
    }
  }
  return path;
}
