// Two shapes written to end together, axis by axis, and what becomes of each pair of sizes.

import { shape } from "../kit/parts.mjs";
import { TABLE } from "./layout.mjs";

const SIGNS = { matches: "=", fails: "\u2260" };
const CHIP = { width: 30, height: 24 };
const WIDE = 24; // what a stretched chip has more

const text = (className, x, y, content) => {
  const node = shape("text", { class: className, x, y });
  node.textContent = content;
  return node;
};

/** The table; `set(columns)` writes it, `draw([ones, ...stretch])` draws a moment of it. */
export function shapeTable() {
  const root = shape("g", { class: "book-shapes" });
  let moving = [];
  const rows = { a: TABLE.head + TABLE.row / 2 };
  rows.b = rows.a + TABLE.row + TABLE.gap;
  rows.c = rows.b + TABLE.row + 8;

  const chip = (name, x, { size, isAdded }, { verdict, fromRight, size: after }) => {
    const isStretched = verdict === `stretches ${name}`;
    const box = shape("rect", { height: CHIP.height, y: rows[name] - CHIP.height / 2, rx: 6 });
    const number = text("book-size", 0, rows[name], size);
    const arrow = text("book-size book-after", 0, rows[name], `\u2192${after}`);
    const looks = ["book-chip", `book-${name}`, isAdded && "book-added", isStretched && "book-stretched", verdict === "fails" && "book-fails"];
    const node = shape("g", { class: looks.filter(Boolean).join(" ") }, box, number, ...(isStretched ? [arrow] : []));
    moving.push(([ones, ...stretch]) => {
      const come = isStretched ? stretch[fromRight - 1] : 0;
      const width = CHIP.width + WIDE * come;
      box.setAttribute("x", x - width / 2);
      box.setAttribute("width", width);
      number.setAttribute("x", x - (WIDE / 2) * come);
      arrow.setAttribute("x", x + 8);
      arrow.setAttribute("opacity", come);
      node.setAttribute("opacity", isAdded ? ones : 1);
    });
    return node;
  };

  const set = (columns, place) => {
    moving = [];
    const width = columns.length * TABLE.column + TABLE.label;
    const { x, y, scale } = place;
    root.setAttribute("transform", `translate(${x - (width / 2) * scale} ${y}) scale(${scale})`);
    const names = ["a", "b", "c"].map((name) => text(`book-name book-${name}`, TABLE.label / 2 - 4, rows[name], name));
    const lines = columns.flatMap((column, at) => {
      const x = TABLE.label + (at + 0.5) * TABLE.column;
      const { verdict, fromRight, size, isCurrent } = column;
      const arrow = verdict.endsWith("a") ? "\u2191" : "\u2193";
      const sign = verdict && (SIGNS[verdict] ?? arrow);
      const band = { x: x - TABLE.column / 2 + 2, y: 2, width: TABLE.column - 4, height: rows.c + 14, rx: 8 };
      return [
        ...(isCurrent ? [shape("rect", { class: "book-band", ...band })] : []),
        text("book-axis", x, TABLE.head / 2, `axis \u2212${fromRight}`),
        chip("a", x, column.a, column),
        text(`book-sign book-${verdict.split(" ")[0]}`, x, (rows.a + rows.b) / 2, sign),
        chip("b", x, column.b, column),
        text(`book-size book-c${verdict === "fails" ? " book-fails" : ""}`, x, rows.c, verdict === "fails" ? "\u2717" : (size ?? "")),
      ];
    });
    const line = shape("path", { class: "book-total-line", d: `M4 ${rows.c - 18}H${width}` });
    root.replaceChildren(...lines, ...(columns.length ? [...names, line] : []));
  };
  const draw = (come) => {
    for (const move of moving) move(come);
  };
  return { root, set, draw };
}
