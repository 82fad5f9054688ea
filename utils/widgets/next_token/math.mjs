// The transformer in the browser: pure functions on rows of numbers, compared with torch.

import { gelu } from "../kit/normal.mjs";

const EPS = 1e-5; // of layer norm
const BASE = 10000; // of the waves of positions

/** Whole numbers of one byte each, from base64. */
function bytes(codes) {
  return Int8Array.from(atob(codes), (character) => character.charCodeAt(0));
}

/** The stored net with its matrices as rows of numbers: `net.part["blocks.0.attention.query.weight"]`. */
export function unpacked({ characters, matrices, vectors }) {
  const part = { ...vectors };
  for (const [name, { scales, codes }] of Object.entries(matrices)) {
    const whole = bytes(codes);
    const columns = whole.length / scales.length;
    part[name] = scales.map((scale, row) => Array.from(whole.subarray(row * columns, (row + 1) * columns), (code) => code * scale));
  }
  return { characters: [...characters], part };
}

const dot = (one, other) => {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index] * other[index];
  return sum;
};

/** Shares that add up to 1. */
export function softmax(scores) {
  const top = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - top));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** One token behind layer norm. */
export function layerNorm(row, gain, shift) {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const spread = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length + EPS);
  return row.map((value, index) => (gain[index] * (value - mean)) / spread + shift[index]);
}

/** The waves of a place. */
export function wave(place, width) {
  return Array.from({ length: width }, (_, column) => {
    const angle = place * BASE ** (-(column - (column % 2)) / width);
    return column % 2 ? Math.cos(angle) : Math.sin(angle);
  });
}

/** The linear layer of this name, of one token. */
const linear = (part, name, row) => part[`${name}.weight`].map((weights, index) => dot(weights, row) + part[`${name}.bias`][index]);
const normed = (part, name, row) => layerNorm(row, part[`${name}.weight`], part[`${name}.bias`]);
const added = (one, other) => one.map((value, index) => value + other[index]);

/** Causal attention of all tokens: what each one fetched, and where each head of the last looks. */
function attended(part, name, x, heads) {
  const [Q, K, V] = ["query", "key", "value"].map((kind) => x.map((row) => linear(part, `${name}.${kind}`, row)));
  const size = Q[0].length / heads;
  const looks = [];
  const fetched = Q.map(() => []);
  for (let head = 0; head < heads; head++) {
    const cut = (rows) => rows.map((row) => row.slice(head * size, (head + 1) * size));
    const [queries, keys, values] = [Q, K, V].map(cut);
    queries.forEach((query, place) => {
      const shares = softmax(keys.slice(0, place + 1).map((key) => dot(query, key) / Math.sqrt(size)));
      for (let column = 0; column < size; column++) {
        fetched[place].push(shares.reduce((sum, share, at) => sum + share * values[at][column], 0));
      }
      if (place === Q.length - 1) looks.push(shares);
    });
  }
  return { rows: fetched.map((row) => linear(part, `${name}.out`, row)), looks };
}

/**
 * What the net makes of the ids of a text: a logit for each character to come next, and `looks`,
 * the weights of the last place, a row for each head of each block.
 */
export function foreseen({ part }, ids, { heads, blocks }) {
  const width = part["norm.weight"].length;
  let x = ids.map((id, place) => added(part["lookup.weight"][id], wave(place, width)));
  const looks = [];
  for (let block = 0; block < blocks; block++) {
    const name = `blocks.${block}`;
    const seen = attended(part, `${name}.attention`, x.map((row) => normed(part, `${name}.attention_norm`, row)), heads);
    looks.push(...seen.looks);
    x = x.map((row, place) => {
      const sum = added(row, seen.rows[place]);
      const inner = linear(part, `${name}.feed_forward.0`, normed(part, `${name}.feed_forward_norm`, sum)).map(gelu);
      return added(sum, linear(part, `${name}.feed_forward.2`, inner));
    });
  }
  return { logits: linear(part, "scores", normed(part, "norm", x.at(-1))), looks };
}

/** softmax(logits / temperature); at 0 the largest share all. */
export function withTemperature(logits, temperature) {
  const top = Math.max(...logits);
  if (temperature === 0) {
    const best = logits.map((logit) => Number(logit === top));
    const count = best.reduce((sum, one) => sum + one, 0);
    return best.map((one) => one / count);
  }
  return softmax(logits.map((logit) => (logit - top) / temperature));
}

/** The first index at which the sum of the chances passes `luck`, from 0 to 1. */
export function drawn(chances, luck) {
  let sum = 0;
  const found = chances.findIndex((chance) => (sum += chance) > luck);
  return found < 0 ? chances.length - 1 : found;
}

/** The indices of the largest numbers, largest first; of equals the first. */
export function best(numbers, count) {
  return numbers
    .map((_, index) => index)
    .sort((one, other) => numbers[other] - numbers[one] || one - other)
    .slice(0, count);
}

/** The end of a text that the net reads: with the next character it fills two rows of half `context`. */
export function readPart(text, context) {
  const over = Math.max(0, text.length + 1 - context);
  return text.slice((context / 2) * Math.ceil(over / (context / 2)));
}

/** What was typed, in small letters, without characters that the net lacks. */
export function cleaned(text, characters, most) {
  return [...text.toLowerCase()].filter((character) => characters.includes(character)).slice(0, most).join("");
}

/** Whether a text ends with a piece of 8 or more characters that stands there twice in a row. */
export function goesRound(text) {
  for (let size = 8; 2 * size <= text.length; size++) {
    if (text.slice(-size) === text.slice(-2 * size, -size)) return true;
  }
  return false;
}
