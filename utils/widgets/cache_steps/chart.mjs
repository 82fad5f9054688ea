// The misses of whole walks against the number of rows: a line by rows, a staircase by columns.

import { staircase } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [400, 150];
const [LEFT, BOTTOM, TOP, RIGHT] = [34, 122, 12, 298];
const MOST = 8; // rows

const across = (rows) => LEFT + (rows / MOST) * (RIGHT - LEFT);

/** The chart; `draw(state)` draws both walks, and marks the matrix that is seen. */
export function chart(columns) {
  const root = shape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", class: "book-chart" });
  const up = (misses) => BOTTOM - (misses / (MOST * columns)) * (BOTTOM - TOP);

  function curve(order, { rows, lines, line_length: width }, lower) {
    const counts = staircase(MOST, columns, order, lines, width);
    const points = counts.map((count, index) => `${across(index + 1)} ${up(count)}`);
    const end = shape("text", { x: RIGHT + 8, y: up(counts.at(-1)) + lower }, `by ${order}`);
    return shape(
      "g",
      { class: `book-curve book-by-${order}` },
      shape("path", { d: `M${points.join("L")}` }),
      ...counts.map((count, index) => shape("circle", { cx: across(index + 1), cy: up(count), r: index + 1 === rows ? 6 : 3 })),
      end,
    );
  }

  const text = (x, y, words, look = "") => shape("text", { x, y, class: look }, words);

  /** The misses of both walks through the matrix that is seen, beside their dots: one if they are equal. */
  function counts({ rows, lines, line_length: width }) {
    const [more, less] = ["columns", "rows"].map((order) => staircase(rows, columns, order, lines, width).at(-1));
    const x = across(rows);
    const below = text(x, up(less) - 11, String(less), "book-amount book-by-rows");
    return more === less ? [below] : [text(x - 8, up(more) - 9, String(more), "book-amount book-by-columns"), below];
  }

  function draw(state) {
    const ticks = Array.from({ length: MOST }, (_, index) => text(across(index + 1), BOTTOM + 13, String(index + 1), "book-middle"));
    const columnsEnd = staircase(MOST, columns, "columns", state.lines, state.line_length).at(-1);
    const rowsEnd = staircase(MOST, columns, "rows", state.lines, state.line_length).at(-1);
    const isClose = up(rowsEnd) - up(columnsEnd) < 14;
    root.replaceChildren(
      shape("path", { class: "book-axis", d: `M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}` }),
      ...ticks,
      text(across(MOST / 2), BOTTOM + 26, "rows of the matrix", "book-middle"),
      text(LEFT + 6, TOP + 4, "misses of the whole walk"),
      ...[0, 64].map((count) => text(LEFT - 6, up(count) + 4, String(count), "book-end")),
      curve("rows", state, isClose ? 10 : 4),
      curve("columns", state, isClose ? -4 : 4),
      ...counts(state),
    );
    const said = ["rows", "columns"].map((order) => `by ${order} ${staircase(MOST, columns, order, state.lines, state.line_length).join(", ")}`);
    root.setAttribute("aria-label", `Misses for 1 to ${MOST} rows: ${said.join("; ")}`);
  }
  return { root, draw };
}
