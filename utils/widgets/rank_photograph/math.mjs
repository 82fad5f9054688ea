// A matrix as a sum of layers, each one column times one row: the singular value decomposition.

const SWEEPS = 40; // far more than it takes
const SMALL = 1e-13; // the cosine of two columns that count as being at right angles

function dot(one, other) {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index] * other[index];
  return sum;
}

/** Turn two columns in their plane. */
function turn(one, other, c, s) {
  for (let index = 0; index < one.length; index++) {
    const [a, b] = [one[index], other[index]];
    one[index] = c * a - s * b;
    other[index] = s * a + c * b;
  }
}

/**
 * The layers of a square matrix, given row after row, the strongest first: { values, columns, rows },
 * so that the matrix is the sum of value · column · row. One-sided Jacobi: the columns of the matrix
 * are turned in pairs until all of them stand at right angles; their lengths are the singular values.
 */
export function decompose(entries, side) {
  const images = Array.from({ length: side }, (_, j) => Float64Array.from({ length: side }, (__, i) => entries[i * side + j]));
  const turned = Array.from({ length: side }, (_, j) => Float64Array.from({ length: side }, (__, i) => Number(i === j)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let isDone = true;
    const sizes = images.map((image) => dot(image, image));
    for (let p = 0; p < side; p++) {
      for (let q = p + 1; q < side; q++) {
        const product = dot(images[p], images[q]);
        if (Math.abs(product) <= SMALL * Math.sqrt(sizes[p] * sizes[q])) continue;
        isDone = false;
        const ratio = (sizes[q] - sizes[p]) / (2 * product);
        const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
        const c = 1 / Math.hypot(1, t);
        turn(images[p], images[q], c, c * t);
        turn(turned[p], turned[q], c, c * t);
        sizes[p] -= t * product;
        sizes[q] += t * product;
      }
    }
    if (isDone) break;
  }
  const lengths = images.map((image) => Math.sqrt(dot(image, image)));
  const order = lengths.map((_, index) => index).sort((one, other) => lengths[other] - lengths[one]);
  return {
    values: order.map((index) => lengths[index]),
    columns: order.map((index) => images[index].map((entry) => (lengths[index] ? entry / lengths[index] : 0))),
    rows: order.map((index) => turned[index]),
  };
}

/** The error of 0, 1, 2, … layers: what is left out, as a share of the whole (Eckart and Young). */
export function errors(values) {
  const left = [0];
  for (const value of [...values].reverse()) left.unshift(left[0] + value * value);
  return left.map((squares) => (left[0] ? Math.sqrt(squares / left[0]) : 0));
}

/** How many numbers some layers take: a column, a row and a singular value each. */
export function stored(layers, side) {
  return layers * (2 * side + 1);
}

/** The sum of the layers from one on, up to another, row after row; layers are counted from 0. */
export function rebuilt({ values, columns, rows }, from, to) {
  const side = values.length;
  const sum = new Float64Array(side * side);
  for (let layer = from; layer < to; layer++) {
    for (let i = 0; i < side; i++) {
      const strength = values[layer] * columns[layer][i];
      for (let j = 0; j < side; j++) sum[i * side + j] += strength * rows[layer][j];
    }
  }
  return sum;
}

/** Entries from 0 to 1 as grey levels; what lies outside is cut. */
export function greys(entries) {
  return Uint8Array.from(entries, (entry) => Math.round(255 * Math.max(0, Math.min(1, entry))));
}

/** Entries of either sign as grey levels: 0 is in the middle, the largest size black or white. */
export function signedGreys(entries) {
  const reach = entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0) || 1;
  return Uint8Array.from(entries, (entry) => Math.round(127.5 + (127.5 * entry) / reach));
}

/** The fewest layers whose error is at most some share. */
export function fewest(list, wanted) {
  return list.findIndex((error) => error <= wanted);
}
