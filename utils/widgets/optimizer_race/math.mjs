// Five optimisers on four surfaces, as torch.optim has them. No page, no drawing.

export const STEPS = 200;
export const GOAL = 0.001; // of the height: below it a path has arrived
export const EDGES = [4.5, 3]; // of the map, across and up; beyond them a path ends
export const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
export const NAMES = ["SGD", "momentum", "Adagrad", "RMSProp", "Adam"];
export const MINIMA = { bowl: [[0, 0]], ravine: [[0, 0]], saddle: [[0, -2], [0, 2]], Beale: [[3, 0.5]] };

const BEALE = [1.5, 2.25, 2.625];
const SURFACES = {
  bowl: ([x, y]) => ({ height: (x * x + 2 * y * y) / 2, slope: [x, 2 * y] }),
  ravine: ([x, y]) => ({ height: (x * x + 30 * y * y) / 2, slope: [x, 30 * y] }),
  saddle: ([x, y]) => ({ height: (x * x) / 2 + (y * y - 4) ** 2 / 16, slope: [x, (y * (y * y - 4)) / 4] }),
  Beale([x, y]) {
    const parts = BEALE.map((constant, index) => constant - x + x * y ** (index + 1));
    const sum = (part) => parts.reduce((total, value, index) => total + part(value, index + 1), 0);
    return {
      height: sum((value) => value * value),
      slope: [sum((value, power) => 2 * value * (y ** power - 1)), sum((value, power) => 2 * value * x * power * y ** (power - 1))],
    };
  },
};

/** A place turned about the origin by an angle in degrees. */
export function turned([x, y], degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c * x - s * y, s * x + c * y];
}

/** The height of a turned surface at a place, and its slope there: { height, slope }. */
export function ground({ surface, turn }, place) {
  const { height, slope } = SURFACES[surface](turned(place, -turn));
  return { height, slope: turned(slope, turn) };
}

/** A function that returns the next place, given a place and the slope there. */
function optimizer(name, lr, beta) {
  const [first, second] = [[0, 0], [0, 0]]; // what it remembers of each weight
  let t = 0;
  const rules = {
    SGD: (g) => lr * g,
    momentum: (g, side) => lr * (first[side] = beta * first[side] + g),
    Adagrad: (g, side) => (lr * g) / (Math.sqrt((second[side] += g * g)) + 1e-10),
    RMSProp: (g, side) => (lr * g) / (Math.sqrt((second[side] = 0.99 * second[side] + 0.01 * g * g)) + 1e-8),
    Adam(g, side) {
      first[side] = beta * first[side] + (1 - beta) * g;
      second[side] = 0.999 * second[side] + 0.001 * g * g;
      const [mean, square] = [first[side] / (1 - beta ** t), second[side] / (1 - 0.999 ** t)];
      return (lr * mean) / (Math.sqrt(square) + 1e-8);
    },
  };
  const rule = rules[name];
  return (place, slope) => {
    t += 1;
    return place.map((value, side) => value - rule(slope[side], side));
  };
}

const isInside = (place) => place.every((value, side) => Math.abs(value) <= EDGES[side]);

/** The places of a walk of STEPS steps, which ends with the first place off the map. */
export function walk(state, name, lr) {
  const next = optimizer(name, lr, state.beta);
  const path = [state.start];
  while (path.length <= STEPS && isInside(path.at(-1))) {
    path.push(next(path.at(-1), ground(state, path.at(-1)).slope));
  }
  return path;
}

/**
 * A walk, and how it ended: { name, lr, path, heights, arrival, hasLeft }. From the step `arrival`
 * on it stays below the goal; null if it never does.
 */
export function run(state, name, lr) {
  const path = walk(state, name, lr);
  const hasLeft = !isInside(path.at(-1));
  const heights = path.map((place) => ground(state, place).height);
  const above = heights.findLastIndex((height) => height >= GOAL);
  const arrival = hasLeft || above === heights.length - 1 ? null : above + 1;
  return { name, lr, path, heights, arrival, hasLeft };
}

/** Whether one run is better than another: first who arrives sooner, then who ends lower. */
function isBetter(one, other) {
  if (one.arrival !== other.arrival) return (one.arrival ?? Infinity) < (other.arrival ?? Infinity);
  const last = ({ hasLeft, heights }) => (hasLeft ? Infinity : heights.at(-1));
  return one.arrival === null && last(one) < last(other);
}

/** The five runs of a race, with one rate for all or each with its best of RATES. */
export function race(state) {
  const rates = state.rates === "tuned" ? RATES : [state.lr];
  return NAMES.map((name) =>
    rates.map((lr) => run(state, name, lr)).reduce((best, next) => (isBetter(next, best) ? next : best)),
  );
}

/** How much of the way down a height is, in orders of magnitude: 0 at the start, 1 at the goal. */
export function progress(height, first) {
  if (!(first > GOAL)) return 1;
  const share = Math.log(first / Math.max(height, 1e-12)) / Math.log(first / GOAL);
  return Math.max(0, Math.min(1, share)) || 0; // NaN: off the map, where nothing is known
}
