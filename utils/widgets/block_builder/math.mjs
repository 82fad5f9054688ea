// What a network of blocks costs and how far it sees: pure functions.
//
// A state has `architecture`, the blocks as text, `shown`, how many of them are built, `dense`, the
// units of the dense layers, and `side`, the pixels along a side of the image.

export const MOST_BLOCKS = 7;
export const MOST_LAYERS = 8;
const MOST_CHANNELS = 1024;
const CLASSES = 1000;

const isWhole = (value, most) => Number.isInteger(value) && value >= 1 && value <= most;

/** The pairs [convolutions, channels] that a text holds, or null where it holds none. */
export function parse(text) {
  const brackets = text
    .replace(/\s/g, "")
    .replaceAll("(", "[")
    .replaceAll(")", "]")
    .replace(/,+(?=\]|$)/g, "");
  for (const written of [brackets, `[${brackets}]`]) {
    try {
      const blocks = JSON.parse(written);
      const isFit =
        Array.isArray(blocks) &&
        isWhole(blocks.length, MOST_BLOCKS) &&
        blocks.every((pair) => Array.isArray(pair) && pair.length === 2 && isWhole(pair[0], MOST_LAYERS) && isWhole(pair[1], MOST_CHANNELS));
      return isFit ? blocks : null;
    } catch {
      // The outer brackets may be missing; then the second way of writing is tried.
    }
  }
  return null;
}

/** The text of blocks, as Python writes it. */
export function written(blocks) {
  const pairs = blocks.map((pair) => `(${pair.join(", ")})`);
  return `(${pairs.join(", ")}${pairs.length === 1 ? "," : ""})`;
}

/** The blocks that are built: none that would halve a side of one pixel. */
export function built({ architecture, shown, side }) {
  return parse(architecture).slice(0, Math.min(shown, Math.floor(Math.log2(side))));
}

/**
 * The layers with weights, from the image up: { block, place, into, out, side, parameters, work },
 * where `work` counts multiply-adds; a dense layer has no block and the side 1.
 */
export function layers(state) {
  const found = [];
  let [into, side] = [3, state.side];
  for (const [block, [n, out]] of built(state).entries()) {
    for (let place = 0; place < n; place++) {
      const weights = 9 * into * out;
      found.push({ block, place, into, out, side, parameters: weights + out, work: weights * side * side });
      into = out;
    }
    side = Math.floor(side / 2);
  }
  into *= side * side;
  for (const [place, out] of [state.dense, state.dense, CLASSES].entries()) {
    found.push({ block: null, place, into, out, side: 1, parameters: (into + 1) * out, work: into * out });
    into = out;
  }
  return found;
}

/** How many pixels along an axis a number of the last block sees, if the image is large. */
export function field(state) {
  return built(state).reduce(([seen, jump], [n]) => [seen + (2 * n + 1) * jump, 2 * jump], [1, 1])[0];
}

/** All parameters and multiply-adds, and the shares of the dense layers in both. */
export function totals(state) {
  const all = layers(state);
  const sum = (some, name) => some.reduce((whole, layer) => whole + layer[name], 0);
  const dense = all.filter(({ block }) => block === null);
  const [parameters, work] = [sum(all, "parameters"), sum(all, "work")];
  return { parameters, work, denseParameters: sum(dense, "parameters") / parameters, denseWork: sum(dense, "work") / work };
}
