// What a dense block of 12 layers reads, and what its layers cost.

export const LAYERS = 12;
const SQUEEZE = 4; // a 1×1 convolution makes this many times the growth
const WINDOW = 9; // weights of a 3×3 kernel

/** How many channels a layer reads, the first one is layer 1; one after the last: what comes out. */
export function reads({ channels, rate }, layer) {
  return channels + (layer - 1) * rate;
}

/** The weights of a layer as one 3×3 convolution. */
export function single(state, layer) {
  return WINDOW * reads(state, layer) * state.rate;
}

/** The weights of a layer as a 1×1 and a 3×3 convolution, one after the other. */
export function squeezed(state, layer) {
  const narrow = SQUEEZE * state.rate;
  return [reads(state, layer) * narrow, WINDOW * narrow * state.rate];
}

/** Whether the 1×1 convolution makes a layer lighter. */
export function pays(state, layer) {
  const [first, second] = squeezed(state, layer);
  return first + second < single(state, layer);
}

/** The place between layers at which both ways weigh the same: above 7.2 times the growth it pays. */
export function crossing({ channels, rate }) {
  const even = (WINDOW * SQUEEZE) / (WINDOW - SQUEEZE);
  return 1 + even - channels / rate;
}

/** Whether the 1×1 convolution makes every layer lighter. */
export function paysEverywhere(state) {
  return pays(state, 1); // later layers read more
}
