// The activations in a row of boxes, segment by segment.

import { element } from "../kit/parts.mjs";

/** Returns { root, draw(moment, layers, length) }. */
export function boxes() {
  const root = element("div", { class: "book-boxes", role: "img" });
  let cells = [];
  let shown = "";

  function build(layers, length) {
    cells = Array.from({ length: layers + 1 }, (_, index) => element("i", { class: "book-box" }, String(index)));
    const groups = [element("div", { class: "book-segment book-input", style: "--count: 1" }, cells[0])];
    for (let start = 0; start < layers; start += length) {
      const own = cells.slice(start + 1, Math.min(start + length, layers) + 1);
      groups.push(element("div", { class: "book-segment" }, ...own));
    }
    root.replaceChildren(...groups);
  }

  function draw({ kind, layer, held }, layers, length) {
    const key = `${layers} ${length}`;
    if (key !== shown) build(layers, length);
    shown = key;
    const has = new Set(held);
    cells.forEach((cell, index) => {
      const isStart = index % length === 0 && index < layers;
      cell.classList.toggle("book-held", has.has(index));
      cell.classList.toggle("book-start", isStart);
      cell.classList.toggle("book-now", kind !== "start" && index === layer);
      cell.classList.toggle("book-again", kind === "again" && index === layer);
      cell.classList.toggle("book-back", kind === "backward" && index === layer);
    });
    root.setAttribute("aria-label", `Activations 0 to ${layers}; held are ${held.join(", ") || "none"}.`);
  }
  return { root, draw };
}
