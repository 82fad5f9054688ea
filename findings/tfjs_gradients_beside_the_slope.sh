#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (@tensorflow/tfjs, JavaScript backend), tf.grad beside differences.
#
# Guess: a gradient that exists is the slope of what is computed; for operators without one tf.grad says
# "gradient function not found", as it does for cumprod and cropAndResize.
# Seen: four operators give another function's gradient. avgPool with padding divides by the whole window
# (4 for 2 x 2) where it had divided by the pixels that are inside (1 in the corner): all at the border is
# too small. The two resizings with halfPixelCenters give the gradient without it. mirrorPad sends nothing
# back from the pixels that it has mirrored. floorDiv has the slope of a division, not 0. No message.
#
# Matters for training in a browser, and for pictures that are changed by gradients (adversarial examples,
# style): the loss falls all the same, only less.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > run.js <<'CODE'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs");

const [shape, size] = [[1, 3, 3, 1], 9];
const picture = [0.3, 1.7, 2.2, -1.4, 0.9, 3.6, -2.8, 0.6, 1.1];
const image = (values) => tf.tensor4d(values, shape);
const square = (x) => tf.reshape(x, [3, 3]);
const ways = {
  "avgPool, valid": [(x) => tf.avgPool(x, 2, 1, "valid"), 0],
  "avgPool, same": [(x) => tf.avgPool(x, 2, 1, "same"), 5],
  "avgPool, 3 x 3, same": [(x) => tf.avgPool(x, 3, 1, "same"), 9],
  "maxPool, same": [(x) => tf.maxPool(x, 2, 1, "same"), 0],
  "resizeBilinear": [(x) => tf.image.resizeBilinear(x, [6, 6]), 0],
  "resizeBilinear, halfPixelCenters": [(x) => tf.image.resizeBilinear(x, [6, 6], false, true), 8],
  "resizeNearestNeighbor": [(x) => tf.image.resizeNearestNeighbor(x, [5, 5]), 0],
  "resizeNearestNeighbor, halfPixelCenters":
    [(x) => tf.image.resizeNearestNeighbor(x, [5, 5], false, true), 6],
  "pad": [(x) => tf.pad(square(x), [[1, 1], [1, 1]]), 0],
  "mirrorPad, reflect": [(x) => tf.mirrorPad(square(x), [[1, 1], [1, 1]], "reflect"), 5],
  "mirrorPad, symmetric": [(x) => tf.mirrorPad(square(x), [[1, 1], [1, 1]], "symmetric"), 8],
  "floor": [(x) => tf.floor(x), 0],
  "floorDiv": [(x) => tf.cast(tf.floorDiv(x, tf.scalar(1)), "float32"), 9],
};
const show = (values) => values.map((x) => x.toFixed(2)).join(" ");
for (const [name, [way, expected]] of Object.entries(ways)) {
  const total = (x) => tf.sum(way(x));
  const gradient = Array.from(tf.grad(total)(image(picture)).dataSync());
  const slopes = picture.map((_, i) => {
    const [above, below] = [0.0625, -0.0625].map((step) =>
      total(image(picture.map((x, j) => (i === j ? x + step : x)))).dataSync()[0]);
    return (above - below) / 0.125;
  });
  const wrong = slopes.filter((slope, i) => Math.abs(slope - gradient[i]) > 0.01).length;
  console.log(`${name}: ${wrong} of ${size} wrong`);
  if (wrong) console.log(`  tf.grad ${show(gradient)}\n  slopes  ${show(slopes)}`);
  assert.strictEqual(wrong, expected);
}
CODE
node run.js
