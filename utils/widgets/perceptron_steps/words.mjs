// What the demo of the perceptron says, and its lines of torch.

import { placeInRun } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const plain = (value) => String(Number(value.toFixed(4)) + 0);
/** A number with up to four decimals. */
export const short = (value) => plain(value).replace("-", "\u2212");
const times = (count) => (count === 1 ? "1 update" : `${count} updates`);

/** What is seen after `updates` updates of a run. */
export function sentence({ whole, updates, next, margins, limit }) {
  const { settled, cycle, used } = whole;
  if (settled && updates >= used.length) {
    return `No sample is wrong after ${times(used.length)}; the bound allowed ${Math.floor(limit + 1e-9)}.`;
  }
  if (cycle && updates >= cycle[1]) {
    const [first, last] = cycle;
    return `After update ${last} the weights are back where they were after update ${first}: the same ${times(last - first)} come again and again.`;
  }
  if (!cycle && updates === used.length) return `${times(updates)}, and still a mistake: here the demo stops.`;
  if (!updates) return `All weights are 0, and so is each score. Sample ${next + 1} makes the first update.`;
  return `Sample ${next + 1} has label × score = ${short(margins[next])}, not above 0: it makes the next update.`;
}

/** The weights in words. */
export function weightWords([first, second, bias]) {
  return `w = (${short(first)}, ${short(second)}), b = ${short(bias)}`;
}

/** What the counter has to say about the bound. */
export function boundWords(limit) {
  return limit === null ? "No bound: no line separates them" : `Bound (r² + 1) / ρ² = ${number(limit, 1)}`;
}

/** The lines of torch that make the same updates. */
export function torchCode(points, whole, updates) {
  const made = whole.settled ? Math.min(updates, whole.used.length) : updates;
  const [first, second, bias] = whole.weights[placeInRun(whole, updates)].map(plain);
  return [
    "X = torch.tensor([",
    ...points.map(([x, y]) => `    [${x}, ${y}],`),
    "], dtype=torch.float64)",
    `y = torch.tensor([${points.map((point) => point[2]).join(", ")}])`,
    "w, b = torch.zeros(2, dtype=torch.float64), 0",
    "made = i = 0",
    `while made < ${made}:`,
    "    if y[i] * (X[i] @ w + b) <= 0:",
    "        w, b, made = w + y[i] * X[i], b + y[i], made + 1",
    "    i = (i + 1) % len(X)",
    `w, b  # ${first}, ${second}, ${bias}`,
  ].join("\n");
}
