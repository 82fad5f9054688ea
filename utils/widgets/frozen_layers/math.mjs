// What five layers cost: pure functions, compared with torch's counter.

/** From below: four convolutions of 3×3 and a linear layer; multiplications for an image of 8×8 pixels. */
export const LAYERS = [
  { name: "conv", parameters: 80, cost: 4608 },
  { name: "conv", parameters: 584, cost: 9216 },
  { name: "conv", parameters: 1168, cost: 18432 },
  { name: "conv", parameters: 2320, cost: 9216 },
  { name: "classifier", parameters: 455, cost: 448 },
];

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** The backward work of each layer: its own gradient, and the error that it passes on. */
export function backward(frozen) {
  return LAYERS.map(({ cost }, place) => ({ own: place >= frozen ? cost : 0, passed: place > frozen ? cost : 0 }));
}

/** All multiplications of the backward pass. */
export function work(frozen) {
  return total(backward(frozen).map(({ own, passed }) => own + passed));
}

/** How many numbers learn. */
export function learning(frozen) {
  return total(LAYERS.slice(frozen).map(({ parameters }) => parameters));
}
