// Beside the scene: a shelf of digits, backgrounds, tools for the chosen digit, and what became of each.

import { COUNT, LEAST, MOST, SIZE } from "./painting.mjs";
import { fateWords } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { button, element } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const IMAGE = 8; // pixels a side of a digit on the shelf

/** A button with a picture. */
function pictured(greys, side, label, onClick) {
  const canvas = element("canvas", { "aria-hidden": true });
  paint(canvas, greys, side, side);
  const node = button(canvas, onClick);
  for (const name of ["aria-label", "title"]) node.setAttribute(name, label);
  return node;
}

/** The shelf; `acts.add(digit)` by click or key, `acts.drag(digit, event)` as a digit is dragged off. */
function shelf(digits, acts) {
  const tiles = digits.map((levels, digit) => {
    let isDragged = false;
    const node = pictured(levels.map((level) => Math.round((255 * level) / 16)), IMAGE, `Add a ${digit}`, () => {
      if (!isDragged) acts.add(digit);
      isDragged = false;
    });
    node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      isDragged = false;
      node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => {
      if (node.hasPointerCapture(event.pointerId) && acts.drag(digit, event, isDragged)) isDragged = true;
    });
    // A finger gives no click after a touch that was kept from scrolling. One that has left the tile
    // without reaching the scene has not tapped it.
    node.addEventListener("pointerup", (event) => {
      if (event.pointerType !== "touch") return;
      const { left, top, right, bottom } = node.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (!isDragged && x >= left && x <= right && y >= top && y <= bottom) acts.add(digit);
      isDragged = false;
    });
    return node;
  });
  const root = element("div", { class: "book-shelf", role: "group", "aria-label": "Digits to add" }, ...tiles);
  return { root, draw: (isFull) => tiles.forEach((node) => node.setAttribute("aria-disabled", isFull)) };
}

/** All that stands beside the scene. */
export function side(digits, grounds, acts) {
  const tiles = shelf(digits, acts);
  const places = grounds.map((greys, index) => pictured(greys, SIZE, `Background ${index + 1}`, () => acts.ground(index)));
  const tool = (text, label, onClick) => {
    const node = button(text, onClick);
    for (const name of ["aria-label", "title"]) node.setAttribute(name, label);
    return node;
  };
  const size = element("output", { class: "book-size" });
  const smaller = tool("\u2212", "Smaller", () => acts.grow(-1));
  const larger = tool("+", "Larger", () => acts.grow(1));
  const remove = tool("\u00d7", "Remove", () => acts.remove());
  const tools = element("div", { class: "book-tools", role: "group", "aria-label": "The chosen digit" }, smaller, size, larger, remove);
  const rows = Array.from({ length: COUNT }, (_, index) => {
    const [chip, words, score] = ["book-chip", "book-fate", "book-score"].map((name) => element("span", { class: name }));
    const node = button("", () => acts.choose(index));
    node.className = "book-row-of";
    const parts = [chip, words, element("span", { class: "book-bar" }, element("span")), score];
    return { node, parts, chip, words, score };
  });
  const list = element("div", { class: "book-list" }, ...rows.map(({ node }) => node));
  const heading = (...parts) => element("div", { class: "book-head" }, ...parts);
  const key = element("span", { class: "book-key" }, "the cell that answers");
  const row = element("div", { class: "book-row-both" }, element("div", { class: "book-grounds", role: "group", "aria-label": "Background" }, ...places), tools);
  const root = element("div", { class: "book-side" }, heading("Drag a digit into the scene"), tiles.root, row, heading("What the net says", key), list);

  function draw({ fates, threshold }, { objects, ground, chosen, truth, cells }) {
    tiles.draw(objects.length >= COUNT);
    key.classList.toggle("book-off", !cells);
    list.style.setProperty("--least", threshold);
    places.forEach((node, index) => node.setAttribute("aria-pressed", index === ground));
    const mine = objects[chosen];
    size.textContent = mine ? `${mine[1]} px` : "none";
    smaller.setAttribute("aria-disabled", !mine || mine[1] <= LEAST);
    larger.setAttribute("aria-disabled", !mine || mine[1] >= MOST);
    remove.setAttribute("aria-disabled", !mine);
    rows.forEach(({ node, parts, chip, words, score }, index) => {
      const isThere = index < objects.length;
      node.classList.toggle("book-absent", !isThere);
      node.disabled = !isThere;
      if (!isThere) {
        delete node.dataset.about;
        node.classList.remove("book-chosen", "book-bad");
        node.replaceChildren("room for one more");
        return;
      }
      if (node.firstChild !== chip) node.replaceChildren(...parts);
      const found = fates[index];
      node.classList.toggle("book-chosen", index === chosen);
      node.classList.toggle("book-bad", found.fate !== "found");
      node.dataset.about = [`object-${index}`, `cell-${found.cell}`].join(" ");
      chip.textContent = objects[index][0];
      words.textContent = truth ? `IoU ${number(found.iou)}` : fateWords(found);
      score.textContent = found.report ? number(found.report.score) : "";
      node.style.setProperty("--share", found.report?.score ?? 0);
    });
  }
  return { root, draw };
}
