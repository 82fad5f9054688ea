// Ink from 0 to 1 on 28×28 pixels: the brush, and ink as text. Pure functions.

export const SIDE = 28;
const LEVELS = 255;
const CORE = 1.2; // pixels from the middle of the brush that it makes fully white
const RIM = 2.4; // pixels to where its ink ends

/** Ink from 0 to 1 after the brush has gone straight from one point to another, in pixels. */
export function brushed(ink, [fromX, fromY], [toX, toY]) {
  const [across, down] = [toX - fromX, toY - fromY];
  const length = across * across + down * down;
  return ink.map((before, at) => {
    const [x, y] = [(at % SIDE) + 0.5 - fromX, Math.floor(at / SIDE) + 0.5 - fromY];
    const share = length ? Math.max(0, Math.min(1, (x * across + y * down) / length)) : 0;
    const far = Math.hypot(x - share * across, y - share * down);
    return Math.max(before, Math.max(0, Math.min(1, (RIM - far) / (RIM - CORE))));
  });
}

/** Ink from 0 to 1 as base64 of one byte a pixel. */
export function textOf(ink) {
  return btoa(String.fromCharCode(...ink.map((value) => Math.round(value * LEVELS))));
}

/** The ink of bytes. */
export function inkOf(bytes) {
  return Array.from(bytes, (byte) => byte / LEVELS);
}
