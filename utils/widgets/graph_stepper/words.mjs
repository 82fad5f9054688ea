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

/** The same with two decimals at most, for a box of the graph; the table tells tiny numbers. */
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

// The local gradients as formulas, where a number alone would not tell where it comes from.
const LOCALS = {
  mul: (name, a, b) => [b, a],
  exp: (name) => [name],
  reciprocal: (name, a) => [`(\u22121/${a}²)`],
  sigmoid: (name) => [`${name}(1 \u2212 ${name})`],
};

const PATTERNS = {
  add: "A sum hands the gradient to both inputs.",
  mul: "A product scales the gradient for each input by the other one.",
  double: "A factor in front scales the gradient.",
  negate: "A minus turns the gradient round.",
  exp: "The local gradient of exp is its own value.",
  increment: "An added constant changes no gradient.",
  reciprocal: "The local gradient needs d, which the forward pass has kept.",
  sigmoid: "One local gradient stands for the four of \u2212, exp, 1 + and 1 / in a row.",
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

function maxPattern({ fresh: [first, second], values }) {
  if (first.local === second.local) {
    return `${written(first.to)} and ${written(second.to)} tie, so each gets half, as in torch.`;
  }
  const [open, closed] = first.local ? [first, second] : [second, first];
  return (
    `${written(open.to)} = ${number(values[open.to])} is the larger one: max routes the whole ` +
    `gradient to it, and ${written(closed.to)} gets 0.`
  );
}

/** upstream × local = downstream, for one edge, with the sum where another path came first. */
function shareLine({ current, values, shares, fresh }, share) {
  const [name, operation, reads] = current;
  const { to, port, upstream, local, downstream } = share;
  const symbols = LOCALS[operation]?.(written(name), ...reads.map(written));
  const product = `${number(upstream)} × ${braced(number(local))} = ${number(downstream)}`;
  const start = symbols ? `${number(upstream)} × ${symbols[port]} = ` : "";
  const until = shares.length - fresh.length + fresh.indexOf(share) + 1;
  const paths = shares.slice(0, until).filter((other) => other.to === to);
  const sum = paths.length > 1 ? `. Paths add up: ${sumText(paths)}` : "";
  return `To ${written(to)}: ${start}${product}${sum}.`;
}

/** The shares of several paths and their sum, or the one share alone. */
export function sumText(paths) {
  const total = paths.reduce((sum, { downstream }) => sum + downstream, 0);
  if (paths.length < 2) return number(total);
  const terms = paths.map(({ downstream }) => braced(number(downstream)));
  return `${terms.join(" + ").replace(/^\((.*?)\)/, "$1")} = ${number(total)}`;
}

/** What happens at a step, a line for each gradient that is sent. */
export function sentence(graph, settings) {
  const state = stateAt(graph, settings);
  const { phase, current, values } = state;
  if (phase === "start") {
    const known = graph.inputs.map(([name]) => `${written(name)} = ${number(values[name])}`);
    return `Only the inputs have values: ${known.join(", ")}. Next computes the first node.`;
  }
  const [name, operation, reads] = current;
  if (phase === "forward") {
    const numbers = reads.map((read) => values[read]);
    return `Forward: ${formula(current)} = ${computed(operation, numbers, values[name])}.`;
  }
  if (phase === "seed") {
    return "The forward pass is done. Backward starts at the output: ∂f/∂f = 1.";
  }
  return [
    `Backward through ${formula(current)}: upstream × local = downstream.`,
    ...state.fresh.map((share) => shareLine(state, share)),
    operation === "max" ? maxPattern(state) : PATTERNS[operation],
  ].join("\n");
}

/** Where the walk stands, for the line beside the buttons. */
export function progress({ at, last, phase }) {
  const pass = { start: "inputs", forward: "forward", seed: "backward", backward: "backward" };
  return `Step ${at} of ${last}: ${pass[phase]}`;
}

/** The rows of the table: [name or formula, value, gradient], with "" for what is not known yet. */
export function rows(graph, settings) {
  const { values, gradients, shares } = stateAt(graph, settings);
  const row = (name, head) => {
    const paths = shares.filter(({ to }) => to === name);
    const gradient = name in gradients ? (paths.length ? sumText(paths) : "1") : "";
    return [head, name in values ? number(values[name]) : "", gradient];
  };
  return [
    ...graph.inputs.map(([name]) => row(name, written(name))),
    ...nodesOf(graph, settings.merged).map((node) => row(node[0], formula(node))),
  ];
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
