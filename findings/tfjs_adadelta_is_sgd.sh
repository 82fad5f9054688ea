#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (@tensorflow/tfjs), tf.train.adadelta beside tf.train.sgd.
#
# Guess: Zeiler's method, as in Keras and PyTorch: steps that do not depend on the scale of the gradient, the
# first of them near the learning rate times sqrt(epsilon / (1 - rho)), whatever the gradient is.
# Seen: plain gradient descent, to the last bit, for every rho and epsilon tried. The step is the gradient
# times the ratio of two running means that were updated after the step before. Both begin at zero, so the
# first ratio is 1, and the first step is the gradient; then both means take in the same square, and the
# ratio stays 1. No message.
#
# Matters for networks that are trained in a browser: two of the three arguments have no effect, and the
# learning rate has to be chosen as for gradient descent, for which the default of 0.001 is small.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > run.js <<'CODE'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs");

/** The places that an optimizer passes through from (3, -2). */
function path(optimizer, loss) {
  const place = tf.variable(tf.tensor1d([3, -2]));
  return Array.from({ length: 30 }, () => {
    optimizer.minimize(() => loss(place));
    return Array.from(place.dataSync());
  });
}

/** What Zeiler's formulas give, for a list of gradients at given places. */
function zeiler(rate, rho, epsilon, slope) {
  const place = [3, -2], squares = [0, 0], steps = [0, 0];
  return Array.from({ length: 30 }, () => {
    const slopes = slope(place);
    slopes.forEach((g, i) => {
      squares[i] = rho * squares[i] + (1 - rho) * g * g;
      const step = Math.sqrt((steps[i] + epsilon) / (squares[i] + epsilon)) * g;
      steps[i] = rho * steps[i] + (1 - rho) * step * step;
      place[i] -= rate * step;
    });
    return [...place];
  });
}

const losses = {
  "x² + 10 y²": [(v) => tf.sum(tf.mul(tf.square(v), tf.tensor1d([1, 10]))), ([x, y]) => [2 * x, 20 * y]],
  "sin x + sin y": [(v) => tf.sum(tf.sin(v)), ([x, y]) => [Math.cos(x), Math.cos(y)]],
};
for (const [name, [loss, slope]] of Object.entries(losses)) {
  const descent = path(tf.train.sgd(0.03), loss);
  for (const [rho, epsilon] of [[0.95, 1e-7], [0.5, 1e-2], [0.9, 1e-4]]) {
    const found = path(tf.train.adadelta(0.03, rho, epsilon), loss);
    const formula = zeiler(0.03, rho, epsilon, slope);
    const last = (places) => `(${places.at(-1).map((x) => x.toFixed(4)).join(", ")})`;
    console.log(`${name}, rho ${rho}, epsilon ${epsilon}: after 30 steps ${last(found)}, ` +
      `gradient descent ${last(descent)}, Zeiler's formulas ${last(formula)}`);
    assert.deepStrictEqual(found, descent);
    assert(Math.abs(found[29][1] - formula[29][1]) > 0.01);
  }
}
CODE
node run.js
