// A small network of linear layers in float64: first weights, forward, backward.
//
// Values of n examples in a layer of k units are one flat array of n · k numbers, row by row. The
// activation follows each layer but the last.

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

// What comes out of a unit, and the slope there as a function of what comes out.
const ACTIVATIONS = {
  none: [(z) => z, () => 1],
  relu: [(z) => (z > 0 ? z : 0), (out) => (out > 0 ? 1 : 0)],
  tanh: [Math.tanh, (out) => 1 - out * out],
  sigmoid: [sigmoid, (out) => out * (1 - out)],
};

/**
 * Untrained layers { inputs, outputs, weight, bias } between so many units each; `next` gives
 * random integers. As in nn.Linear, all numbers lie within plus and minus 1 / √inputs.
 */
export function layersOf(sizes, next) {
  return sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index];
    const draw = () => ((2 * next()) / 2 ** 32 - 1) / Math.sqrt(inputs);
    const weight = Float64Array.from({ length: outputs * inputs }, draw);
    return { inputs, outputs, weight, bias: Float64Array.from({ length: outputs }, draw) };
  });
}

/** What each layer gives for the examples, the inputs first; the last are the logits. */
export function forward(layers, activation, examples) {
  const count = examples.length / layers[0].inputs;
  const [act] = ACTIVATIONS[activation];
  const all = [examples];
  layers.forEach(({ inputs, outputs, weight, bias }, index) => {
    const isLast = index === layers.length - 1;
    const before = all[index];
    const values = new Float64Array(count * outputs);
    for (let row = 0; row < count; row++) {
      for (let unit = 0; unit < outputs; unit++) {
        let sum = bias[unit];
        for (let k = 0; k < inputs; k++) sum += weight[unit * inputs + k] * before[row * inputs + k];
        values[row * outputs + unit] = isLast ? sum : act(sum);
      }
    }
    all.push(values);
  });
  return all;
}

/** The gradient { weight, bias } of each layer, from what `forward` gave and that of the logits. */
export function backward(layers, activation, all, ofLogits) {
  const [, slope] = ACTIVATIONS[activation];
  const count = ofLogits.length / layers.at(-1).outputs;
  let upstream = ofLogits;
  const slopes = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const { inputs, outputs, weight: w } = layers[index];
    const before = all[index];
    const [weight, bias] = [new Float64Array(w.length), new Float64Array(outputs)];
    const down = new Float64Array(count * inputs);
    for (let row = 0; row < count; row++) {
      for (let unit = 0; unit < outputs; unit++) {
        const up = upstream[row * outputs + unit];
        bias[unit] += up;
        for (let k = 0; k < inputs; k++) {
          weight[unit * inputs + k] += up * before[row * inputs + k];
          down[row * inputs + k] += up * w[unit * inputs + k];
        }
      }
    }
    slopes.unshift({ weight, bias });
    if (index) upstream = down.map((value, at) => value * slope(before[at]));
  }
  return slopes;
}
