// The activations as boxes, in rows that are always full; segment by segment, each behind its kept input.

import { element } from "../kit/parts.mjs";

const ROWS = { "--wide": 2, "--narrow": 3 }; // on a desk, on a phone

function legend() {
  const entry = (look, words) => element("span", {}, element("i", { class: `book-key ${look}` }), words);
  return element("div", { class: "book-legend" }, entry("book-held book-start", "kept"), entry("book-held", "made again"), entry("book-back", "freed"), entry("", "not held"));
}

const nameOf = (index) => (index ? String(index) : "in"); // the input is no layer

/** Returns { root, draw(moment, layers, length) }. */
export function boxes() {
  const row = element("div", { class: "book-boxes", role: "img" });
  const named = element("div", { class: "book-strip" }, element("span", { class: "book-name" }, "layers"), row);
  const root = element("div", {}, named, legend());
  let cells = [];

  function build(layers) {
    cells = Array.from({ length: layers + 1 }, (_, index) => element("i", { class: "book-box" }, nameOf(index)));
    row.replaceChildren(...cells.map((cell) => element("div", { class: "book-cell" }, cell)));
    for (const [name, rows] of Object.entries(ROWS)) row.style.setProperty(name, Math.ceil((layers + 1) / rows));
  }

  function draw({ kind, layer, held }, layers, length) {
    if (cells.length !== layers + 1) build(layers);
    const has = new Set(held);
    const isBack = kind === "again" || kind === "backward";
    const lastKept = isBack ? layer - 1 : layers - 1; // a later input has been freed, and is made again as an output
    cells.forEach((cell, index) => {
      const isFirst = index % length === 0 && index < layers;
      cell.parentElement.classList.toggle("book-first", isFirst);
      cell.classList.toggle("book-held", has.has(index));
      cell.classList.toggle("book-start", isFirst && index <= lastKept);
      cell.classList.toggle("book-now", kind !== "start" && index === layer);
      cell.classList.toggle("book-again", kind === "again" && index === layer);
      cell.classList.toggle("book-back", kind === "backward" && index === layer);
    });
    row.setAttribute("aria-label", `The input (in) and activations 1 to ${layers}; held are ${held.map(nameOf).join(", ") || "none"}.`);
  }
  return { root, draw };
}
