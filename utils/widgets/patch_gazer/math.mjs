// The net in the browser: pure functions on rows of numbers, compared with torch.

import { gelu } from "../kit/normal.mjs";

const EPS = 1e-6; // what layer norm adds to the variance
export const ACROSS = 7; // patches in a row
const PATCH = 4; // pixels along either side of one
const SIDE = ACROSS * PATCH;
const COUNT = ACROSS * ACROSS;

const dot = (one, other) => {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index] * other[index];
  return sum;
};

const linear = (row, weight, bias) => weight.map((line, index) => dot(row, line) + bias[index]);

const added = (one, other) => one.map((value, index) => value + other[index]);

/** Shares that add up to 1. */
export function softmax(scores) {
  const top = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - top));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** A row with mean 0 and variance 1, then stretched and moved. */
export function layerNorm(row, weight, bias) {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  const scale = 1 / Math.sqrt(variance + EPS);
  return row.map((value, index) => (value - mean) * scale * weight[index] + bias[index]);
}

/** The patches of a picture of 28×28 numbers, row by row, 16 numbers each. */
export function cut(pixels) {
  return Array.from({ length: COUNT }, (_, patch) => {
    const [top, left] = [PATCH * Math.floor(patch / ACROSS), PATCH * (patch % ACROSS)];
    return Array.from({ length: PATCH * PATCH }, (__, index) => {
      return pixels[SIDE * (top + Math.floor(index / PATCH)) + left + (index % PATCH)];
    });
  });
}

/** All heads of one layer: the tables of weights, and what the tokens have fetched. */
function attend(x, part, heads) {
  const [Q, K, V] = ["query", "key", "value"].map((name) =>
    x.map((row) => linear(row, part(`attention.${name}.weight`), part(`attention.${name}.bias`))),
  );
  const width = x[0].length / heads;
  const of = (row, head) => row.slice(head * width, (head + 1) * width);
  const tables = Array.from({ length: heads }, (_, head) => {
    const keys = K.map((row) => of(row, head));
    return Q.map((row) => {
      const query = of(row, head);
      return softmax(keys.map((key) => dot(query, key) / Math.sqrt(width)));
    });
  });
  const columns = V[0].map((_, column) => V.map((row) => row[column]));
  const fetched = x.map((_, token) => columns.map((values, column) => dot(tables[Math.floor(column / width)][token], values)));
  return { tables, fetched: fetched.map((row) => linear(row, part("attention.out.weight"), part("attention.out.bias"))) };
}

/**
 * What the net does with a picture: `weights[layer][head][token][other]` and ten `probabilities`.
 *
 * `net` has the weights by the names of torch. Place i shows the patch `order[i]`. Positions are
 * those "of the places", "of the patches", which travel with these, or "none".
 */
export function looked(net, pixels, { order, positions, heads }) {
  const patches = cut(pixels);
  const place = (index) => (positions === "of the patches" && index ? order[index - 1] + 1 : index);
  const tokens = [net.class_token[0], ...order.map((patch) => linear(patches[patch], net["embed.weight"], net["embed.bias"]))];
  let x = tokens.map((row, index) => (positions === "none" ? row : added(row, net.positions[place(index)])));
  const weights = [];
  for (let layer = 0; `blocks.${layer}.attention.query.weight` in net; layer++) {
    const part = (name) => net[`blocks.${layer}.${name}`];
    const norm = (row, name) => layerNorm(row, part(`${name}.weight`), part(`${name}.bias`));
    const { tables, fetched } = attend(x.map((row) => norm(row, "attention_norm")), part, heads);
    weights.push(tables);
    x = x.map((row, token) => added(row, fetched[token]));
    x = x.map((row) => {
      const wide = linear(norm(row, "feed_forward_norm"), part("feed_forward.0.weight"), part("feed_forward.0.bias"));
      return added(row, linear(wide.map(gelu), part("feed_forward.2.weight"), part("feed_forward.2.bias")));
    });
  }
  const last = layerNorm(x[0], net["norm.weight"], net["norm.bias"]);
  return { weights, probabilities: softmax(linear(last, net["head.weight"], net["head.bias"])) };
}

/** The index of the largest number, the first of equals. */
export const largest = (row) => row.indexOf(Math.max(...row));

/** The token where an arrow key leads: 0 is the class token, left of the middle row. */
export function moved(token, down, across) {
  if (!Number.isFinite(across)) return across < 0 ? 0 : COUNT;
  if (token === 0) return across > 0 ? 1 + ACROSS * Math.floor(ACROSS / 2) : 0;
  const [row, column] = [Math.floor((token - 1) / ACROSS), (token - 1) % ACROSS];
  if (column + across < 0) return 0;
  const next = [row + down, column + across].map((at) => Math.max(0, Math.min(ACROSS - 1, at)));
  return 1 + ACROSS * next[0] + next[1];
}
