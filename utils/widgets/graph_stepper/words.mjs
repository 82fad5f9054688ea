// What the computational-graph stepper says: numbers, formulas, sentences and torch code.

import { forward, nodesOf, stateAt } from "./math.mjs";

const HUGE = 1e4;

const signed = (text) => text.replace("+", "").replaceAll("-", "\u2212");

/** A number with four significant digits at most and a proper minus sign; never "−0". */
export function number(value) {
  if (value === 0) return "0";
  const isPlain = Math.abs(value) < HUGE && Math.abs(value) >= 0.001;
  return signed(isPlain ? String(Number(value.toPrecision(4))) : value.toExponential(3));
}

/** The same with two decimals at most, for a box of the graph. */
export function short(value) {
  if (Math.abs(value) >= HUGE) return signed(value.toExponential(0));
  const text = String(Number(value.toFixed(2)));
  return Number(text) === 0 && value !== 0 ? "≈ 0" : signed(text);
}

/** A name as it is written: w0 as w₀. */
export const written = (name) => name.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

const braced = (text) => (text.startsWith("\u2212") ? `(${text})` : text);

const FORMULAS = {
  add: (a, b) => `${a} + ${b}`,
  mul: (a, b) => `${a} · ${b}`,
  max: (a, b) => `max(${a}, ${b})`,
  double: (a) => `2 · ${a}`,
  negate: (a) => `\u2212${a}`,
  exp: (a) => `exp ${a}`,
  increment: (a) => `1 + ${a}`,
  reciprocal: (a) => `1 / ${a}`,
  sigmoid: (a) => `σ(${a})`,
};

const CODE = {
  add: (a, b) => `${a} + ${b}`,
  mul: (a, b) => `${a} * ${b}`,
  max: (a, b) => `torch.maximum(${a}, ${b})`,
  double: (a) => `2 * ${a}`,
  negate: (a) => `-${a}`,
  exp: (a) => `torch.exp(${a})`,
  increment: (a) => `1 + ${a}`,
  reciprocal: (a) => `1 / ${a}`,
  sigmoid: (a) => `torch.sigmoid(${a})`,
};

const PATTERNS = {
  add: "An add distributes.",
  mul: "A product swaps its inputs.",
  double: "A factor scales.",
  negate: "A minus turns the gradient round.",
  exp: "The slope of exp is its own value.",
  increment: "A constant changes no gradient.",
  reciprocal: "The slope is \u22121/d².",
  sigmoid: "The slope is f (1 \u2212 f), for four nodes in one.",
};

/** A node's formula, such as q = x + y. */
export function formula([name, operation, reads]) {
  return `${written(name)} = ${FORMULAS[operation](...reads.map(written))}`;
}

function computed(operation, numbers, value) {
  const texts = numbers.map((part) => number(part));
  const isLeading = (at) => operation === "max" || (texts.length > 1 && at === 0);
  const terms = texts.map((text, at) => (isLeading(at) ? text : braced(text)));
  const steps = [FORMULAS[operation](...terms), number(value)];
  return [...new Set(steps)].join(" = "); // −s = −1 is its own result
}

function maxPattern({ fresh: [first, second] }) {
  if (first.local === second.local) return "A tie: each gets half, as in torch.";
  return `A maximum routes all to ${written((first.local ? first : second).to)}.`;
}

/** upstream × local = downstream, for one edge, with the sum where another path came first. */
function shareText({ shares, fresh }, share) {
  const { to, upstream, local, downstream } = share;
  const product = `${number(upstream)} × ${braced(number(local))} = ${number(downstream)}`;
  const until = shares.length - fresh.length + fresh.indexOf(share) + 1;
  const paths = shares.slice(0, until).filter((other) => other.to === to);
  const isLast = !fresh.slice(fresh.indexOf(share) + 1).some((other) => other.to === to);
  const sum = paths.length > 1 && isLast ? `, in all ${sumText(paths)}` : "";
  return `${written(to)} gets ${product}${sum}`;
}

/** The shares of several paths and their sum, or the one share alone. */
function sumText(paths) {
  const total = paths.reduce((sum, { downstream }) => sum + downstream, 0);
  if (paths.length < 2) return number(total);
  const terms = paths.map(({ downstream }) => braced(number(downstream)));
  return `${terms.join(" + ").replace(/^\((.*?)\)/, "$1")} = ${number(total)}`;
}

/** What happens at a step, in a line or two. */
export function sentence(graph, settings) {
  const state = stateAt(graph, settings);
  const { phase, current, values } = state;
  if (phase === "start") return "The inputs have values. Nothing is computed yet.";
  const [name, operation, reads] = current;
  if (phase === "forward") {
    const numbers = reads.map((read) => values[read]);
    return `Forward: ${formula(current)} = ${computed(operation, numbers, values[name])}.`;
  }
  if (phase === "seed") return "Forward is done. Backward starts at the output: ∂f/∂f = 1.";
  const shares = state.fresh.map((share) => shareText(state, share));
  const pattern = operation === "max" ? maxPattern(state) : PATTERNS[operation];
  return `Back through ${formula(current)}: ${shares.join("; ")}. ${pattern}`;
}

const python = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));

/** The graph in torch, with the output and the gradients of the inputs behind the lines. */
export function torchCode(graph, { inputs, merged }) {
  const names = graph.inputs.map(([name]) => name);
  const nodes = nodesOf(graph, merged);
  const { gradients } = stateAt(graph, { inputs, merged, step: Infinity });
  const result = (value) => String(Number(value.toPrecision(4)));
  return [
    `numbers = torch.tensor([${inputs.map(python).join(", ")}], dtype=torch.float64)`,
    `${names.join(", ")} = (n.requires_grad_() for n in numbers)`,
    ...nodes.map(([name, operation, reads]) => `${name} = ${CODE[operation](...reads)}`),
    `f.backward()  # f is ${result(forward(graph, merged, inputs).f)}`,
    ...names.map((name) => `${name}.grad  # ${result(gradients[name])}`),
  ].join("\n");
}
