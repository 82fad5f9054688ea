// Shapes of Jacobians that lie in a row as dominoes, and what each order of brackets costs.

/** The functions from left to right: `places`, or the last function first where they do not fit. */
export function lying(sizes, places) {
  const natural = sizes.slice(1).map((_, at) => sizes.length - 1 - at);
  const isOrder = places.length === natural.length && natural.every((name) => places.includes(name));
  return isOrder ? places : natural;
}

/** [rows, columns] of the dominoes from left to right. */
export const dominoes = (sizes, places) => lying(sizes, places).map((name) => [sizes[name], sizes[name - 1]]);

/**
 * The numbers that touch, from left to right: { left, right } for the output and the first
 * domino, for each gap, and for the last domino and the input.
 */
export function touching(sizes, places) {
  const all = dominoes(sizes, places);
  const columns = [sizes.at(-1), ...all.map(([, column]) => column)];
  const rows = [...all.map(([row]) => row), sizes[0]];
  return columns.map((left, at) => ({ left, right: rows[at] }));
}

/** Whether all that touch are alike. */
export const fits = (sizes, places) => touching(sizes, places).every(({ left, right }) => left === right);

/** The sizes in the order in which they lie, output first: those of a chain that fits. */
const cuts = (sizes, places) => touching(sizes, places).map(({ left }) => left);

/** Of the gaps that are asked for, those that the chain has and may close. */
export const closed = ({ sizes, places, joins }) =>
  fits(sizes, places) ? joins.filter((gap) => gap < sizes.length - 1) : [];

/** [first, last] of what lies in one piece, by place from 0, after some gaps were closed. */
export function pieces(count, gaps) {
  const found = [];
  for (let place = 0; place < count; place++) {
    if (place > 0 && gaps.includes(place)) found.at(-1)[1] = place;
    else found.push([place, place]);
  }
  return found;
}

/** What closing a gap multiplies: { span, left, right, sides: [rows, inner, columns], count }. */
export function product(state, gaps, gap) {
  const along = cuts(state.sizes, state.places);
  const all = pieces(along.length - 1, gaps);
  const at = all.findIndex(([, last]) => last === gap - 1);
  const [left, right] = all.slice(at, at + 2);
  const sides = [along[left[0]], along[gap], along[right[1] + 1]];
  return { span: [left[0], right[1]], left, right, sides, count: sides[0] * sides[1] * sides[2] };
}

/** All products made so far, in order. */
export function made(state) {
  const gaps = closed(state);
  return gaps.map((gap, done) => product(state, gaps.slice(0, done), gap));
}

/** All trees over the places from first to last: { span, cut, left, right }, a leaf without cut. */
function trees(first, last) {
  if (first === last) return [{ span: [first, last] }];
  const found = [];
  for (let cut = first + 1; cut <= last; cut++) {
    for (const left of trees(first, cut - 1)) {
      for (const right of trees(cut, last)) found.push({ span: [first, last], cut, left, right });
    }
  }
  return found;
}

const spansOf = (tree) => (tree.cut ? [String(tree.span), ...spansOf(tree.left), ...spansOf(tree.right)] : []);

function costOf({ span, cut, left, right }, along) {
  return cut ? costOf(left, along) + costOf(right, along) + along[span[0]] * along[cut] * along[span[1] + 1] : 0;
}

/**
 * Each way to set the brackets: { tree, spans, count, paid, isOpen }. `paid` are the
 * multiplications made so far, `isOpen` says if they can still end in these brackets.
 */
export function bills(state) {
  if (!fits(state.sizes, state.places)) return [];
  const along = cuts(state.sizes, state.places);
  const done = made(state);
  const paid = done.reduce((sum, { count }) => sum + count, 0);
  return trees(0, along.length - 2).map((tree) => {
    const spans = spansOf(tree);
    const isOpen = done.every(({ span }) => spans.includes(String(span)));
    return { tree, spans, count: costOf(tree, along), paid: isOpen ? paid : 0, isOpen };
  });
}

/** The fewest multiplications of all brackets. */
export const fewest = (state) => Math.min(...bills(state).map(({ count }) => count));

/** The gaps in the order of one side: from the input all from right to left. */
export function sideOrder(count, side) {
  const gaps = Array.from({ length: count - 1 }, (_, at) => at + 1);
  return side === "input" ? gaps.reverse() : gaps;
}

/**
 * The ways that race: { most, least, all: { loss, own, input } }, each { order, tree, products, paid, total,
 * isWhole, isNow } or null. `own` is what has been joined in another order than from either side; it has no
 * `tree`, and a `total` of what is paid, until it is whole. `most` and `least` are those of all brackets.
 */
export function courses(state) {
  const open = bills(state);
  if (!open.length) return { most: 1, least: 0, all: { loss: null, own: null, input: null } };
  const count = state.sizes.length - 1;
  const order = lying(state.sizes, state.places);
  const gaps = closed(state);
  const follows = (side) => gaps.every((gap, at) => gap === sideOrder(count, side)[at]);
  const sum = (products) => products.reduce((total, product) => total + product.count, 0);
  const paid = sum(made(state));
  const treeOf = (products) => open.find(({ spans }) => products.every(({ span }) => spans.includes(String(span)))).tree;
  const side = (name) => {
    const products = made({ ...state, joins: sideOrder(count, name) });
    const isNow = gaps.length > 0 && follows(name);
    return { order, tree: treeOf(products), products, paid: isNow ? paid : 0, total: sum(products), isWhole: true, isNow };
  };
  const [loss, input] = [side("loss"), side("input")];
  const isOwn = gaps.length > 0 && !loss.isNow && !input.isNow;
  const isWhole = gaps.length === count - 1;
  const products = made(state);
  const own = isOwn ? { order, tree: isWhole ? treeOf(products) : null, products, paid, total: paid, isWhole, isNow: true } : null;
  const counts = open.map((bill) => bill.count);
  return { most: Math.max(...counts), least: Math.min(...counts), all: { loss, own, input } };
}

/** The order of dominoes after the one of a function has moved to another place. */
export function moved(order, name, place) {
  const rest = order.filter((other) => other !== name);
  return [...rest.slice(0, place), name, ...rest.slice(place)];
}

/** The joins of the next moment: first from the input side, then from the loss side; or null. */
export function nextJoins(state) {
  const count = state.sizes.length - 1;
  if (!fits(state.sizes, state.places)) return null;
  const gaps = closed(state);
  const input = sideOrder(count, "input");
  const starts = (order) => gaps.every((gap, at) => gap === order[at]);
  if (gaps.length === count - 1) return count > 2 && starts(input) ? [1] : null;
  const order = starts(input) ? input : sideOrder(count, "loss");
  return [...gaps, order.find((gap) => !gaps.includes(gap))];
}
