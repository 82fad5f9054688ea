// The net in the browser: pure functions on rows of numbers, compared with torch.

/** The index of each letter, A is 0. */
export const indices = (word) => [...word].map((letter) => letter.charCodeAt(0) - 65);

/** The letters of some indices. */
export const spelled = (found) => String.fromCharCode(...found.map((index) => 65 + index));

/** Rows of waves for positions: sine and cosine of ever slower angles, in pairs. */
export function waves(length, width, base) {
  return Array.from({ length }, (_, place) =>
    Array.from({ length: width }, (__, column) => {
      const angle = place * base ** (-(column - (column % 2)) / width);
      return column % 2 ? Math.cos(angle) : Math.sin(angle);
    }),
  );
}

const dot = (one, other) => one.reduce((sum, value, index) => sum + value * other[index], 0);

/** Each row by a matrix of rows, x Wᵀ. */
const projected = (rows, matrix) => rows.map((row) => matrix.map((line) => dot(row, line)));

/** Shares that add up to 1; a score of −∞ gets none. */
export function softmax(scores) {
  const top = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - top));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** The index of the largest number, the first of equals. */
export const largest = (row) => row.indexOf(Math.max(...row));

/**
 * What the net does with a word: `weights`, a row for each place, and `logits`.
 * `net` has rows of numbers by name; `base` is that of the waves.
 */
export function lookedUp(net, { word, sharpness, positions, causal }, base) {
  const found = indices(word);
  const width = net.query.length;
  const places = waves(found.length, width, base);
  const x = found.map((letter, place) =>
    net.letters[letter].map((value, column) => value + (positions ? places[place][column] : 0)),
  );
  const [Q, K, V] = [net.query, net.key, net.value].map((matrix) => projected(x, matrix));
  const weights = Q.map((query, place) =>
    softmax(K.map((key, at) => (causal && at > place ? -Infinity : (sharpness * dot(query, key)) / Math.sqrt(width)))),
  );
  const fetched = weights.map((row) => V[0].map((_, column) => dot(row, V.map((value) => value[column]))));
  const logits = projected(fetched, net.out).map((row) => row.map((value, index) => value + net.bias[0][index]));
  return { weights, logits };
}

/** How many letters of the answer are those of the word backwards. */
export function rightCount(word, answer) {
  const wanted = [...word].reverse();
  return [...answer].filter((letter, place) => letter === wanted[place]).length;
}

/** What was typed as capitals A to Z, at most so many. */
export const cleaned = (text, length) => text.toUpperCase().replace(/[^A-Z]/g, "").slice(0, length);
