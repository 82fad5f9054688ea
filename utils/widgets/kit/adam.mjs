// Training of the layers of kit/network.mjs by Adam, as torch.optim.Adam does it.

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];
const PARTS = ["weight", "bias"];

/** Move numbers in place; `mean` and `square` are their running means, `step` counts from 1. */
function move(numbers, slopes, { mean, square }, step, lr) {
  const [first, second] = [1 - BETA1 ** step, Math.sqrt(1 - BETA2 ** step)];
  for (let at = 0; at < numbers.length; at++) {
    mean[at] += (1 - BETA1) * (slopes[at] - mean[at]);
    square[at] = BETA2 * square[at] + (1 - BETA2) * slopes[at] ** 2;
    numbers[at] -= ((lr / first) * mean[at]) / (Math.sqrt(square[at]) / second + EPSILON);
  }
}

/** A function that moves the layers in place, one step for each call with { weight, bias } of all. */
export function adam(layers, lr) {
  const zeros = (numbers) => ({ mean: numbers.map(() => 0), square: numbers.map(() => 0) });
  const moments = layers.map(({ weight, bias }) => ({ weight: zeros(weight), bias: zeros(bias) }));
  let step = 0;
  return (slopes) => {
    step += 1;
    layers.forEach((layer, index) => {
      for (const part of PARTS) move(layer[part], slopes[index][part], moments[index][part], step, lr);
    });
  };
}
