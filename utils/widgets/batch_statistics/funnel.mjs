// What the batch size does: on the same axis, a bar from the least to the largest output at each batch size.

import { line, text } from "./axes.mjs";
import { SIZES } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

/** `draw(outputs)` moves the bars, a list of outputs for each; `mark(size)` lights one up. */
export function funnel({ top, low, height, columns: [first, last] }, { after, column, step }, onPick) {
  const bars = SIZES.map((size, place) => {
    const x = column(place);
    const lane = shape("rect", { class: "book-size", x: x - step / 2, y: top, width: step, height: low + 20 - top, rx: 4 });
    const bar = line("bar", x, 0, x, 0);
    const root = shape("g", { class: "book-column" }, lane, bar, text(String(size), x, low + 15, "count"));
    root.addEventListener("click", () => onPick(size));
    return { root, bar };
  });
  const title = text("batch size", (first + last) / 2, height - 8, "under");
  const root = shape("g", {}, ...bars.map((bar) => bar.root), title);
  function draw(outputs) {
    bars.forEach(({ bar }, place) => {
      bar.setAttribute("y1", after(Math.min(...outputs[place])));
      bar.setAttribute("y2", after(Math.max(...outputs[place])));
    });
  }
  const mark = (size) => bars.forEach(({ root: one }, place) => one.classList.toggle("book-now", SIZES[place] === size));
  return { root, draw, mark };
}
