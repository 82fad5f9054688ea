// What the matrix explorer says: numbers, sentences and torch code, all pure text.

import { apply, determinant, direction, eigen, frobeniusNorm, isKept, singular } from "../kit/matrix.mjs";
import { number } from "../kit/numbers.mjs";

const SAME = 1e-6; // lengths closer than this are one length

/** A place on the plane, for a reader who cannot see it. */
export function placeWords([x, y]) {
  return `${number(x)}, ${number(y)}`;
}

const length = (vector) => Math.hypot(...vector);

function growth(factor) {
  if (Math.abs(factor) < SAME) return "all areas become 0: the plane is flattened";
  const over = factor < 0 ? ", and the plane is turned over" : "";
  return `all areas are multiplied by ${number(Math.abs(factor))}${over}`;
}

/** The numbers of the view on how far A stretches: [look, name, value, meaning, bar]. */
export function normFacts(matrix, angle) {
  const [long, short] = singular(matrix).lengths;
  const reached = length(apply(matrix, direction(angle)));
  return [
    ["long", "Operator norm", number(long), "the longest half-axis of the ellipse", { to: long }],
    ["image", "Length of Ax", number(reached), "x has length 1", { to: reached }],
    ["short", "Least length", number(short), "the shortest half-axis: no x of length 1 becomes shorter", { to: short }],
  ];
}

export function boxFacts(matrix) {
  const [long, short] = singular(matrix).lengths;
  return [
    ["diagonal", "Frobenius norm", number(frobeniusNorm(matrix)), "half the diagonal of the box", { to: frobeniusNorm(matrix) }],
    ["long", "Operator norm", number(long), "the longest half-axis of the ellipse", { to: long }],
    ["short", "Least length", number(short), "the shortest half-axis of the ellipse", { to: short }],
  ];
}

export function areaFacts(matrix) {
  const det = determinant(matrix);
  return [
    ["square", "Area before", number(1), "the unit square", { to: 1, scale: 0.5 }],
    ["parallelogram", "Area after", number(Math.abs(det)), "what A makes of it, spanned by the columns", { to: Math.abs(det), scale: 0.5 }],
    ["", "Determinant", number(det), growth(det)],
  ];
}

/** Both eigenvalues in words. */
export function eigenvalueWords({ kind, values: [[first, imaginary], [second]] }) {
  if (kind === "none") return `${number(first)} ± ${number(imaginary)}i`;
  return kind === "two" ? `${number(first)}, ${number(second)}` : `${number(first)}, twice`;
}

/** The numbers of the view on eigenvectors: [look, name, value, meaning, bar]. */
export function eigenFacts(matrix, angle) {
  const found = eigen(matrix);
  const x = direction(angle);
  const [left, up] = apply(matrix, x);
  const marks = found.kind === "none" ? [] : found.values.map(([value]) => value);
  const along = x[0] * left + x[1] * up;
  const isSymmetric = matrix[0][1] === matrix[1][0];
  const lines = {
    two: "two lines are kept",
    one: "only one line is kept",
    every: "every line is kept",
    none: "no line is kept",
  }[found.kind];
  return [
    ["kept", "Eigenvalues", eigenvalueWords(found), lines],
    [
      "image",
      "x · Ax",
      number(along),
      isSymmetric ? "A is symmetric: between the eigenvalues" : "how far Ax reaches along x",
      { to: along, marks, isSigned: true, scale: 0.5 },
    ],
    ["", "Trace", number(matrix[0][0] + matrix[1][1]), "the sum of the eigenvalues"],
    ["", "Determinant", number(determinant(matrix)), "their product"],
  ];
}

/** How long Ax is, and whether any x does better. */
export function normSentence(matrix, angle) {
  const [long, short] = singular(matrix).lengths;
  const reached = length(apply(matrix, direction(angle)));
  if (long < SAME) return "A sends every vector to zero.";
  if (long - short < SAME) return `A stretches every vector alike, by ${number(long)}.`;
  const start = `x has length 1, Ax has length ${number(reached)}`;
  if (long - reached < SAME) return `${start}: the most that A can do, its operator norm.`;
  if (reached - short < SAME) return `${start}: the least that A can do.`;
  return `${start}, between ${number(short)} and ${number(long)}.`;
}

function meeting(matrix, x) {
  const [left, up] = apply(matrix, x);
  const factor = x[0] * left + x[1] * up;
  if (Math.abs(factor) < SAME) return "Ax is zero: x is an eigenvector with the eigenvalue 0.";
  const sense = factor < 0 ? " It points the other way, on the same line." : "";
  return `Ax lines up with x: x is an eigenvector, Ax = ${number(factor)}\u00a0x.${sense}`;
}

/** Whether Ax lines up with x, and what else could. */
export function eigenSentence(matrix, angle) {
  const { kind, values } = eigen(matrix);
  const x = direction(angle);
  if (kind === "every") {
    const [[factor]] = values;
    const all = Math.abs(factor) < SAME ? "to zero" : `to ${number(factor)} times itself`;
    return `A sends every vector ${all}: every vector but zero is an eigenvector.`;
  }
  if (isKept(matrix, x)) return meeting(matrix, x);
  const [left, up] = apply(matrix, x);
  const between = (Math.atan2(up, left) - Math.atan2(x[1], x[0])) * (180 / Math.PI);
  const turn = ((between + 540) % 360) - 180;
  const sense = turn < 0 ? "clockwise" : "counter-clockwise";
  const lines = {
    two: "Two lines are kept, and x is on neither.",
    one: "Only one line is kept: its eigenvalue counts twice.",
    none: "The eigenvalues are complex: no real vector keeps its line.",
  }[kind];
  return `Ax points ${Math.abs(turn).toFixed(1)}° ${sense} from x. ${lines}`;
}

const FACTS = { norms: normFacts, box: boxFacts, area: areaFacts, eigenvectors: eigenFacts };

/** The numbers of a view: rows of [look, name, value, meaning, bar], see `gauge` for the last. */
export function viewFacts({ view, matrix, angle }) {
  return FACTS[view](matrix, angle);
}

const SENTENCES = {
  norms: normSentence,
  box: (matrix) => `Half the diagonal of the box around the ellipse is ${number(frobeniusNorm(matrix))}, the Frobenius norm.`,
  area: (matrix) => `The unit square becomes a parallelogram: ${growth(determinant(matrix))}.`,
  eigenvectors: eigenSentence,
};

/** One sentence on what is seen. */
export function sentence({ view, matrix, angle }) {
  return SENTENCES[view](matrix, angle);
}

const python = (value) => (Math.round(value * 1000) / 1000).toFixed(3);
const complex = ([real, imaginary]) =>
  imaginary ? `${python(real)}${imaginary < 0 ? "" : "+"}${python(imaginary)}j` : python(real);

function entry(value) {
  const text = String(Number(value.toPrecision(7)));
  return Number.isInteger(Number(text)) ? `${text}.0` : text;
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode({ matrix, view }) {
  const rows = matrix.map((row) => `[${row.map(entry).join(", ")}]`).join(", ");
  const { lengths } = singular(matrix);
  const calls = {
    norms: [
      ["matrix_norm(A, 2)", python(lengths[0])],
      ["svdvals(A)", lengths.map(python).join(", ")],
    ],
    box: [["matrix_norm(A)", `${python(frobeniusNorm(matrix))}, Frobenius`]],
    area: [["det(A)", python(determinant(matrix))]],
    eigenvectors: [["eigvals(A)", eigen(matrix).values.map(complex).join(", ")]],
  }[view];
  const lines = calls.map(([call, result]) => `torch.linalg.${call}  # ${result}`);
  return [`A = torch.tensor([${rows}])`, ...lines].join("\n");
}
