// A picture's five forms: PNG file, request in base64, pixels, tensor, answer. Pure functions, compared with Python.

import { forward, softmax } from "../kit/convnet.mjs";

export const SIDE = 8;
const PIXELS = SIDE * SIDE;
const MEAN = 0.3; // of utils/serving/preprocessing.py
const SPREAD = 0.4;
const HEAD = '{"image": "';
const MARK = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const FIRST = 49; // the byte of the file with the first pixel

const big = (value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255); // four bytes, the largest first
const letters = (text) => Array.from(text, (letter) => letter.charCodeAt(0));

/** The checksum of a chunk: the remainder of a division of polynomials over bits. */
export function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** The checksum of what zlib packs: two sums. */
export function adler32(bytes) {
  let [sum, sums] = [1, 0];
  for (const byte of bytes) {
    sum = (sum + byte) % 65521;
    sums = (sums + sum) % 65521;
  }
  return ((sums << 16) | sum) >>> 0;
}

function chunk(kind, data) {
  const named = [...letters(kind), ...data];
  return [...big(data.length), ...named, ...big(crc32(named))];
}

/** The bytes of a PNG file of 8×8 grey pixels, packed without compression. */
export function pngOf(pixels) {
  const rows = [];
  for (let row = 0; row < SIDE; row++) rows.push(0, ...pixels.slice(row * SIDE, (row + 1) * SIDE));
  const size = rows.length;
  const stored = [0x78, 0x01, 1, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255, ...rows, ...big(adler32(rows))];
  const header = [...big(SIDE), ...big(SIDE), 8, 0, 0, 0, 0];
  return [...MARK, ...chunk("IHDR", header), ...chunk("IDAT", stored), ...chunk("IEND", [])];
}

/** For each byte of a PNG file what it belongs to: signature, length, kind, data or checksum. */
export function partsOf(file) {
  const parts = MARK.map(() => "signature");
  while (parts.length < file.length) {
    const size = file.slice(parts.length, parts.length + 4).reduce((total, byte) => 256 * total + byte, 0);
    for (const [part, count] of [["length", 4], ["kind", 4], ["data", size], ["checksum", 4]]) {
      for (let at = 0; at < count; at++) parts.push(part);
    }
  }
  return parts;
}

/** The byte of the file that holds a pixel. */
export const byteOf = (place) => FIRST + place + Math.floor(place / SIDE);

/** The pixel that a byte of the file holds, −1 for none. */
export function placeOf(byte) {
  const row = Math.floor((byte - FIRST) / (SIDE + 1));
  const column = byte - FIRST - row * (SIDE + 1);
  return row >= 0 && row < SIDE && column < SIDE ? row * SIDE + column : -1;
}

/** The request around a file: { head, groups, tail }, each group four signs for three bytes. */
export function messageOf(file) {
  const text = btoa(String.fromCharCode(...file));
  return { head: HEAD, groups: text.match(/.{4}/g), tail: '"}' };
}

/** The group of signs that carries a pixel. */
export const groupOf = (place) => Math.floor(byteOf(place) / 3);

/** The pixels of a picture of ink from 0 to 16, as bytes; ink is dark on white if `inverted`. */
export function pixelsOf(ink, inverted) {
  return ink.map((level) => {
    const light = Math.round((level * 255) / 16);
    return inverted ? 255 - light : light;
  });
}

/** What the network gets of pixels. */
export const tensorOf = (pixels) => pixels.map((pixel) => (pixel / 255 - MEAN) / SPREAD);

/** What the network says of a tensor: { probabilities, said }. */
export function answerOf(layers, tensor) {
  const { values } = forward(layers, { shape: [1, SIDE, SIDE], values: Float64Array.from(tensor) }).at(-1);
  const probabilities = softmax(values);
  return { probabilities, said: probabilities.indexOf(Math.max(...probabilities)) };
}

/** The place after a move by rows and columns, kept inside the picture. */
export function moved(place, rows, columns) {
  const inside = (value) => Math.max(0, Math.min(SIDE - 1, value));
  return inside(Math.floor(place / SIDE) + rows) * SIDE + inside((place % SIDE) + columns);
}

/** Lengths of bars for times, from 0 to 1: the longest fills its room. */
export function lengthsOf(times) {
  const longest = Math.max(...times);
  return times.map((time) => time / longest);
}

export const COUNT = PIXELS;
