// One LSTM cell with one number: its gates, its contents, and slopes of the last content.

export const CANDIDATES = [0.8, -0.6, 0.5, 0.7, -0.9, 0.4, 0.6, -0.5]; // g at each step
export const STEPS = CANDIDATES.length;
const RIM = 0.2; // a box reaches so far beyond what it shows; its contents begin at zero

/** The sigmoid, without a large exponential. */
export function sigmoid(a) {
  return a < 0 ? Math.exp(a) / (1 + Math.exp(a)) : 1 / (1 + Math.exp(-a));
}

/**
 * Run the cell: `writes` is the input gate of each step, `cells` the contents before the first
 * step and after each, `shown` what leaves after each, `own` what each content has of the marked
 * candidate, `added` what it has of all others above zero, and `taken` of those below, together all of it.
 */
export function run({ keep, idle, marked, show, mark }) {
  const [forget, output] = [sigmoid(keep), sigmoid(show)];
  const writes = CANDIDATES.map((_, step) => sigmoid(step + 1 === mark ? marked : idle));
  const cells = [0];
  CANDIDATES.forEach((g, step) => cells.push(forget * cells[step] + writes[step] * g));
  const shown = cells.slice(1).map((c) => output * Math.tanh(c));
  const start = writes[mark - 1] * CANDIDATES[mark - 1];
  const own = CANDIDATES.map((_, step) => (step + 1 < mark ? 0 : start * forget ** (step + 1 - mark)));
  const carried = (isIn) => {
    let held = 0;
    return CANDIDATES.map((g, step) => (held = forget * held + (isIn(g) && step + 1 !== mark ? writes[step] * g : 0)));
  };
  const [added, taken] = [carried((g) => g > 0), carried((g) => g < 0)];
  return { forget, writes, cells, shown, own, added, taken };
}

/** [lowest, highest] number of a box: all that is drawn of the run and the marked number leave a rim. */
export function rangeOf(setting) {
  const { cells, own, added } = run(setting);
  const all = [...cells, ...own, ...own.map((part, step) => part + added[step]), CANDIDATES[setting.mark - 1]];
  return [Math.min(...all) - RIM, Math.max(...all) + RIM];
}

/**
 * Slopes of the last content: by each content, from before the first step on (`gradients`), and by
 * each candidate (`shares`).
 */
export function slopes(setting) {
  const { forget, writes } = run(setting);
  const gradients = Array.from({ length: STEPS + 1 }, (_, step) => forget ** (STEPS - step));
  return { gradients, shares: writes.map((write, step) => write * gradients[step + 1]) };
}

/** How much of the marked candidate arrives, and how much of all others together, as shares. */
export function arrived(setting) {
  const { shares } = slopes(setting);
  const own = shares[setting.mark - 1];
  return { own, others: shares.reduce((sum, share) => sum + share, 0) - own };
}
