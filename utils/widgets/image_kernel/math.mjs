// The arithmetic of the image kernel explorer, on plain numbers and arrays.

import { outputSize } from "../kit/convolution.mjs";

/** The weights and the divisor of a named preset; size is 3 or 5. */
export function kernelPreset(name, size) {
  const half = (size - 1) / 2;
  const { smooth, slope, rings, scale, steepness } = {
    3: { smooth: [1, 2, 1], slope: [-1, 0, 1], rings: [-4, 1, 0], scale: 1, steepness: 1 },
    5: {
      smooth: [1, 4, 6, 4, 1],
      slope: [-1, -2, 0, 2, 1],
      rings: [-16, 2, 1, 0, 0],
      scale: 8,
      steepness: 16,
    },
  }[size];
  const centre = (r, c) => (r === 0 && c === 0 ? scale : 0);
  const laplacian = (r, c) => rings[Math.abs(r) + Math.abs(c)];
  const [weight, divisor] = {
    identity: [(r, c) => centre(r, c) / scale, 1],
    "box blur": [() => 1, size ** 2],
    "Gaussian blur": [(r, c) => smooth[r + half] * smooth[c + half], 4 ** (size - 1)],
    sharpen: [(r, c) => centre(r, c) - laplacian(r, c), scale],
    "Sobel x": [(r, c) => smooth[r + half] * slope[c + half], steepness],
    "Sobel y": [(r, c) => slope[r + half] * smooth[c + half], steepness],
    Laplacian: [laplacian, scale],
    emboss: [(r, c) => centre(r, c) + r + c, scale],
  }[name];
  const offsets = Array.from({ length: size }, (_, index) => index - half);
  return { kernel: offsets.map((r) => offsets.map((c) => weight(r, c))), divisor };
}

/** A kernel framed with zeros, or without its frame, so that it has `size` rows. */
export function resized(kernel, size) {
  const margin = (size - kernel.length) / 2;
  return Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (_, c) => kernel[r - margin]?.[c - margin] ?? 0),
  );
}

/** One side of the picture as an axis of a convolution. */
export function axisFor(length, kernelSize, { padding, stride }) {
  return { input_size: length, kernel_size: kernelSize, padding, stride, dilation: 1 };
}

/** Cross-correlate a row-major grey picture with a kernel: {values, rows, columns}. */
export function correlate2d(pixels, width, height, kernel, { padding, stride, divisor }) {
  const size = kernel.length;
  const across = width + 2 * padding;
  const padded = new Float64Array(across * (height + 2 * padding));
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++)
      padded[(r + padding) * across + c + padding] = pixels[r * width + c];
  const [rows, columns] = [height, width].map((length) =>
    outputSize(axisFor(length, size, { padding, stride })),
  );
  const weights = Float64Array.from(kernel.flat());
  const values = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0, at = 0; i < size; i++) {
        const start = (r * stride + i) * across + c * stride;
        for (let j = 0; j < size; j++) sum += padded[start + j] * weights[at++];
      }
      values[r * columns + c] = sum / divisor;
    }
  return { values, rows, columns };
}

/** What makes one output pixel: cells of {pixel, weight, product, inside}, sum and result. */
export function productsAt(pixels, width, height, kernel, options, [row, column]) {
  const { padding, stride, divisor } = options;
  let sum = 0;
  const cells = kernel.map((weights, i) =>
    weights.map((weight, j) => {
      const r = row * stride + i - padding;
      const c = column * stride + j - padding;
      const inside = r >= 0 && r < height && c >= 0 && c < width;
      const pixel = inside ? pixels[r * width + c] : 0;
      sum += pixel * weight;
      return { pixel, weight, product: pixel * weight, inside };
    }),
  );
  return { cells, sum, result: sum / divisor };
}

/**
 * Grey levels for real values: {greys, low, high, black, white, lost}.
 *
 * "clipped" rounds and cuts off at 0 and 255; `lost` counts the values outside. "raw" maps
 * black … white to 0 … 255, where zero is mid-grey as soon as a value is negative.
 */
export function toGrey(values, view) {
  let [low, high, lost] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    if (value < 0 || value > 255) lost++;
  }
  let [black, white] = [0, 255];
  if (view === "raw") {
    white = low < 0 ? Math.max(-low, high) : high;
    black = low < 0 ? -white : low;
  }
  const rescaled = (value) => (white > black ? ((value - black) / (white - black)) * 255 : 127.5);
  // A clamped array rounds ties to even, as torch.round does.
  const greys = new Uint8ClampedArray(view === "raw" ? values.map(rescaled) : values);
  return { greys, low, high, black, white, lost };
}

/** Whether a kernel leaves flat regions as bright as they are: its weights add up to the divisor. */
export function keepsBrightness({ kernel, divisor }) {
  const sum = kernel.flat().reduce((total, weight) => total + weight, 0);
  return Math.abs(sum / divisor - 1) < 1e-9;
}

/** The place of an output nearest to [row, column]. */
export function bounded([row, column], { rows, columns }) {
  const within = (value, count) => Math.min(Math.max(value, 0), count - 1);
  return [within(row, rows), within(column, columns)];
}
