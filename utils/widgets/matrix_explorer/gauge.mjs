// A length beside its number, to the scale of the plane or to half of it.

import { element } from "../kit/parts.mjs";

const HALF = 4; // what reaches from zero to either end, where lengths may be negative

/**
 * Nodes for `bar`, none where there is nothing to draw: from 0 it reaches `to`, beside it are places in
 * `marks`; with `isSigned` zero stands in the middle, and `scale` is that of the plane, 1, or less.
 */
export function gauge(look, bar) {
  if (!bar) return [];
  const { to, marks = [], isSigned = false, scale = 1 } = bar;
  const root = element("span", { class: `book-gauge book-${look}${isSigned ? " book-signed" : ""}`, "aria-hidden": true });
  const zero = isSigned ? HALF : 0;
  const put = (kind, from, long) => {
    const node = element("i", { class: kind });
    node.style.setProperty("--from", ((zero + from) * scale).toFixed(4));
    node.style.setProperty("--long", (long * scale).toFixed(4));
    return node;
  };
  root.append(put("book-bar", Math.min(0, to), Math.abs(to)));
  if (isSigned) root.append(put("book-zero", 0, 0));
  root.append(...marks.map((mark) => put("book-notch", mark, 0)));
  return [root];
}
