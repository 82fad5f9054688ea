// Six ways to train one small network, five of them with a mistake: real training, no page.

import { backward, forward, layersOf } from "../kit/network.mjs";
import { mulberry32, shuffled } from "../kit/random.mjs";

const SIZES = [2, 16, 3];
const CLASSES = 3;
const BATCH_SIZE = 10;
const [LR, HIGH_LR] = [0.5, 20];

/** The softmax of each row of `CLASSES` numbers. */
export function softmax(rows) {
  const shares = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += CLASSES) {
    const row = rows.subarray(at, at + CLASSES);
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (let k = 0; k < CLASSES; k++) shares[at + k] = powers[k] / sum;
  }
  return shares;
}

/** The mean cross-entropy of rows of logits, as PyTorch's takes them, without overflow. */
export function crossEntropy(logits, labels) {
  let sum = 0;
  labels.forEach((label, row) => {
    const numbers = logits.subarray(CLASSES * row, CLASSES * (row + 1));
    const most = Math.max(...numbers);
    const rest = numbers.reduce((total, value) => total + Math.exp(value - most), 0);
    sum += most - numbers[label] + Math.log(rest);
  });
  return sum / labels.length;
}

/** The gradient of the cross-entropy: p − y for each row, over the number of rows. */
function ofLogits(logits, labels) {
  const slopes = softmax(logits);
  labels.forEach((label, row) => {
    slopes[CLASSES * row + label] -= 1;
  });
  return slopes.map((slope) => slope / labels.length);
}

/** From the gradient of what softmax gives back to the gradient of what it was given. */
function throughSoftmax(shares, upstream) {
  const slopes = new Float64Array(shares.length);
  for (let at = 0; at < shares.length; at += CLASSES) {
    let inner = 0;
    for (let k = at; k < at + CLASSES; k++) inner += shares[k] * upstream[k];
    for (let k = at; k < at + CLASSES; k++) slopes[k] = shares[k] * (upstream[k] - inner);
  }
  return slopes;
}

const placesOf = (points) => Float64Array.from(points.flatMap(([x, y]) => [x, y]));

/** Rows that are right: the true class has the largest number, the first of several. */
function share(outputs, labels) {
  const isRight = (label, row) => {
    const numbers = outputs.subarray(CLASSES * row, CLASSES * (row + 1));
    return numbers.indexOf(Math.max(...numbers)) === label;
  };
  return labels.filter(isRight).length / labels.length;
}

/**
 * Train one patient: { training, validation, accuracy }.
 *
 * `data` is { training, validation, mixedUp }: points [x, y, class], and labels for "labels mixed
 * up". `training` is the loss of each minibatch before its step; the others come after each epoch.
 */
export function curves(name, seed, epochs, { training, validation, mixedUp }) {
  const layers = layersOf(SIZES, mulberry32(seed));
  const next = mulberry32(seed + 1000);
  const labels = name === "labels mixed up" ? mixedUp : training.map((point) => point[2]);
  const lr = name === "rate too high" ? HIGH_LR : LR;
  const isTwice = name === "softmax twice";
  const sums = layers.map(({ weight, bias }) => ({ weight: weight.map(() => 0), bias: bias.map(() => 0) }));
  const outputsOf = (all) => (isTwice ? softmax(all.at(-1)) : all.at(-1));

  function step(rows) {
    const truth = rows.map((row) => labels[row]);
    const all = forward(layers, "relu", placesOf(rows.map((row) => training[row])));
    const outputs = outputsOf(all);
    const upstream = ofLogits(outputs, truth);
    const slopes = backward(layers, "relu", all, isTwice ? throughSoftmax(outputs, upstream) : upstream);
    layers.forEach((layer, index) => {
      for (const part of ["weight", "bias"]) {
        const sum = sums[index][part];
        for (let at = 0; at < sum.length; at++) {
          sum[at] = slopes[index][part][at] + (name === "never cleared" ? sum[at] : 0);
          layer[part][at] -= lr * sum[at];
        }
      }
    });
    return crossEntropy(outputs, truth);
  }

  const found = { training: [], validation: [], accuracy: [] };
  const [places, wanted] = [placesOf(validation), validation.map((point) => point[2])];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const drawn = shuffled(training.length, next);
    const order = name === "not shuffled" ? training.map((_, row) => row) : drawn;
    for (let at = 0; at < order.length; at += BATCH_SIZE) found.training.push(step(order.slice(at, at + BATCH_SIZE)));
    const outputs = outputsOf(forward(layers, "relu", places));
    found.validation.push(crossEntropy(outputs, wanted));
    found.accuracy.push(share(outputs, wanted));
  }
  return found;
}

/** The mean of each epoch's minibatches. */
export function epochMeans(losses, epochs) {
  const size = losses.length / epochs;
  return Array.from({ length: epochs }, (_, epoch) => {
    const part = losses.slice(epoch * size, (epoch + 1) * size);
    return part.reduce((sum, loss) => sum + loss, 0) / size;
  });
}
