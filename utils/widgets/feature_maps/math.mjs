// A LeNet looks at a drawing: pure functions, compared with torch.
//
// `all` is what `forward` of the kit gives: the picture, then what each layer of the network makes.

import { forward, softmax } from "../kit/convnet.mjs";
import { SIDE } from "../kit/ink.mjs";

/**
 * What is drawn: the output of layer `at`, which layer `by` has made, before any activation;
 * `lens` is the number of rows in which the inputs of a unit are laid out, 0 for windows.
 */
export const STAGES = [
  { at: 1, by: 0, lens: 0 },
  { at: 2, by: 2, lens: 0 },
  { at: 4, by: 3, lens: 0 },
  { at: 5, by: 5, lens: 0 },
  { at: 8, by: 7, lens: 5 },
  { at: 10, by: 9, lens: 6 },
  { at: 11, by: 11, lens: 6 },
];

/** The stage of a layer. */
export const stageOf = (layer) => STAGES.find(({ at }) => at === layer);

/** What the network makes of ink from 0 to 1: { all, probabilities, said }, `said` the class. */
export function answer(layers, ink) {
  const all = forward(layers, { shape: [1, SIDE, SIDE], values: Float64Array.from(ink) });
  const logits = all.at(-1).values;
  return { all, probabilities: softmax(logits), said: logits.indexOf(Math.max(...logits)) };
}

/** The maps that a stage looks at, as [channels, rows, columns]: a fully connected one sees them whole. */
function sourceOf({ by, lens }, all) {
  const before = all[by];
  if (!lens) return before;
  // Flatten has only laid the maps end to end.
  if (by === 7) return all[by - 1];
  return { shape: [1, lens, before.values.length / lens], values: before.values };
}

/** A channel and a position within the maps of a stage. */
export function bounded({ layer, channel, position }, all) {
  const [channels, rows = 1, columns = 1] = all[layer + 1].shape;
  const [row, column] = position;
  return { layer, channel: Math.min(channel, channels - 1), position: [Math.min(row, rows - 1), Math.min(column, columns - 1)] };
}

/** Where the window of a pixel begins in the maps that its stage looks at, and its side. */
function windowAt({ kernel_size, stride, padding = 0 }, [row, column]) {
  return { top: row * stride - padding, left: column * stride - padding, rows: kernel_size, columns: kernel_size };
}

/** The window of a pixel, { top, left, rows, columns } in the maps before; it may stick out of them. */
export function windowOf(layers, all, { layer, position }) {
  const stage = stageOf(layer);
  const [, rows, columns] = sourceOf(stage, all).shape;
  return stage.lens ? { top: 0, left: 0, rows, columns } : windowAt(layers[stage.by], position);
}

/** The part of the drawing that a pixel can see, { top, left, rows, columns }, cut off at its edges. */
export function seenOf(layers, { layer, position }) {
  const stage = stageOf(layer);
  if (stage.lens) return { top: 0, left: 0, rows: SIDE, columns: SIDE };
  let [top, left] = position;
  let [bottom, right] = position;
  for (const { kernel_size, stride, padding = 0 } of layers.slice(0, stage.by + 1).reverse()) {
    if (!kernel_size) continue; // an activation
    [top, left] = [top, left].map((first) => first * stride - padding);
    [bottom, right] = [bottom, right].map((last) => last * stride - padding + kernel_size - 1);
  }
  [top, left] = [top, left].map((first) => Math.max(0, first));
  return { top, left, rows: Math.min(SIDE - 1, bottom) - top + 1, columns: Math.min(SIDE - 1, right) - left + 1 };
}

/**
 * What meets at a pixel: { channels, rows, columns, window, weight, products, bias, sum, out }, in
 * flat arrays. Zeros of the padding are null in `window`. A pool has no weights: `products` are
 * its values, and `sum` is what it makes of them.
 */
export function meeting(layers, all, place) {
  const { layer, channel, position } = bounded(place, all);
  const stage = stageOf(layer);
  const { kind, weight, bias } = layers[stage.by];
  const { shape, values } = sourceOf(stage, all);
  const isPool = !weight;
  const [channels, height, width] = [isPool ? 1 : shape[0], shape[1], shape[2]];
  const { top, left, rows, columns } = windowOf(layers, all, { layer, position });
  const window = Array.from({ length: channels * rows * columns }, (_, at) => {
    const map = isPool ? channel : Math.floor(at / (rows * columns));
    const [row, column] = [top + (Math.floor(at / columns) % rows), left + (at % columns)];
    const isInside = row >= 0 && row < height && column >= 0 && column < width;
    return isInside ? values[(map * height + row) * width + column] : null;
  });
  const out = valueAt(all, { layer, channel, position });
  const form = { channels, rows, columns, window, out, kind };
  if (isPool) return { ...form, weight: null, products: window, bias: 0, sum: out };
  const weights = Array.from(weight.slice(channel * window.length, (channel + 1) * window.length));
  const products = window.map((value, at) => (value ?? 0) * weights[at]);
  const sum = products.reduce((total, product) => total + product, bias[channel]);
  return { ...form, weight: weights, products, bias: bias[channel], sum };
}

/** The number at a place. */
export function valueAt(all, { layer, channel, position: [row, column] }) {
  const { shape, values } = all[layer + 1];
  const [, rows = 1, columns = 1] = shape;
  return values[(channel * rows + row) * columns + column];
}

/** What each channel adds to the sum of a meeting; a pool has one channel and what it hands on. */
export function shares({ channels, products, weight, out }) {
  if (!weight) return [out];
  const size = products.length / channels;
  return Array.from({ length: channels }, (_, channel) =>
    products.slice(channel * size, (channel + 1) * size).reduce((total, product) => total + product),
  );
}

/** The place of the largest product of a meeting: which of the inputs it comes from. */
function loudest(layers, all, place) {
  const { rows, columns, products, window } = meeting(layers, all, place);
  const { top, left } = windowOf(layers, all, place);
  const allowed = products.map((product, at) => (window[at] === null ? -Infinity : product));
  const at = allowed.indexOf(Math.max(...allowed));
  const channel = stageOf(place.layer).by === 2 || stageOf(place.layer).by === 5 ? place.channel : Math.floor(at / (rows * columns));
  return { at, channel, position: [top + (Math.floor(at / columns) % rows), left + (at % columns)] };
}

/** The loudest way through the network, backwards from the class that it names, then in order. */
export function loudestWay(layers, all, said) {
  const way = [{ layer: 11, channel: said, position: [0, 0] }];
  for (const stage of [...STAGES].reverse().slice(1)) {
    const { at, channel, position } = loudest(layers, all, way[0]);
    way.unshift(stage.lens ? { layer: stage.at, channel: at, position: [0, 0] } : { layer: stage.at, channel, position });
  }
  return way;
}

/** Whether a drawing is another one with ink added, and that with some. */
export function isAddedTo(ink, first) {
  return ink.every((value, at) => value >= first[at]) && ink.some((value, at) => value > first[at]);
}
