// A U-Net in the browser, its mask and its scores: pure functions, compared with torch.

import { forward, unpack } from "../kit/convnet.mjs";

export const SIDE = 64;
export const CLASSES = 4;
const POOL = { kind: "MaxPool2d", kernel_size: 2, stride: 2 };

/** The net with its weights as numbers. */
export const unpacked = (net) => Object.fromEntries(Object.entries(net).map(([kind, blocks]) => [kind, blocks.map(unpack)]));

const run = (layers, maps) => forward(layers, maps).at(-1);

/** Maps of half the channels' squares: each pixel's four numbers become a square of 2×2. */
export function shuffled({ shape: [channels, height, width], values }) {
  const wide = 2 * width;
  const area = height * width;
  const out = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const [channel, place] = [Math.floor(at / area), at % area];
    const row = 2 * Math.floor(place / width) + (Math.floor(channel / 2) % 2);
    const column = 2 * (place % width) + (channel % 2);
    out[(Math.floor(channel / 4) * 2 * height + row) * wide + column] = values[at];
  }
  return { shape: [channels / 4, 2 * height, wide], values: out };
}

/** Two stacks of maps, one behind the other along the channels. */
export function joined(one, other) {
  const values = new Float64Array(one.values.length + other.values.length);
  values.set(one.values);
  values.set(other.values, one.values.length);
  return { shape: [one.shape[0] + other.shape[0], ...one.shape.slice(1)], values };
}

/** What the blocks of the encoder give for a picture, the finest first. */
export function encoded(net, picture) {
  const maps = [run(net.down[0], { shape: [1, SIDE, SIDE], values: picture })];
  for (const block of net.down.slice(1)) maps.push(run(block, run([POOL], maps.at(-1))));
  return maps;
}

/** What the blocks of the decoder give, the coarsest first, and then the logits. */
export function decoded(net, down, skips) {
  const maps = [down.at(-1)];
  for (let level = skips.length - 1; level >= 0; level--) {
    const kept = skips[level] ? down[level] : { ...down[level], values: new Float64Array(down[level].values.length) };
    maps.push(run(net.join[level], joined(kept, shuffled(run(net.up[level], maps.at(-1))))));
  }
  return [...maps.slice(1), run(net.head[0], maps.at(-1))];
}

/** The class with the largest logit, pixel by pixel; among equals the first. */
export function largest({ shape: [classes], values }) {
  const area = values.length / classes;
  return Uint8Array.from({ length: area }, (_, pixel) => {
    let best = 0;
    for (let label = 1; label < classes; label++) if (values[label * area + pixel] > values[best * area + pixel]) best = label;
    return best;
  });
}

/** The mean IoU over the classes that are in at least one of two masks. */
export function meanIou(mask, truth) {
  const ious = Array.from({ length: CLASSES }, (_, label) => {
    let [both, either] = [0, 0];
    mask.forEach((found, pixel) => {
      both += found === label && truth[pixel] === label;
      either += found === label || truth[pixel] === label;
    });
    return both / either;
  }).filter((iou) => !Number.isNaN(iou));
  return ious.reduce((sum, iou) => sum + iou, 0) / ious.length;
}

/** Whether a pixel has another class beside or diagonal to it, for each pixel of a mask. */
export function edges(truth) {
  return Array.from(truth, (label, pixel) => {
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    for (let i = Math.max(0, row - 1); i <= Math.min(SIDE - 1, row + 1); i++) {
      for (let j = Math.max(0, column - 1); j <= Math.min(SIDE - 1, column + 1); j++) {
        if (truth[i * SIDE + j] !== label) return true;
      }
    }
    return false;
  });
}

/** The share of right pixels along the borders of the true mask. */
export function borderShare(mask, truth) {
  const edge = edges(truth);
  const right = edge.filter((is, pixel) => is && mask[pixel] === truth[pixel]);
  return right.length / edge.filter(Boolean).length;
}
