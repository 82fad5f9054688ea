// Shapes of Jacobians in a chain of functions, and what their product costs in any order.

export const ORDERS = ["forward", "reverse"];

/** [rows, columns] of every Jacobian, that of the first function first. */
export function shapes(sizes) {
  return sizes.slice(1).map((rows, index) => [rows, sizes[index]]);
}

const numbers = ([rows, columns]) => rows * columns;
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The chain before any product, from left to right: { first, last, shape } by function from 1. */
function jacobians(sizes) {
  const all = shapes(sizes).map((shape, index) => ({ first: index + 1, last: index + 1, shape }));
  return all.reverse();
}

/** Where the next product of a chain stands: the index of its left factor. */
export const nextAt = (chain, order) => (order === "forward" ? chain.length - 2 : 0);

function joined(chain, at) {
  const [left, right] = chain.slice(at, at + 2);
  const shape = [left.shape[0], right.shape[1]];
  const made = { first: right.first, last: left.last, shape };
  return [...chain.slice(0, at), made, ...chain.slice(at + 2)];
}

/** The boxes that are left after some products, from left to right. */
export function chainAt(sizes, order, step) {
  let chain = jacobians(sizes);
  for (let done = 0; done < step && chain.length > 1; done++) {
    chain = joined(chain, nextAt(chain, order));
  }
  return chain;
}

/**
 * All products of one order: { left, right, made, inner, count, kept }. Counted as kept are both
 * factors, the product, and the Jacobians that wait. Functions run from the input on, so in
 * forward order none has to wait; in reverse order all wait for the last function.
 */
export function products(sizes, order) {
  let chain = jacobians(sizes);
  const found = [];
  while (chain.length > 1) {
    const at = nextAt(chain, order);
    const [left, right] = chain.slice(at, at + 2);
    chain = joined(chain, at);
    const made = chain[at];
    const inner = left.shape[1];
    const waiting = order === "reverse" ? chain.slice(1) : [];
    const kept = sum([left, right, made, ...waiting].map(({ shape }) => numbers(shape)));
    found.push({ left, right, made, inner, count: numbers(made.shape) * inner, kept });
  }
  return found;
}

/** All multiplications of one order. */
export const total = (sizes, order) => sum(products(sizes, order).map(({ count }) => count));

/** The most numbers that have to be kept at one time in one order. */
export const mostKept = (sizes, order) =>
  Math.max(...products(sizes, order).map(({ kept }) => kept));

/**
 * { count, tree } of the cheapest order there is; a tree is the number of a Jacobian or a pair
 * of trees, the left factor first. The best split of a chain has the best of both its parts.
 */
export function cheapest(sizes, first = 1, last = sizes.length - 1) {
  if (first === last) return { count: 0, tree: first };
  let best = { count: Infinity, tree: first };
  for (let split = first; split < last; split++) {
    const [right, left] = [cheapest(sizes, first, split), cheapest(sizes, split + 1, last)];
    const own = sizes[last] * sizes[split] * sizes[first - 1];
    const count = left.count + right.count + own;
    if (count < best.count) best = { count, tree: [left.tree, right.tree] };
  }
  return best;
}

/** The shape that a puzzle asks for. */
export const askedShape = ({ sizes, asked: [first, last] }) => [sizes[last], sizes[first - 1]];

/** The shapes of an order puzzle as they lie on the table. */
export const shownShapes = ({ sizes, shown }) => shown.map((number) => shapes(sizes)[number - 1]);

/**
 * What is wrong with an answer: { kind, … }, the first trouble from left to right. Kinds are
 * "incomplete", "twice" (place), "end" (has, wants), "joint" (at, columns, rows), "swapped",
 * "rows", "columns", and "" for a right answer.
 */
export function verdict(puzzle, answer) {
  if (puzzle.kind === "shape") return shapeVerdict(puzzle, answer);
  const boxes = shownShapes(puzzle);
  if (answer.length < boxes.length || answer.includes(0)) return { kind: "incomplete" };
  const twice = answer.find((place, at) => answer.indexOf(place) !== at);
  if (twice) return { kind: "twice", place: twice };
  const chosen = answer.map((place) => boxes[place - 1]);
  const outer = puzzle.sizes.at(-1);
  if (chosen[0][0] !== outer) return { kind: "end", has: chosen[0][0], wants: outer };
  for (let at = 1; at < chosen.length; at++) {
    const [columns, rows] = [chosen[at - 1][1], chosen[at][0]];
    if (columns !== rows) return { kind: "joint", at, columns, rows };
  }
  // With the left end and all joints right, the sizes that are left over agree as well.
  return { kind: "" };
}

function shapeVerdict(puzzle, answer) {
  if (answer.length < 2 || answer.includes(0)) return { kind: "incomplete" };
  const wanted = askedShape(puzzle);
  if (answer[0] === wanted[0] && answer[1] === wanted[1]) return { kind: "" };
  if (answer[0] === wanted[1] && answer[1] === wanted[0]) return { kind: "swapped" };
  return { kind: answer[0] === wanted[0] ? "columns" : "rows" };
}
