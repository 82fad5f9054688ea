#!/usr/bin/env bash
# TensorFlow.js 4.22.0, its WebAssembly backend (@tensorflow/tfjs-backend-wasm) beside its JavaScript backend.
#
# Guess: a cast to bool asks whether a number is 0, as in the JavaScript backend, in TensorFlow and in numpy.
# Seen: the number is cut to a whole one and its lowest byte is kept. 0.5 and 256 become false; 2 becomes a
# "true" of 2, which counts twice in a sum, and whose logicalNot is 3, true again. tf.notEqual(x, 0) is right.
# isNaN of whole numbers looks at their bits as if they were a float: -1 is NaN. No message.
#
# Matters for masks: of probabilities, of labels in which -1 says "leave out", of counts. The same page
# masks other places on a machine where another backend is chosen.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 \
  @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat > run.js <<'CODE'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
const wasm = require("@tensorflow/tfjs-backend-wasm");

wasm.setWasmPaths(`${__dirname}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
const truths = (values, type) => tf.cast(tf.tensor1d(values, type), "bool");
const ways = {
  "cast of 0.5, -0.5, 1, 2, 256": [() => truths([0.5, -0.5, 1, 2, 256]), [1, 1, 1, 1, 1], [0, 0, 1, 2, 0]],
  "cast of whole 1, 2, 256": [() => truths([1, 2, 256], "int32"), [1, 1, 1], [1, 2, 0]],
  "where 0.5, 2, 0": [() => tf.where(truths([0.5, 2, 0]), tf.ones([3]), tf.zeros([3])), [1, 1, 0], [0, 1, 0]],
  "any of 0.5, 256": [() => tf.any(truths([0.5, 256])), [1], [0]],
  "sum of cast 2, 3": [() => tf.sum(truths([2, 3])), [2], [5]],
  "not of cast 1, 2": [() => tf.logicalNot(truths([1, 2])), [0, 0], [0, 3]],
  "isNaN of whole -1, 0, 1": [() => tf.isNaN(tf.tensor1d([-1, 0, 1], "int32")), [0, 0, 0], [1, 0, 0]],
  "notEqual of 0.5, 256 and 0": [() => tf.notEqual(tf.tensor1d([0.5, 256]), tf.zeros([2])), [1, 1], [1, 1]],
};
(async () => {
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    await tf.ready();
    assert.strictEqual(tf.getBackend(), backend);
    for (const [name, [way, plain, compiled]] of Object.entries(ways)) {
      const found = Array.from(way().dataSync(), Number);
      console.log(`${backend}: ${name}: ${found.join(" ")}`);
      assert.deepStrictEqual(found, backend === "cpu" ? plain : compiled, name);
    }
  }
})();
CODE
node run.js
