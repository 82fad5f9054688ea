// What the Jacobian chain says: names, sentences and torch code, all pure text.

import { ORDERS, cheapest, products, shapes, total } from "./math.mjs";

const subscript = (number) => "₀₁₂₃₄"[number];

/** A whole number with commas between thousands. */
export const whole = (value) => value.toLocaleString("en-US");

// No line may end within a formula.
const NARROW = "\u00a0";

/** A shape as rows × columns. */
export const shapeText = ([rows, columns]) => [rows, "×", columns].join(NARROW);

/** The letter of a size: n, k₁, k₂, … and m. */
export function sizeName(index, length) {
  if (index === 0) return "n";
  if (index === length - 1) return "m";
  return length === 3 ? "k" : `k${subscript(index)}`;
}

/** The Jacobians that a box is the product of. */
export function boxName({ first, last }) {
  const count = last - first + 1;
  return Array.from({ length: count }, (_, at) => `J${subscript(last - at)}`).join("");
}

const wrapped = (box) => (box.first === box.last ? boxName(box) : `(${boxName(box)})`);

/** A product as it is written in its order. */
export const productName = ({ left, right }) => wrapped(left) + wrapped(right);

/** The factors of the number of multiplications, and their product. */
export function costTexts({ made, inner, count }) {
  const [rows, columns] = made.shape;
  return [[rows, "·", inner, "·", columns].join(NARROW), `=${NARROW}${whole(count)}`];
}

/** What the next product does, or what all products have made. */
export function stepSentence(sizes, order, step) {
  const next = products(sizes, order)[step];
  if (!next) {
    return (
      `Done: the Jacobian of the whole chain is ${shapeText([sizes.at(-1), sizes[0]])}, a row for ` +
      "each number of y and a column for each number of x. The hidden sizes have vanished."
    );
  }
  const { left, right, made, inner, count } = next;
  return (
    `Next: ${boxName(left)} (${shapeText(left.shape)}) times ${boxName(right)} ` +
    `(${shapeText(right.shape)}). They join, since both say ${inner}, and that size vanishes: ` +
    `${boxName(made)} is ${shapeText(made.shape)}. It costs ${costTexts(next).join(NARROW)} ` +
    `multiplication${count === 1 ? "" : "s"}.`
  );
}

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

function treeText(tree) {
  if (!Array.isArray(tree)) return `J${subscript(tree)}`;
  return tree.map((part) => (Array.isArray(part) ? `(${treeText(part)})` : treeText(part))).join("");
}

/** Which order is cheaper, and why. */
export function costSentence(sizes) {
  const [n, m] = [sizes[0], sizes.at(-1)];
  const [forward, reverse] = ORDERS.map((order) => total(sizes, order));
  if (sizes.length === 3) {
    return `Two Jacobians have one product: ${whole(forward)} multiplications from either side.`;
  }
  const carried = { forward: `n = ${plural(n, "column")}`, reverse: `m = ${plural(m, "row")}` };
  const best = cheapest(sizes);
  const better =
    best.count < Math.min(forward, reverse)
      ? ` Better than both: start in between, ${treeText(best.tree)} takes ${whole(best.count)}.`
      : "";
  if (forward === reverse) {
    return (
      `Both orders cost ${whole(forward)} multiplications: forward mode carries ` +
      `${carried.forward} through every product, reverse mode ${carried.reverse}.${better}`
    );
  }
  const winner = forward < reverse ? "forward" : "reverse";
  const loser = forward < reverse ? "reverse" : "forward";
  const [few, many] = [Math.min(forward, reverse), Math.max(forward, reverse)];
  const ratio = many / few;
  const factor = ratio < 1.05 ? "" : ` (${ratio.toFixed(ratio < 9.95 ? 1 : 0)} times as many)`;
  const carriesLess = winner === "forward" ? n < m : m < n;
  const start = winner === "forward" ? "J₁" : `J${subscript(sizes.length - 1)}`;
  const why = carriesLess
    ? `It carries ${carried[winner]} through every product, ${loser} mode ${carried[loser]}.`
    : `It carries ${n === m ? "no less" : "more"} (${carried[winner]}, ${loser} mode ` +
      `${carried[loser]}), but it starts with ${start}, the larger end, and never multiplies by it.`;
  const name = winner === "forward" ? "Forward" : "Reverse";
  return (
    `${name} mode is cheaper: ${whole(few)} multiplications against ${whole(many)}${factor}. ` +
    `${why}${better}`
  );
}

/** The picture in words. */
export function pictureLabel(chain, next) {
  const boxes = chain.map((box) => `${boxName(box)}, ${shapeText(box.shape)}`).join("; ");
  return `The chain from left to right: ${boxes}.${next ? ` ${productName(next)} is next.` : ""}`;
}

const nested = (count, join) =>
  Array.from({ length: count - 1 }, (_, done) => done).reduce(
    (made, done) => join(done ? `(${made})` : made, done),
    "",
  );

/** The product of all Jacobians in one order, as Python writes it. */
export function pythonProduct(count, order) {
  return order === "forward"
    ? nested(count, (made, done) => `J${done + 2} @ ${made || "J1"}`)
    : nested(count, (made, done) => `${made || `J${count}`} @ J${count - 1 - done}`);
}

/** Random Jacobians multiplied in both orders, with what torch counts. */
export function torchCode(sizes) {
  const names = shapes(sizes).map((_, index) => `J${index + 1}`);
  const letters = sizes.map((_, index) => sizeName(index, sizes.length)).join(", ");
  const measured = ORDERS.flatMap((order) => [
    `${order}, cost = count(lambda: ${pythonProduct(names.length, order)})`,
    `print(cost)  # ${total(sizes, order)}`,
  ]);
  return [
    "import torch",
    "from torch.utils.flop_counter import FlopCounterMode",
    "",
    "def count(order):",
    "    with FlopCounterMode(display=False) as counter:",
    "        product = order()",
    "    return product, counter.get_total_flops() // 2",
    "",
    `sizes = [${sizes.join(", ")}]  # ${letters}`,
    `${names.join(", ")} = (`,
    "    torch.randn(rows, columns, dtype=torch.float64)",
    "    for columns, rows in zip(sizes, sizes[1:])",
    ")",
    ...measured,
    `torch.testing.assert_close(forward, reverse)  # both (${sizes.at(-1)}, ${sizes[0]})`,
  ].join("\n");
}
