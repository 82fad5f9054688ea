// What the batch size does: under an axis, a row of marks for each batch size.

import { LEFT, frame, numbers, text } from "./axes.mjs";
import { ROWS, SIZES, moments } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const [TOP, FOOT] = [19, 16];

/** One table, rows of a height `step`; `place(row, values)` moves the marks of a row, `mark(row)` lights it up. */
export function table(axis, look, step, onPick) {
  const { across, each, wide } = axis;
  const bottom = TOP + SIZES.length * step;
  const rows = SIZES.map((size, row) => {
    const y = TOP + (row + 0.5) * step;
    const lane = shape("rect", { class: "book-size", x: -LEFT, y: y - step / 2, width: LEFT + wide, height: step });
    const reach = shape("rect", { class: `book-reach book-reach-${look}`, y: y - step / 2, height: step });
    const marks = Array.from({ length: ROWS }, () => shape("circle", { class: `book-dot book-dot-${look}`, cy: y, r: step / 4 }));
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
  const under = numbers(axis, bottom + FOOT - 4);
  const root = frame(axis, `book-table book-table-${look}`, bottom + FOOT, [TOP, bottom], title, ...rows.map((row) => row.root), ...under);
  return { root, place, mark };
}
