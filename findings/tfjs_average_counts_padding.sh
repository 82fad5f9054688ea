#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (@tensorflow/tfjs), globalAveragePooling1d after an embedding with a mask, beside
# Keras 3.15.1.
#
# Guess: an embedding with maskZero hands a mask on, and the mean is one of the words that are there, as in
# Keras, whose layers these are.
# Seen: the mask is taken and not used. The vector of the padding, id 0, is averaged in as if it were a word:
# two words are another sentence for every length that they are padded to, and a long padding outweighs them.
# With maskZero and without it all numbers are the same. lstm, after the same embedding, leaves the padding
# out. Keras gives the mean of the words for every length. No message.
#
# Matters for the smallest model of a text, the mean of its word vectors, trained in Keras and run in a page:
# the same weights give other answers, unless the sentence fills its row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv env
env/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6 keras==3.15.1 jax==0.10.2
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > seen.js <<'CODE'
const assert = require("node:assert");
const tf = require("@tensorflow/tfjs");

const vectors = [[9, -9], [1, 2], [3, 6]];
const rows = { "no padding": [1, 2], "two": [1, 2, 0, 0], "six": [1, 2, 0, 0, 0, 0, 0, 0] };
const answer = (maskZero, layer, ids) => {
  const embedding = tf.layers.embedding({ inputDim: 3, outputDim: 2, maskZero, inputShape: [null] });
  const model = tf.sequential({ layers: [embedding, layer] });
  model.layers[0].setWeights([tf.tensor2d(vectors)]);
  return Array.from(model.predict(tf.tensor2d([ids], [1, ids.length], "int32")).dataSync());
};
for (const [name, ids] of Object.entries(rows)) {
  const average = (maskZero) => answer(maskZero, tf.layers.globalAveragePooling1d({}), ids);
  const [masked, plain] = [average(true), average(false)];
  const mean = [0, 1].map((i) => ids.reduce((sum, id) => sum + vectors[id][i], 0) / ids.length);
  console.log(`TensorFlow.js, padding ${name}: mean with mask ${masked}, without ${plain}`);
  assert.deepStrictEqual(masked, mean);
  assert.deepStrictEqual(masked, plain);
}
const ones = { kernelInitializer: "ones", recurrentInitializer: "ones", units: 1 };
const states = Object.values(rows).map((ids) => answer(true, tf.layers.lstm(ones), ids)[0]);
console.log(`TensorFlow.js, lstm with mask: ${states.map((x) => x.toFixed(4)).join(", ")}`);
assert.ok(Math.max(...states) - Math.min(...states) < 1e-6);
CODE
node seen.js
cat > seen.py <<'CODE'
import keras
import numpy as np

vectors = np.array([[9, -9], [1, 2], [3, 6]], "f")
for ids in ([1, 2], [1, 2, 0, 0], [1, 2, 0, 0, 0, 0, 0, 0]):
    embedding = keras.layers.Embedding(3, 2, mask_zero=True)
    model = keras.Sequential([embedding, keras.layers.GlobalAveragePooling1D()])
    model.build((1, len(ids)))
    embedding.set_weights([vectors])
    mean = np.asarray(model(np.array([ids])))
    print(f"Keras, {len(ids) - 2} of padding: mean with mask {mean[0].tolist()}")
    assert np.allclose(mean, [[2, 4]])
CODE
KERAS_BACKEND=jax env/bin/python seen.py
