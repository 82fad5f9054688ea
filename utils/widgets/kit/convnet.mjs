// The forward pass of a convolutional network, layer by layer, in float64.
//
// A picture, a stack of maps or a row of units is { shape, values }: torch's shape without the
// batch, and one flat array. Layers carry torch's names and settings; `unpack` makes them from what
// kit/convnet.py has packed.

import { decodePixels } from "./pixels.mjs";

/** Layers with weights as numbers, from layers with weights as 8-bit texts and scales. */
export function unpack(packed) {
  return packed.map((layer) => {
    if (!layer.shape) return layer;
    const whole = new Int8Array(decodePixels(layer.weight).buffer);
    const row = whole.length / layer.shape[0];
    const weight = Float64Array.from(whole, (value, at) => value * layer.scales[Math.floor(at / row)]);
    return { ...layer, weight };
  });
}

const product = (shape) => shape.reduce((total, size) => total * size, 1);
const sizeOf = (side, { kernel_size, stride, padding = 0 }) => Math.floor((side + 2 * padding - kernel_size) / stride) + 1;

/** Add one channel's share to one map: kernel weight by kernel weight, along whole rows. */
function correlate(sums, out, picture, from, weight, at, [height, width], [rows, columns], { kernel_size, stride, padding }) {
  for (let i = 0; i < kernel_size; i++) {
    for (let j = 0; j < kernel_size; j++) {
      const w = weight[at + i * kernel_size + j];
      for (let row = 0; row < rows; row++) {
        const y = row * stride + i - padding;
        if (y < 0 || y >= height) continue;
        for (let column = 0; column < columns; column++) {
          const x = column * stride + j - padding;
          if (x >= 0 && x < width) sums[out + row * columns + column] += w * picture[from + y * width + x];
        }
      }
    }
  }
}

function conv2d(layer, { shape: [channels, ...sides], values }) {
  const size = sides.map((side) => sizeOf(side, layer));
  const area = product(size);
  const kernel = layer.kernel_size ** 2;
  const sums = new Float64Array(layer.shape[0] * area);
  layer.bias.forEach((bias, map) => {
    sums.fill(bias, map * area, (map + 1) * area);
    for (let channel = 0; channel < channels; channel++) {
      const at = (map * channels + channel) * kernel;
      correlate(sums, map * area, values, channel * product(sides), layer.weight, at, sides, size, layer);
    }
  });
  return { shape: [layer.shape[0], ...size], values: sums };
}

/** Pool each map: `join(before, value)` gathers a window from `start` on, `end(gathered, count)` closes it. */
function pool(layer, { shape: [channels, height, width], values }, start, join, end) {
  const { kernel_size, stride } = layer;
  const [rows, columns] = [height, width].map((side) => sizeOf(side, layer));
  const pooled = new Float64Array(channels * rows * columns);
  for (let at = 0; at < pooled.length; at++) {
    const [map, row, column] = [Math.floor(at / (rows * columns)), Math.floor(at / columns) % rows, at % columns];
    let gathered = start;
    for (let cell = 0; cell < kernel_size ** 2; cell++) {
      const [i, j] = [Math.floor(cell / kernel_size), cell % kernel_size];
      gathered = join(gathered, values[(map * height + row * stride + i) * width + column * stride + j]);
    }
    pooled[at] = end(gathered, kernel_size ** 2);
  }
  return { shape: [channels, rows, columns], values: pooled };
}

function linear({ weight, bias }, { values }) {
  const sums = Float64Array.from(bias);
  for (let unit = 0; unit < sums.length; unit++) {
    for (let k = 0; k < values.length; k++) sums[unit] += weight[unit * values.length + k] * values[k];
  }
  return { shape: [sums.length], values: sums };
}

const each = (act) => (layer, { shape, values }) => ({ shape, values: values.map(act) });

const KINDS = {
  Conv2d: conv2d,
  MaxPool2d: (layer, maps) => pool(layer, maps, -Infinity, Math.max, (largest) => largest),
  AvgPool2d: (layer, maps) => pool(layer, maps, 0, (sum, value) => sum + value, (sum, count) => sum / count),
  Linear: linear,
  Flatten: (layer, { values }) => ({ shape: [values.length], values }),
  ReLU: each((z) => (z > 0 ? z : 0)),
  Tanh: each(Math.tanh),
  Sigmoid: each((z) => 1 / (1 + Math.exp(-z))),
};

/** What each layer gives for one picture, the picture first; the last are the logits. */
export function forward(layers, picture) {
  const all = [picture];
  for (const layer of layers) all.push(KINDS[layer.kind](layer, all.at(-1)));
  return all;
}

/** Probabilities from logits, none of which can overflow. */
export function softmax(logits) {
  const largest = Math.max(...logits);
  const shares = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = shares.reduce((total, share) => total + share);
  return shares.map((share) => share / sum);
}
