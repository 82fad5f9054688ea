// What the paths of an Inception block cost: pure functions.
//
// A state has `inputs`, channels that come in, `side`, of the maps, six `widths`, and `bottlenecks`,
// whether the 1×1 layers before and behind the others are there.

export const PATHS = ["1×1", "3×3", "5×5", "pool"];

// Channels in, side of the maps, and widths of the nine blocks of GoogLeNet.
export const BLOCKS = {
  "3a": [192, 28, [64, 96, 128, 16, 32, 32]],
  "3b": [256, 28, [128, 128, 192, 32, 96, 64]],
  "4a": [480, 14, [192, 96, 208, 16, 48, 64]],
  "4b": [512, 14, [160, 112, 224, 24, 64, 64]],
  "4c": [512, 14, [128, 128, 256, 24, 64, 64]],
  "4d": [512, 14, [112, 144, 288, 32, 64, 64]],
  "4e": [528, 14, [256, 160, 320, 32, 128, 128]],
  "5a": [832, 7, [256, 160, 320, 32, 128, 128]],
  "5b": [832, 7, [384, 192, 384, 48, 128, 128]],
};

/** The place in `widths` of what a path makes. */
export const placeOf = (path) => [0, 2, 4, 5][PATHS.indexOf(path)];

/** The four paths: channels `between` the two layers (those that come in, if nothing narrows them), channels `out`, and weights. */
export function paths({ inputs, widths, bottlenecks }) {
  const [one, into3, three, into5, five, pool] = widths;
  const large = (between, out, k) =>
    bottlenecks
      ? { between, out, weights: inputs * between + k * k * between * out }
      : { between: inputs, out, weights: k * k * inputs * out };
  return [
    { between: inputs, out: one, weights: inputs * one },
    large(into3, three, 3),
    large(into5, five, 5),
    bottlenecks
      ? { between: inputs, out: pool, weights: inputs * pool }
      : { between: inputs, out: inputs, weights: 0 },
  ];
}

/** Channels and weights of the block, and the weights of single layers that make as many channels as it has with its 1×1 layers. */
export function totals(state) {
  const all = paths(state);
  const sum = (some, name) => some.reduce((whole, path) => whole + path[name], 0);
  const usual = sum(paths({ ...state, bottlenecks: true }), "out");
  const layer = (k) => k * k * state.inputs * usual;
  return { out: sum(all, "out"), weights: sum(all, "weights"), usual, three: layer(3), five: layer(5) };
}
