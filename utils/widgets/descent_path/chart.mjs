// Two small drawings beside the plane: the loss by step, and the learning rate among its bounds.

import { shape } from "../kit/parts.mjs";
import { marker } from "../kit/plane_marks.mjs";

/** An SVG with margins [top, right, bottom, left] around ranges that may change with each draw; `caption` lists { text, x, y }. */
export function chart({ label, size, margins, caption }) {
  const [width, height] = size;
  const [top, right, bottom, left] = margins;
  const marks = shape("g");
  const inner = [width - left - right, height - top - bottom];
  const about = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label };
  const words = caption.map(({ text, x, y }) =>
    shape("text", { class: "book-words book-tick", x, y }, text),
  );
  const root = shape("svg", { ...about, class: "book-chart" }, marks, ...words);

  /** Replace what is shown; `x` and `y` are the ranges of the part inside the margins. */
  function draw(list, { x, y }) {
    // The margins become a part of the ranges, so that ticks may stand in them.
    const [across, up] = [(x[1] - x[0]) / inner[0], (y[1] - y[0]) / inner[1]];
    const space = {
      x: [x[0] - left * across, x[1] + right * across],
      y: [y[0] - bottom * up, y[1] + top * up],
      size,
    };
    marks.replaceChildren(...list.map(marker(space).draw));
  }

  return { root, draw, say: (text) => root.setAttribute("aria-label", text) };
}
