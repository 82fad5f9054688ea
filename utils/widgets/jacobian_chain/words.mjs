// What the Jacobian dominoes say: names, sentences and torch code, all pure text.

import { bills, closed, dominoes, fewest, fits, lying, made, sideOrder, touching } from "./math.mjs";

const subscript = (number) => "₀₁₂₃₄"[number];

/** A whole number with commas between thousands. */
export const whole = (value) => value.toLocaleString("en-US");

const plural = (count, word) => `${whole(count)} ${word}${count === 1 ? "" : "s"}`;
const multiplications = (count) => plural(count, "multiplication");

/** What lies from one place to another, as a product of Jacobians. */
export const spanName = (order, [first, last]) =>
  order.slice(first, last + 1).map((name) => `J${subscript(name)}`).join("");

/** Brackets in writing: `leaf(name)` writes a matrix, `join(left, right)` a product. */
function written(tree, order, leaf, join) {
  if (!tree.cut) return leaf(order[tree.span[0]]);
  const sides = [tree.left, tree.right].map((part) => {
    const text = written(part, order, leaf, join);
    return part.cut ? `(${text})` : text;
  });
  return join(...sides);
}

/** Brackets as a reader writes them. */
export const bracketText = (tree, order) =>
  written(tree, order, (name) => `J${subscript(name)}`, (left, right) => left + right);

const pythonText = (tree, order) =>
  written(tree, order, (name) => `J${name}`, (left, right) => `${left} @ ${right}`);

/** Which side brackets start from, "" for neither: all that is made touches this end. */
export function sideOf({ spans }, count) {
  if (count < 3) return "";
  if (spans.every((span) => span.endsWith(`,${count - 1}`))) return "input";
  return spans.every((span) => span.startsWith("0,")) ? "loss" : "";
}

/** The numbers of a product, as they are multiplied. */
export const costText = ({ sides, count }) => `${sides.join(" · ")} = ${multiplications(count)}`;

/** How many times the fewest a count is, in short. */
export function timesText(count, least) {
  if (count === least) return "the fewest";
  const ratio = count / least;
  return `${ratio.toFixed(ratio < 9.95 ? 1 : 0)} times`;
}

/** A way of the race, for a reader who hears it. */
export function courseWords(way, course, least) {
  const name = { loss: "From the back", own: "Your own order", input: "From the front" }[way];
  if (!course) return way === "own" ? `${name}: press signs in any order` : `${name}: the sizes do not meet`;
  return `${name}: ${multiplications(course.total)}${course.isWhole ? `, ${timesText(course.total, least)}${course.total > least ? " the fewest" : ""}` : " so far"}`;
}

/** How many of the joints fit. */
export const meetWords = (fit) => `Joints that fit: ${fit.filter(Boolean).length} of ${fit.length}`;

function misfit({ sizes, places }) {
  const all = touching(sizes, places);
  const at = all.findIndex(({ left, right }) => left !== right);
  const { left, right } = all[at];
  const what =
    at === 0
      ? `y has ${plural(left, "number")}, its neighbour ${plural(right, "row")}`
      : at === all.length - 1
        ? `The last domino has ${plural(left, "column")}, x has ${plural(right, "number")}`
        : `${plural(left, "column")} cannot meet ${plural(right, "row")}`;
  return `${what}. Drag dominoes until all numbers meet.`;
}

/** What is seen now. */
export function sentence(state) {
  if (!fits(state.sizes, state.places)) return misfit(state);
  const order = lying(state.sizes, state.places);
  const isNatural = order.every((name, at) => name === order.length - at);
  const done = made(state);
  const total = done.reduce((sum, { count }) => sum + count, 0);
  const least = fewest(state);
  if (!isNatural && !done.length) {
    return "All sizes meet, but this is not the order of the functions: shapes do not notice.";
  }
  if (!done.length) return "All sizes meet. Which product first? The bars show what each order takes in all.";
  if (done.length < order.length - 1) {
    const last = done.at(-1);
    return `${spanName(order, last.span)} took ${costText(last)}. The ${last.sides[1]} in its middle is gone.`;
  }
  if (total === least) return `${multiplications(total)} in all: no other brackets take fewer.`;
  const ratio = total / least;
  return `${multiplications(total)} in all, ${ratio.toFixed(ratio < 9.95 ? 1 : 0)} times as many as the best brackets.`;
}

/** The board for a reader who cannot see it. */
export function boardLabel(state) {
  const order = lying(state.sizes, state.places);
  const shapes = dominoes(state.sizes, state.places).map((shape) => shape.join(" × "));
  const gaps = closed(state).length;
  const names = fits(state.sizes, state.places) ? order.map((name) => `J${subscript(name)} `) : shapes.map(() => "");
  return `From left to right: ${shapes.map((shape, at) => names[at] + shape).join(", ")}; ${gaps} of ${shapes.length - 1} products made.`;
}

/** The order in which a reader has multiplied or would go on, in Python. */
function current(state) {
  const open = bills(state).filter(({ isOpen }) => isOpen);
  const gaps = closed(state);
  const count = state.sizes.length - 1;
  // What is not decided yet goes on from the loss side.
  const order = [...gaps, ...sideOrder(count, "loss").filter((gap) => !gaps.includes(gap))];
  const spans = made({ ...state, joins: order }).map(({ span }) => String(span));
  return open.find((bill) => spans.every((span) => bill.spans.includes(span)));
}

/** The product in the reader's brackets, with what torch counts. */
export function torchCode(state) {
  const { sizes, places } = state;
  const order = lying(sizes, places);
  const lines = [`sizes = [${sizes.join(", ")}]  # input first`];
  const names = sizes.slice(1).map((_, at) => `J${at + 1}`);
  lines.push(`${names.join(", ")} = (torch.randn(m, n) for n, m in zip(sizes, sizes[1:]))`);
  if (!fits(sizes, places)) {
    const all = touching(sizes, places);
    const at = all.findIndex(({ left, right }, place) => left !== right && place > 0 && place < all.length - 1);
    if (at < 0) return [...lines, `J${order[0]}.shape, J${order.at(-1)}.shape  # the ends do not meet y and x`].join("\n");
    return [...lines, `J${order[at - 1]} @ J${order[at]}  # raises: ${all[at].left} is not ${all[at].right}`].join("\n");
  }
  const bill = current(state);
  const best = order.map((name) => `J${name}`).join(", ");
  return [
    "from torch.utils.flop_counter import FlopCounterMode",
    "",
    ...lines,
    "with FlopCounterMode(display=False) as counter:",
    `    product = ${pythonText(bill.tree, order)}`,
    `print(counter.get_total_flops() // 2)  # ${bill.count}`,
    "with FlopCounterMode(display=False) as counter:",
    `    best = torch.linalg.multi_dot([${best}])`,
    `print(counter.get_total_flops() // 2)  # ${fewest(state)}`,
  ].join("\n");
}
