// The arithmetic of a linear classifier in the plane: scores, losses, gradients and regions.

export const BOUND = 4; // of every weight and bias

const sum = (list) => list.reduce((total, value) => total + value, 0);

/** The score of every class for a place. */
export function scoresOf(weights, biases, [x, y]) {
  return weights.map(([across, up], k) => across * x + up * y + biases[k]);
}

/** The first of the largest values. */
export function argmax(values) {
  return values.indexOf(Math.max(...values));
}

/** What every wrong class lacks to a margin of 1 below the true one. */
export function shortfalls(scores, label) {
  return scores.map((score, k) => (k === label ? 0 : Math.max(0, score - scores[label] + 1)));
}

/** The scores as probabilities. */
export function softmax(scores) {
  const most = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - most));
  const total = sum(exponentials);
  return exponentials.map((value) => value / total);
}

/** The loss of one point, `kind` being hinge or cross-entropy. */
export function lossOf(scores, label, kind) {
  if (kind === "hinge") return sum(shortfalls(scores, label));
  const most = Math.max(...scores);
  return Math.log(sum(scores.map((score) => Math.exp(score - most)))) + most - scores[label];
}

/** The gradient of `lossOf` with respect to the scores; 0 on a kink, as in torch. */
export function scoreGradient(scores, label, kind) {
  if (kind !== "hinge") return softmax(scores).map((value, k) => value - (k === label ? 1 : 0));
  const pushes = shortfalls(scores, label).map((value) => (value > 0 ? 1 : 0));
  const count = sum(pushes);
  return pushes.map((push, k) => (k === label ? -count + 0 : push));
}

/** Whether a point with these scores has a share in the gradient. */
export function pushes(scores, label, kind) {
  return scoreGradient(scores, label, kind).some((slope) => slope !== 0);
}

/** Scores, predictions, losses of all points [x, y, class], and the mean loss in its two parts. */
export function evaluate(points, { weights, biases, kind, decay }) {
  const scores = points.map((point) => scoresOf(weights, biases, point));
  const predicted = scores.map(argmax);
  const losses = scores.map((row, index) => lossOf(row, points[index][2], kind));
  const data = sum(losses) / points.length;
  const penalty = (decay / 2) * sum(weights.flat().map((weight) => weight ** 2));
  const right = predicted.filter((label, index) => label === points[index][2]).length;
  return { scores, predicted, losses, data, penalty, loss: data + penalty, right };
}

/** The gradient of the loss with respect to weights and biases. */
export function gradient(points, { weights, biases, kind, decay }) {
  const ofWeights = weights.map((row) => row.map((weight) => decay * weight));
  const ofBiases = biases.map(() => 0);
  for (const [x, y, label] of points) {
    const slopes = scoreGradient(scoresOf(weights, biases, [x, y]), label, kind);
    for (const [k, slope] of slopes.entries()) {
      ofWeights[k][0] += (slope * x) / points.length;
      ofWeights[k][1] += (slope * y) / points.length;
      ofBiases[k] += slope / points.length;
    }
  }
  return { weights: ofWeights, biases: ofBiases };
}

/** One step of gradient descent; what leads beyond the bound is cut off there. */
export function stepped(points, state) {
  const slopes = gradient(points, state);
  const moved = (value, slope) => Math.max(-BOUND, Math.min(BOUND, value - state.lr * slope)) + 0;
  return {
    weights: state.weights.map((row, k) => row.map((value, side) => moved(value, slopes.weights[k][side]))),
    biases: state.biases.map((value, k) => moved(value, slopes.biases[k])),
  };
}

/** Whether gradient descent has nowhere to go. */
export function isFlat(points, state) {
  const slopes = gradient(points, state);
  return [...slopes.weights.flat(), ...slopes.biases].every((slope) => Math.abs(slope) < 1e-9);
}

/** Whether a weight or a bias has reached the bound. */
export function isCut({ weights, biases }) {
  return [...weights.flat(), ...biases].some((value) => Math.abs(value) >= BOUND);
}

/** The part of a convex polygon where across · x + up · y + offset is not negative. */
export function clipped(polygon, [across, up, offset]) {
  const height = ([x, y]) => across * x + up * y + offset;
  return polygon.flatMap((corner, index) => {
    const next = polygon[(index + 1) % polygon.length];
    const [here, there] = [height(corner), height(next)];
    const kept = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return kept;
    const share = here / (here - there);
    return [...kept, corner.map((value, side) => value + share * (next[side] - value))];
  });
}

/** The polygon, within ±bound, in which class `k` wins; fewer than three corners: nowhere. */
export function region(weights, biases, k, bound = BOUND) {
  const square = [[-bound, -bound], [bound, -bound], [bound, bound], [-bound, bound]];
  return weights.reduce((polygon, row, other) => {
    if (other === k) return polygon;
    const lead = [weights[k][0] - row[0], weights[k][1] - row[1], biases[k] - biases[other]];
    // Of classes whose scores are the same everywhere, the first wins.
    if (lead.every((value) => value === 0)) return k < other ? polygon : [];
    return clipped(polygon, lead);
  }, square);
}
