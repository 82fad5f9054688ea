// The call, the two shapes, and the result as torch prints it.

import { SHAPE, cells, shapeOf } from "./math.mjs";
import { call, padded } from "./words.mjs";
import { element, onArrows } from "../kit/parts.mjs";

/** Brackets before the first and behind the last number of an innermost row. */
function brackets(shape, row) {
  const rows = cells(shape.slice(0, -1));
  const [here, before, next] = [rows[row], rows[row - 1], rows[row + 1]];
  const same = (other) => (other ? here.findIndex((at, axis) => at !== other[axis]) : -1);
  const opened = before ? here.length - same(before) : shape.length;
  const closed = next ? here.length - same(next) : shape.length;
  return ["\u00a0".repeat(shape.length - opened) + "[".repeat(opened), "]".repeat(closed) + (next ? "," : "")];
}

/** The panel; `point(place)` hears which number is pointed at, `step(rows, columns)` the arrow keys. */
export function panel(point, step) {
  const code = element("div", { class: "book-call" });
  const shapes = element("div", { class: "book-shapes" });
  const printed = element("div", { class: "book-printed", tabindex: 0, role: "group", "aria-label": "The result: arrow keys choose a number" });
  const root = element("div", { class: "book-panel" }, code, shapes, printed);
  const heard = ({ target }) => {
    const found = target.closest?.("[data-place]");
    if (found) point(Number(found.dataset.place));
  };
  for (const kind of ["pointermove", "pointerdown"]) printed.addEventListener(kind, heard);
  onArrows(printed, step);

  /** The call and the shapes. */
  function set(state) {
    code.textContent = call(state);
    const before = SHAPE.map((size, axis) => element(axis === state.dim ? "s" : "span", {}, String(size)));
    const after = shapeOf(state).map((size, axis) =>
      element("span", { class: state.keepdim && axis === state.dim ? "book-kept" : "book-stays" }, String(size)),
    );
    const listed = (parts) => ["(", ...parts.flatMap((part, at) => (at ? [", ", part] : [part])), ")"];
    shapes.replaceChildren(
      element("span", {}, ...listed(before)),
      element("span", {}, element("span", { class: "book-to" }, "→"), element("b", {}, ...listed(after))),
    );
  }

  /** The numbers that have flowed together so far. */
  function print(state, values) {
    const shape = shapeOf(state);
    const width = shape.at(-1);
    const lines = [];
    for (let row = 0; row < values.length / width; row++) {
      const [open, close] = brackets(shape, row);
      const line = element("div", {}, open);
      for (let column = 0; column < width; column++) {
        const place = row * width + column;
        const entry = element("span", { class: `book-entry${place === state.place ? " book-lit" : ""}` }, padded(values[place], state.reduction));
        entry.dataset.place = place;
        line.append(...(column ? [", "] : []), entry);
      }
      line.append(close);
      lines.push(line);
    }
    printed.replaceChildren(...lines);
  }
  return { root, set, print };
}
