// What the cells should say: the cell of the chosen object, large, and a row of numbers for each.

import { cellWords } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";

const SIDE = 100; // of the large cell, in its own units
const EDGE = 20; // room for a number above it
const ASIDE = 58; // and beside it
const END = 12; // on the other side

/** The large cell; `draw(mine, index, digit)`. */
function large() {
  const frame = shape("rect", { x: ASIDE, y: EDGE, width: SIDE, height: SIDE, class: "book-room" });
  const way = shape("path", { class: "book-way" });
  const dot = shape("circle", { r: 5, class: "book-dot" });
  const across = shape("text", { "text-anchor": "middle", y: EDGE - 6 });
  const down = shape("text", { "text-anchor": "end", x: ASIDE - 6 });
  const view = `0 0 ${ASIDE + SIDE + END} ${EDGE + SIDE + 6}`;
  const root = shape("svg", { class: "book-large", viewBox: view, role: "img" }, frame, way, dot, across, down);
  const inside = (value) => SIDE * Math.max(0, Math.min(1, value));

  function draw({ x, y, column, row, by }, index, digit) {
    const [right, low] = [ASIDE + inside(x), EDGE + inside(y)];
    root.setAttribute("class", `book-large book-object-${index}${by === index ? "" : " book-lost"}`);
    root.setAttribute("aria-label", `The cell in column ${column}, row ${row}, with the centre of the ${digit}: x ${number(x)}, y ${number(y)}.`);
    way.setAttribute("d", `M${right} ${EDGE}V${low}H${ASIDE}`);
    dot.setAttribute("cx", right);
    dot.setAttribute("cy", low);
    across.textContent = `x ${number(x)}`;
    across.setAttribute("x", Math.min(right, ASIDE + SIDE - END)); // stays in the drawing
    down.textContent = `y ${number(y)}`;
    down.setAttribute("y", low + 4);
  }
  return { root, draw };
}

/** The panel beside the picture. */
export function target({ objects }) {
  const cell = large();
  const rows = objects.map(({ digit }, index) => {
    const numbers = Array.from({ length: 4 }, () => element("span", { class: "book-number" }));
    const place = element("span", { class: "book-place" });
    const chip = element("span", { class: "book-chip" }, String(digit));
    const root = element("div", { class: `book-row-of book-object-${index}`, "data-about": `object-${index}` }, chip, place, ...numbers);
    return { root, numbers, place };
  });
  const names = ["", "cell", "x", "y", "w", "h"].map((name) => element("span", {}, name));
  const head = element("div", { class: "book-head", "aria-hidden": true }, ...names);
  const table = element("div", { class: "book-table" }, head, ...rows.map(({ root }) => root));
  const root = element("div", { class: "book-target" }, cell.root, table);

  function draw(found, chosen) {
    cell.draw(found[chosen], chosen, objects[chosen].digit);
    found.forEach((mine, index) => {
      const { root: row, numbers, place } = rows[index];
      const isKept = mine.by === index;
      row.classList.toggle("book-lost", !isKept);
      row.classList.toggle("book-chosen", index === chosen);
      place.textContent = `${mine.column}, ${mine.row}`;
      const words = isKept ? cellWords(mine) : ["lost", "", "", ""];
      numbers.forEach((node, at) => {
        node.textContent = words[at];
      });
    });
  }
  return { root, draw };
}
