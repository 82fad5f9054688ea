// The roofline model. Pure functions, compared with Python.

const [PIXELS, TAPS, NUMBER] = [32 ** 2, 3 ** 2, 4]; // of the convolution's picture, of its kernel; bytes

/** Four operations of size n: { name, flop, bytes, intensity }, as in utils/roofline.py. */
export function operations(n) {
  const costs = [
    ["add", n ** 2, 3 * n ** 2],
    ["matrix × vector", 2 * n ** 2, n ** 2 + 2 * n],
    ["matrix × matrix", 2 * n ** 3, 3 * n ** 2],
    ["convolution", 2 * TAPS * n ** 2 * PIXELS, 2 * n * PIXELS + TAPS * n ** 2],
  ];
  return costs.map(([name, flop, numbers]) => {
    const bytes = NUMBER * numbers;
    return { name, flop, bytes, intensity: flop / bytes };
  });
}

/** The speed under the roof, in GFLOP/s. */
export const attainable = (intensity, peak, bandwidth) => Math.min(peak, intensity * bandwidth);

/** What limits: "memory" left of the corner, else "arithmetic". */
export const wall = (intensity, peak, bandwidth) => (attainable(intensity, peak, bandwidth) === peak ? "arithmetic" : "memory");

/** The least times of an operation's arithmetic and of its bytes, as shares of the longer one. */
export function shares({ flop, bytes }, peak, bandwidth) {
  const [arithmetic, memory] = [flop / peak, bytes / bandwidth];
  const longer = Math.max(arithmetic, memory);
  return { arithmetic: arithmetic / longer, memory: memory / longer };
}

/** The size of the matrix product nearest to an intensity, within a range. */
export const sizeAt = (intensity, [least, most]) => Math.max(least, Math.min(most, Math.round(6 * intensity)));

/** The next power of two above n, or null beyond the range. */
export function doubled(n, most) {
  const next = 2 ** (Math.floor(Math.log2(n) + 1e-9) + 1);
  return next > most ? null : next;
}
