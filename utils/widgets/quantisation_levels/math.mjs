// Levels for the weights of a small net, and how many images it gets right on them.

/** The nearest whole number, of two equally near ones the even one, as torch rounds. */
export function roundEven(value) {
  const whole = Math.round(value);
  return Math.abs(value % 1) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

/** The smallest and the largest whole number that is used. */
export function wholeRange({ bits, affine }) {
  const half = 2 ** (bits - 1) - 1;
  return affine ? [0, 2 ** bits - 1] : [-half, half];
}

/** { scale, zero } of levels that just reach over numbers; 0 is a level. */
export function fitLevels(numbers, settings) {
  const [first, last] = wholeRange(settings);
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const reach = settings.affine ? high - low : 2 * Math.max(-low, high);
  const scale = reach / (last - first) || 1;
  return { scale, zero: settings.affine ? roundEven(-low / scale) : 0 };
}

/** The levels of each row: { scale, zero } for each, alike unless each row has its own. */
export function levelsOfRows(rows, settings) {
  if (settings.per_row) return rows.map((row) => fitLevels(row, settings));
  const shared = fitLevels(rows.flat(), settings);
  return rows.map(() => shared);
}

/** All levels as numbers, from the lowest one up. */
export function positions({ scale, zero }, settings) {
  const [first, last] = wholeRange(settings);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index - zero) * scale);
}

/** Rows of weights, each weight on its nearest level. */
export function rounded(rows, settings) {
  const [first, last] = wholeRange(settings);
  return levelsOfRows(rows, settings).map(({ scale, zero }, index) =>
    rows[index].map((weight) => {
      const whole = Math.min(last, Math.max(first, roundEven(weight / scale) + zero));
      return (whole - zero) * scale;
    }),
  );
}

/** The root of the mean squared distance between two tables of numbers. */
export function distance(rows, others) {
  const [here, there] = [rows.flat(), others.flat()];
  const sum = here.reduce((total, value, index) => total + (value - there[index]) ** 2, 0);
  return Math.sqrt(sum / here.length);
}

/** What the parameters take: weights of few bits, scales and biases of 4 bytes, zero points of one. */
export function bytes({ W1, W2 }, { bits, affine, per_row }) {
  return [W1, W2].reduce((total, rows) => {
    const sets = per_row ? rows.length : 1;
    return total + (rows.flat().length * bits) / 8 + 4 * rows.length + sets * (affine ? 5 : 4);
  }, 0);
}

const sums = (rows, biases, x) =>
  rows.map((row, unit) => row.reduce((sum, weight, k) => sum + weight * x[k], biases[unit]));

/** The class that a net names for one image of 64 numbers. */
export function named({ W1, b1, W2, b2 }, x) {
  const hidden = sums(W1, b1, x).map((z) => Math.max(0, z));
  const logits = sums(W2, b2, hidden);
  return logits.indexOf(Math.max(...logits));
}

/** How many images are named right; without settings, by the floats. */
export function rightCount(net, images, labels, settings) {
  const few = settings ? { ...net, W1: rounded(net.W1, settings), W2: rounded(net.W2, settings) } : net;
  return images.filter((image, index) => named(few, image) === labels[index]).length;
}

/** How many different levels numbers stand on. */
export const used = (numbers) => new Set(numbers).size;

/** The bits of the next scene: one more, null at the end. */
export const nextBits = (bits) => (bits < 8 ? bits + 1 : null);

/** How far from 0 a level can lie on which a weight stands: affine levels of 2 bits reach furthest. */
export const furthest = (rows) => (4 / 3) * Math.max(...rows.flat().map(Math.abs));
