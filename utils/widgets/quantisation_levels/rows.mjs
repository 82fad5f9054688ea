// Rows of weights as dots, and the levels behind them as lines.

import { furthest, positions } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const [WIDE, PITCH, MARGIN] = [640, 30, 6];
const GOLDEN = 0.618034; // spreads the heights of neighbours

/** Returns { root, draw(places), mark(state, levels, rows) }; `onRow(row)` hears which row is looked at, −1 for none. */
export function rowsOfWeights(rows, onRow) {
  const reach = furthest(rows);
  const x = (weight) => WIDE / 2 + (weight / reach) * (WIDE / 2 - MARGIN);
  const high = (row, index) => PITCH * (row + 0.5) + (((index * GOLDEN) % 1) - 0.5) * (PITCH - 9);
  const circles = (name, r, place) =>
    rows.flatMap((weights, row) => weights.map((weight, index) => shape("circle", { class: name, r, cy: high(row, index).toFixed(2), ...place(weight) })));
  const ghosts = circles("book-ghost", 2, (weight) => ({ cx: x(weight).toFixed(2) })); // before rounding
  const dots = circles("book-dot", 3.4, () => ({}));
  const bands = rows.map((_, row) => shape("rect", { class: "book-band", x: 0, y: PITCH * row, width: WIDE, height: PITCH, "data-row": row }));
  const lines = rows.map(() => shape("path", { class: "book-level" }));
  const moves = shape("path", { class: "book-moves" });
  const middle = shape("line", { class: "book-middle", x1: WIDE / 2, x2: WIDE / 2, y1: 0, y2: PITCH * rows.length });
  const drawing = shape("svg", { viewBox: `0 0 ${WIDE} ${PITCH * rows.length}`, "aria-hidden": true }, ...bands, middle, ...lines, ...ghosts, moves, ...dots);
  const end = (sign) => `${sign}${reach.toFixed(1)}`;
  const axis = element("div", { class: "book-axis" }, element("span", {}, end("\u2212")), element("span", {}, "weights of 12 units"), element("span", {}, end("")));
  const root = element("div", { class: "book-rows", tabindex: 0, role: "slider", "aria-label": "Chosen row", "aria-valuemin": -1, "aria-valuemax": rows.length - 1 }, drawing, axis);
  drawing.addEventListener("pointerover", ({ target }) => {
    if (target.dataset.row !== undefined) onRow(Number(target.dataset.row));
  });
  drawing.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && onRow(-1));

  const draw = (places) => dots.forEach((dot, index) => dot.setAttribute("cx", x(places[index]).toFixed(2)));

  function mark(state, levels, moved) {
    const gap = state.per_row ? 4 : 0;
    lines.forEach((line, row) => {
      const [top, tall] = [PITCH * row + gap, PITCH - 2 * gap];
      const ticks = positions(levels[row], state);
      line.setAttribute("d", ticks.map((level) => `M${x(level).toFixed(2)} ${top}v${tall}`).join(""));
    });
    root.classList.toggle("book-fine", state.bits > 5);
    const { row } = state;
    bands.forEach((band, index) => band.classList.toggle("book-chosen", index === row));
    const path = row < 0 ? [] : rows[row].map((weight, index) => `M${x(weight).toFixed(2)} ${high(row, index).toFixed(2)}H${x(moved[row][index]).toFixed(2)}`);
    moves.setAttribute("d", path.join(""));
    root.setAttribute("aria-valuenow", row);
    root.setAttribute("aria-valuetext", row < 0 ? "none" : `row ${row + 1}`);
  }
  return { root, draw, mark };
}
