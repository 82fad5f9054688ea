// What the broadcasting demo reads and says: shapes, sentences and code, all pure text.

import { align, broadcastShape, combine, compareAll, flatIndex, sourceIndex, valueAt } from "./math.mjs";

export const MOST_AXES = 4;
const LARGEST = 6; // places along one axis
/** The step that always means the result, however few axes there are. */
export const LAST_STEP = MOST_AXES + 2;

const EXAMPLE = "write sizes such as 3, 1";
const minus = (axis) => `−${axis}`;

/** A shape as Python writes it: (), (4,) or (3, 1). */
export const shapeText = (shape) =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;

/** A shape as a reader types it: 3, 1, or () for no axes. */
export const typedText = (shape) => shape.join(", ") || "()";

function fault(part) {
  if (part === "") return `a number is missing beside a comma: ${EXAMPLE}`;
  if (!/^[-−+]?\d+$/.test(part)) return `“${part}” is not a whole number: ${EXAMPLE}`;
  const size = Number(part.replace("−", "-"));
  return size < 0 || size > LARGEST ? `${part} is not from 0 to ${LARGEST}: ${EXAMPLE}` : "";
}

/** The shape that a text means, or null and what is wrong with it; brackets are optional. */
export function parseShape(text) {
  const inner = text.trim().replace(/^\(([^()]*)\)$|^\[([^[\]]*)\]$/, "$1$2").trim();
  if (inner === "") return { shape: [], trouble: "" };
  const parts = inner.replace(/\s*,$/, "").split(/(?<=\d)\s*x\s*(?=\d)|\s*[,×]\s*|\s+/i);
  const trouble =
    parts.map(fault).find(Boolean) ??
    (parts.length > MOST_AXES ? `${parts.length} axes are too many: at most ${MOST_AXES} fit` : "");
  return { shape: trouble ? null : parts.map(Number), trouble };
}

/** The number of steps: line up, prepend, one comparison an axis, result. */
export const stepCount = (a, b) => Math.max(a.length, b.length) + 3;

/** The step that is shown; the last step stays the last with any number of axes. */
export const stepAt = (step, a, b) => Math.min(step, stepCount(a, b) - 1);

/** How many axes, counted from the right, have been compared at a step. */
export const comparedAt = (at, a, b) =>
  Math.max(0, Math.min(at - 1, Math.max(a.length, b.length)));

function prependSentence(a, b) {
  const { added, a: longA, b: longB } = align(a, b);
  const missing = Math.max(...added);
  if (!missing) return "Both shapes have as many axes, so nothing is put in front.";
  const [name, own, long] = added[0] ? ["a", a, longA] : ["b", b, longB];
  const ones = missing === 1 ? "a 1 is" : `${missing} ones are`;
  return `${name} has fewer axes, so ${ones} put in front: ${shapeText(own)} counts as ${shapeText(long)}.`;
}

function axisSentence(fromRight, a, b) {
  const aligned = align(a, b);
  const axis = aligned.a.length - fromRight;
  const [left, right] = [aligned.a[axis], aligned.b[axis]];
  const { fits, size, copied } = compareAll(a, b)[axis];
  const start = `Axis ${minus(fromRight)}:`;
  if (!fits) return `${start} ${left} and ${right} differ and neither is 1. They do not fit.`;
  if (!copied) return `${start} both sizes are ${size}. They fit.`;
  const like = size ? `${copied} is read ${size} times` : `${copied} is not read at all`;
  return `${start} ${left} and ${right} fit, since one of them is 1: ${like}.`;
}

function endSentence(a, b) {
  const result = broadcastShape(a, b);
  if (result) {
    const numbers = result.includes(0) ? ", without a number" : "";
    return `${shapeText(a)} and ${shapeText(b)} give ${shapeText(result)}${numbers}.`;
  }
  const aligned = align(a, b);
  const clashes = compareAll(a, b).flatMap(({ fits }, axis, { length }) =>
    fits ? [] : [`${aligned.a[axis]} and ${aligned.b[axis]} on axis ${minus(length - axis)}`],
  );
  return `No result: ${clashes.reverse().join(", ")} differ, and neither is 1.`;
}

/** What happens at a step, in words. */
export function stepSentence(at, a, b) {
  if (at === 0) return "Shapes are compared from the right, so they are written to end together.";
  if (at === 1) return prependSentence(a, b);
  return at === stepCount(a, b) - 1 ? endSentence(a, b) : axisSentence(at - 1, a, b);
}

/** The sign of each operation; the names are torch's. */
export const SIGNS = { add: "+", sub: "\u2212", mul: "\u00d7" };

const entry = (name, index) => (index.length ? `${name}[${index.join(",\u00a0")}]` : name);

/** The selected number of the result: where it reads, and what it makes of that. */
export function cellSentence(place, a, b, operation) {
  const [left, right] = [["a", a], ["b", b]].map(([name, shape]) => {
    const index = sourceIndex(shape, place);
    return { text: entry(name, index), value: valueAt(name, flatIndex(shape, index)) };
  });
  const sign = SIGNS[operation];
  const value = combine(operation, left.value, right.value);
  // A line may end before an equals sign, and nowhere else.
  const sides = [entry("c", place), `${left.text} ${sign} ${right.text}`, `${left.value} ${sign} ${right.value}`, value];
  return sides.map((side) => String(side).replaceAll(" ", "\u00a0")).join(" =\u00a0");
}

/** The same in torch: the shape alone, then the result. */
export function torchCode(a, b, operation) {
  const result = broadcastShape(a, b);
  const numbers = (shape) => shape.reduce((product, size) => product * size, 1);
  const range = (shape) => `torch.arange(${numbers(shape)}).view(${shapeText(shape)})`;
  const comment = result ? `torch.Size([${result.join(", ")}])` : "raises RuntimeError";
  const sign = { add: "+", sub: "-", mul: "*" }[operation];
  return [
    `torch.broadcast_shapes(${shapeText(a)}, ${shapeText(b)})  # ${comment}`,
    `a = 10 * (1 + ${range(a)} % 9)`,
    `b = 1 + ${range(b)} % 9`,
    `c = a ${sign} b  # ${result ? `has shape ${shapeText(result)}` : "raises RuntimeError"}`,
  ].join("\n");
}
