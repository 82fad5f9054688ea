// A 1×1 convolution of a photograph with three channels: pure functions on plain arrays.

const CHANNELS = [0, 1, 2];

/** Every `step`-th pixel of each row and column: `pixels` holds red, green, then blue. */
export function thinned(pixels, side, step) {
  const small = Math.ceil(side / step);
  const found = new Uint8Array(3 * small * small);
  for (let at = 0; at < found.length; at++) {
    const [channel, place] = [Math.floor(at / small ** 2), at % small ** 2];
    const [row, column] = [Math.floor(place / small), place % small];
    found[at] = pixels[channel * side ** 2 + row * step * side + column * step];
  }
  return found;
}

/** The output channels, neither clipped nor rounded: three sums of three products a pixel. */
export function mix(pixels, matrix) {
  const count = pixels.length / 3;
  const mixed = new Float64Array(3 * count);
  for (const [o, [red, green, blue]] of matrix.entries()) {
    for (let at = 0; at < count; at++) {
      mixed[o * count + at] =
        red * pixels[at] + green * pixels[count + at] + blue * pixels[2 * count + at];
    }
  }
  return mixed;
}

/** One channel times one weight. */
export function weighed(plane, weight) {
  return Float64Array.from(plane, (level) => weight * level);
}

/** Levels that can be drawn: rounded, and clipped to 0–255. */
export function toLevels(values) {
  return Uint8ClampedArray.from(values);
}

/** What meets at one pixel: { pixel, products, sums, levels } with a row for each output channel. */
export function meetingAt(pixels, matrix, at) {
  const count = pixels.length / 3;
  const pixel = CHANNELS.map((channel) => pixels[channel * count + at]);
  const products = matrix.map((row) => row.map((weight, i) => weight * pixel[i]));
  const sums = products.map(([red, green, blue]) => red + green + blue);
  return { pixel, products, sums, levels: [...toLevels(sums)] };
}

/** Whether the rows agree, so that all output channels are equal. */
export function hasEqualRows(matrix) {
  return CHANNELS.every((i) => matrix.every((row) => Math.abs(row[i] - matrix[0][i]) < 1e-9));
}

/** How far numbers stray from their mean, on average. */
export function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / values.length;
}
