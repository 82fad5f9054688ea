// A picture with digits, its class maps and their means: pure functions, compared with torch.

import { forward } from "../kit/convnet.mjs";

export const DIGIT = 14; // pixels along either side of a digit
export const STEP = 4; // pixels of the picture for each number of a class map
export const CLASSES = 10;
const CHANNELS = 32; // maps from which the class maps are made

/** A digit's corner, moved so far that the digit lies within the picture. */
export const within = (place, side) => place.map((at) => Math.max(0, Math.min(side - DIGIT, at)));

/** The digits on black, row by row: { ink, place } each, ink from 0 to 1; where they meet it adds. */
export function scene(digits, side) {
  const picture = new Float64Array(side * side);
  for (const { ink, place } of digits) {
    const [top, left] = within(place, side);
    for (let at = 0; at < ink.length; at++) {
      const pixel = (top + Math.floor(at / DIGIT)) * side + left + (at % DIGIT);
      picture[pixel] = Math.min(1, picture[pixel] + ink[at]);
    }
  }
  return picture;
}

/** The ten class maps of a picture, one array each. */
export function classMaps(layers, picture, side) {
  const { values } = forward(layers, { shape: [1, side, side], values: picture }).at(-1);
  const places = values.length / CLASSES;
  return Array.from({ length: CLASSES }, (_, label) => values.slice(label * places, (label + 1) * places));
}

/** The mean of each map: the scores. */
export const means = (maps) => maps.map((map) => map.reduce((sum, value) => sum + value, 0) / map.length);

/** Classes from the largest score down. */
export const ranked = (scores) => scores.map((_, label) => label).sort((one, other) => scores[other] - scores[one]);

/** Weights, without biases, of a dense layer and of a 1×1 layer behind the last 32 maps. */
export function headWeights(side) {
  return { dense: CHANNELS * CLASSES * (side / STEP) ** 2, mean: CHANNELS * CLASSES };
}
