// A state with two numbers that a step turns and scales, and gradients on their way back.

const ANGLE = (25 * Math.PI) / 180; // by which a step turns the state

const length = ([x, y]) => Math.hypot(x, y);
const product = ([[a, b], [c, d]], [x, y]) => [a * x + b * y, c * x + d * y];
const transposed = ([[a, b], [c, d]]) => [[a, c], [b, d]];

/** The matrix of a step: a turn, times `radius`. */
export function weight(radius) {
  const [c, s] = [radius * Math.cos(ANGLE), radius * Math.sin(ANGLE)];
  return [[c, -s], [s, c]];
}

/** The states from the first to the last, `steps + 1` pairs. */
export function states({ radius, tanh, steps }) {
  const found = [[1, 0]];
  for (let step = 0; step < steps; step += 1) {
    const next = product(weight(radius), found[step]);
    found.push(tanh ? next.map(Math.tanh) : next);
  }
  return found;
}

/**
 * The lengths of the gradient at each state, from the first to the last, where it is 1, and of the
 * gradient of the weights, which is a sum over all steps.
 */
export function gradients(setting) {
  const all = states(setting);
  const back = transposed(weight(setting.radius));
  const last = all.at(-1);
  let gradient = last.map((value) => value / length(last));
  const lengths = [length(gradient)];
  const sum = [0, 0, 0, 0];
  for (let step = setting.steps; step > 0; step -= 1) {
    const slopes = all[step].map((value) => (setting.tanh ? 1 - value * value : 1));
    const delta = gradient.map((value, place) => value * slopes[place]);
    const before = all[step - 1];
    [delta[0] * before[0], delta[0] * before[1], delta[1] * before[0], delta[1] * before[1]].forEach((term, place) => {
      sum[place] += term;
    });
    gradient = product(back, delta);
    lengths.unshift(length(gradient));
  }
  return { lengths, weights: Math.hypot(...sum) };
}

/** A length after clipping to 1, as torch does it. */
export function clipped(total) {
  return Math.min(1, 1 / (total + 1e-6)) * total;
}
