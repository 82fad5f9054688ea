// One bar for each way to set the brackets: how long it gets, and how much is made already.

import { bills, lying } from "./math.mjs";
import { bracketText, sideOf, whole } from "./words.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const ROWS = 5; // ways for four matrices
const ROOM = 0.5; // a bar that is longer than this share leaves no room for a word

/** The bars; `draw(state)` eases to it. */
export function bars() {
  const rows = Array.from({ length: ROWS }, () => {
    const [name, side, count] = ["book-brackets", "book-side", "book-count"].map((look) => element("span", { class: look }));
    const bar = element("span", { class: "book-bar" });
    const word = element("span", { class: "book-cheapest" }, "cheapest");
    const track = element("span", { class: "book-track" }, bar, word);
    return { name, side, count, bar, word, root: element("div", { class: "book-bill" }, name, track, count, side) };
  });
  const key = [["book-paid", "paid"], ["book-ahead", "still to pay"], ["book-out", "out of reach"]].map(([look, words]) =>
    element("span", { class: look }, element("i", { "aria-hidden": true }), words),
  );
  const title = element("div", { class: "book-bills-title" }, "multiplications in all, for each order");
  const head = element("div", { class: "book-bills-head" }, title, element("div", { class: "book-bills-key" }, ...key));
  const label = "Multiplications in all, for each order of brackets";
  const root = element("div", { class: "book-bills", role: "group", "aria-label": label }, head, ...rows.map((row) => row.root));
  const grow = eased((numbers) => {
    for (const [at, { bar }] of rows.entries()) {
      bar.style.setProperty("--long", numbers[2 * at].toFixed(4));
      bar.style.setProperty("--paid", numbers[2 * at + 1].toFixed(4));
    }
  });

  function draw(state) {
    const all = bills(state);
    head.classList.toggle("book-none", !all.length);
    const order = lying(state.sizes, state.places);
    const most = Math.max(1, ...all.map(({ count }) => count));
    const least = Math.min(...all.map(({ count }) => count));
    for (const [at, { name, side, count, word, root: node }] of rows.entries()) {
      const bill = all[at];
      node.classList.toggle("book-none", !bill);
      if (!bill) continue;
      const start = sideOf(bill, order.length);
      name.textContent = bracketText(bill.tree, order);
      side.textContent = start ? `${start} side` : "";
      count.textContent = whole(bill.count);
      node.classList.toggle("book-shut", !bill.isOpen);
      node.classList.toggle("book-best", bill.count === least);
      word.hidden = bill.count > least || least > ROOM * most;
      node.dataset.about = bill.spans.map((span) => `span-${span.replace(",", "-")}`).join(" ");
    }
    const aims = rows.map((_, at) => (all[at] ? [all[at].count / most, all[at].paid / Math.max(1, all[at].count)] : [0, 0]));
    grow.to(aims.flat());
  }
  return { root, draw, stop: grow.stop };
}
