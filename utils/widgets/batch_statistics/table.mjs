// What the batch size does: under an axis, a row of marks for each batch size.

import { LEFT, WIDTH, frame, text } from "./axes.mjs";
import { ROWS, SIZES, moments } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const [TOP, STEP] = [17, 11.5];
const BOTTOM = TOP + SIZES.length * STEP;

/** One table; `place(row, values)` moves the marks of a row, `mark(row)` lights it up. */
export function table(axis, look, onPick) {
  const { across, each } = axis;
  const rows = SIZES.map((size, row) => {
    const y = TOP + (row + 0.5) * STEP;
    const lane = shape("rect", { class: "book-size", x: -LEFT, y: y - STEP / 2, width: LEFT + WIDTH, height: STEP });
    const reach = shape("rect", { class: `book-reach book-reach-${look}`, y: y - STEP / 2, height: STEP });
    const marks = Array.from({ length: ROWS }, () => shape("circle", { class: `book-dot book-dot-${look}`, cy: y, r: 2.6 }));
    const root = shape("g", { class: "book-row" }, lane, reach, ...marks, text(String(size), -4, y + 4, "count"));
    root.addEventListener("click", () => onPick(size));
    return { root, reach, marks };
  });
  function place(row, values) {
    const { reach, marks } = rows[row];
    const { mean, variance } = moments(values);
    const spread = Math.sqrt(variance);
    reach.setAttribute("x", across(mean - spread));
    reach.setAttribute("width", across(mean + spread) - across(mean - spread));
    marks.forEach((mark, batch) => mark.setAttribute("cx", across(values[batch])));
  }
  const mark = (now) => rows.forEach(({ root }, row) => root.classList.toggle("book-now", row === now));
  const title = text(each, -LEFT, 12, "title");
  const root = frame(axis, "book-table", BOTTOM + 1, [TOP, BOTTOM], title, ...rows.map((row) => row.root));
  return { root, place, mark };
}
