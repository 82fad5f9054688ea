// One table of the index explorer: its cells, and the numbers of its rows and columns.

import { shape } from "../kit/parts.mjs";
import { label } from "./label.mjs";
import { HEAD } from "./layout.mjs";

const SPACE = 0.05; // between two cells, as a share of one

/** The number of a row or a column; a picked one stands on a mark of its axis's colour. */
function head(axis, x, y, { text, isPicked }) {
  const kind = `book-head book-${axis}${isPicked ? " book-picked" : ""}`;
  const mark = { class: `${kind} book-mark`, x: x - 10, y: y - 9, width: 20, height: 18, rx: 5 };
  return [...(isPicked ? [shape("rect", mark)] : []), label(kind, x, y, 12, text)];
}

/** A table that can be used by pointer and by keyboard; a frame in it marks the selected cell. */
export function grid(name) {
  const cells = shape("g");
  const frame = shape("rect", { class: "book-lit-frame", rx: 5 });
  // On top, because a finger loses hold of a node that is made anew.
  const ring = shape("rect", { class: "book-reach", rx: 6 });
  const root = shape("g", { class: "book-grid", tabindex: 0, role: "application" }, cells, frame, ring);
  let place = null;
  let size = [0, 0];

  /**
   * Draw at { x, y, cell } as many cells as there are in `numbers`, a list of rows of
   * { kind, text }; `heads` holds, for rows and for columns, a list of { text, isPicked }, empty
   * for none.
   */
  function draw(at, numbers, heads, told) {
    const { x, y, cell } = at;
    place = at;
    size = [numbers.length, numbers[0]?.length ?? 0];
    const font = Math.max(11, Math.min(18, 0.42 * cell));
    const space = SPACE * cell;
    const middle = (start, k) => start + (k + 0.5) * cell;
    const drawn = numbers.flatMap((row, r) =>
      row.flatMap(({ kind, text }, c) => [
        shape("rect", {
          class: `book-cell book-${kind}`,
          x: x + c * cell + space / 2,
          y: y + r * cell + space / 2,
          width: cell - space,
          height: cell - space,
          rx: 0.1 * cell,
        }),
        label(`book-number book-${kind}`, middle(x, c), middle(y, r), font, text),
      ]),
    );
    cells.replaceChildren(
      ...drawn,
      ...heads[0].flatMap((one, r) => head("rows", x - HEAD / 2, middle(y, r), one)),
      ...heads[1].flatMap((one, c) => head("columns", middle(x, c), y - HEAD / 2, one)),
      label("book-name", x - HEAD / 2, y - HEAD / 2, 17, name),
    );
    const [height, width] = size.map((count) => count * cell + 4);
    for (const [key, value] of Object.entries({ x: x - 2, y: y - 2, width, height })) ring.setAttribute(key, value);
    root.setAttribute("aria-label", told);
  }

  /** Move the frame to a cell, or to a place between cells. */
  function light(row, column) {
    const { x, y, cell } = place;
    const box = { x: x + column * cell, y: y + row * cell, width: cell, height: cell };
    for (const [key, value] of Object.entries(box)) frame.setAttribute(key, value);
  }

  /** The cell under a point, one that is outside of the table too, as [row, column]. */
  const cellAt = (left, top) => [Math.floor((top - place.y) / place.cell), Math.floor((left - place.x) / place.cell)];
  const holds = (left, top) => cellAt(left, top).every((at, side) => at >= 0 && at < size[side]);
  /** Show which cell is selected, or that none is. */
  const mark = (isLit) => {
    frame.style.display = isLit ? "" : "none";
  };
  return { root, draw, light, cellAt, holds, mark };
}
