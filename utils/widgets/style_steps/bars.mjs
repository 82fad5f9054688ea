// Three bars: how far the picture is from what is asked for.

import { percent } from "./math.mjs";
import { element } from "../kit/parts.mjs";

// What each bar is full at, what it is called, and what it belongs to.
const KINDS = [
  ["content", "content loss", 1.5],
  ["style", "style loss", 1.5],
  ["smooth", "roughness", 0.25],
];

/** `draw(losses)` sets the bars' lengths, `say(losses)` the numbers; `rough` is the photograph's. */
export function bars(rough) {
  const rows = KINDS.map(([about, name, full]) => {
    const fill = element("i", { class: "book-fill" });
    const number = element("b");
    const mark = about === "smooth" ? [element("i", { class: "book-mark", style: `left: ${(100 * rough) / full}%` })] : [];
    const key = about === "smooth" ? [element("i", { class: "book-key" }), "photo"] : [];
    const lane = element("div", { class: "book-lane" }, fill, ...mark);
    const root = element("div", { class: `book-loss book-${about}`, "data-about": about }, element("span", {}, name, ...key), number, lane);
    return { root, fill, number, full };
  });
  const root = element("div", { class: "book-losses" }, ...rows.map((row) => row.root));
  const draw = (losses) =>
    rows.forEach(({ fill, full }, at) => {
      fill.style.width = `${Math.min(100, (100 * losses[at]) / full).toFixed(2)}%`;
    });
  const say = (losses) =>
    rows.forEach(({ number }, at) => {
      number.textContent = percent(losses[at]);
    });
  return { root, draw, say };
}
