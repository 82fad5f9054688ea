// Two shapes written to end together, axis by axis, and what becomes of each pair of sizes. The
// sizes are buttons.

import { shape } from "../kit/parts.mjs";
import { TABLE } from "./layout.mjs";
import { MOST_AXES } from "./words.mjs";

const SIGNS = { matches: "=", fails: "\u2260" };
const CHIP = { width: 30, height: 24 };
const WIDE = 24; // what a stretched chip has more
const REACH = 42; // pixels from top to bottom in which a finger finds a chip

const text = (className, x, y, content) => {
  const node = shape("text", { class: className, x, y });
  node.textContent = content;
  return node;
};

/**
 * The table; `set(columns)` writes it, `draw([ones, ...stretch])` draws a moment of it. A press on
 * a size calls `onPress(name, fromRight)`, a press on the + in front of a shape `onGrow(name)`.
 */
export function shapeTable({ onPress, onGrow }) {
  const root = shape("g", { class: "book-shapes" });
  const pressable = (node, label, key, press) => {
    for (const [name, value] of Object.entries({ role: "button", tabindex: 0, "aria-label": label, "data-key": key })) {
      node.setAttribute(name, value);
    }
    node.addEventListener("click", press);
    node.addEventListener("keydown", (event) => {
      if (event.key === "Tab") return;
      event.stopPropagation(); // arrows are for the numbers below
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
    return node;
  };
  const reach = (x, y, width) => shape("rect", { class: "book-touch", x: x - width / 2, y: y - REACH / 2, width, height: REACH });
  const plus = (name) => {
    const x = TABLE.label + TABLE.more / 2;
    const box = { x: x - CHIP.height / 2, y: rows[name] - CHIP.height / 2, width: CHIP.height, height: CHIP.height, rx: 6 };
    const node = shape("g", { class: `book-chip book-${name} book-plus` }, reach(x, rows[name], TABLE.more), shape("rect", box), text("book-size", x, rows[name], "+"));
    return pressable(node, `one more axis in front of ${name}`, `${name}+`, () => onGrow(name));
  };
  let moving = [];
  const rows = { a: TABLE.head + TABLE.row / 2 };
  rows.b = rows.a + TABLE.row + TABLE.gap;
  rows.c = rows.b + TABLE.row + 8;

  const chip = (name, x, { size, isAdded }, { verdict, fromRight, size: after }) => {
    const isStretched = verdict === `stretches ${name}`;
    const box = shape("rect", { class: "book-face", height: CHIP.height, y: rows[name] - CHIP.height / 2, rx: 6 });
    const number = text("book-size", 0, rows[name], size);
    const arrow = text("book-size book-after", 0, rows[name], `\u2192${after}`);
    const looks = ["book-chip", `book-${name}`, isAdded && "book-added", isStretched && "book-stretched", verdict === "fails" && "book-fails"];
    const node = shape("g", { class: looks.filter(Boolean).join(" ") }, reach(x, rows[name], TABLE.column), box, number, ...(isStretched ? [arrow] : []));
    pressable(node, `${name}, axis \u2212${fromRight}: ${size}`, `${name}${fromRight}`, () => onPress(name, fromRight));
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
    const canGrow = columns.length < MOST_AXES;
    const first = TABLE.label + (canGrow ? TABLE.more : 0);
    const width = columns.length * TABLE.column + first;
    const held = root.getRootNode().activeElement?.closest?.(".book-shapes [data-key]");
    const key = held && root.contains(held) && held.dataset.key;
    const { x, y, scale } = place;
    root.setAttribute("transform", `translate(${x - (width / 2) * scale} ${y}) scale(${scale})`);
    const names = ["a", "b", "c"].map((name) => text(`book-name book-${name}`, TABLE.label / 2 - 4, rows[name], name));
    const lines = columns.flatMap((column, at) => {
      const x = first + (at + 0.5) * TABLE.column;
      const { verdict, fromRight, size } = column;
      const on = { class: `book-on book-on-${fromRight}`, "data-axis": fromRight };
      const arrow = verdict.endsWith("a") ? "\u2191" : "\u2193";
      const sign = verdict && (SIGNS[verdict] ?? arrow);
      const band = { x: x - TABLE.column / 2 + 2, y: 2, width: TABLE.column - 4, height: rows.c + 14, rx: 8 };
      return [
        shape("rect", { ...on, ...band }),
        text(`book-axis book-on-${fromRight}`, x, TABLE.head / 2, `axis \u2212${fromRight}`),
        chip("a", x, column.a, column),
        text(`book-sign book-${verdict.replace(" ", "-")}`, x, (rows.a + rows.b) / 2, sign),
        chip("b", x, column.b, column),
        text(`book-size book-c${verdict === "fails" ? " book-fails" : ""}`, x, rows.c, verdict === "fails" ? "\u2717" : (size ?? "")),
      ];
    });
    const line = shape("path", { class: "book-total-line", d: `M4 ${rows.c - 18}H${width}` });
    root.replaceChildren(...names, line, ...(canGrow ? ["a", "b"].map(plus) : []), ...lines);
    // What was pressed is made anew, and keeps the focus.
    if (key) (root.querySelector(`[data-key="${key}"]`) ?? root.querySelector("[data-key]")).focus({ preventScroll: true });
  };
  const draw = (come) => {
    for (const move of moving) move(come);
  };
  return { root, set, draw };
}
