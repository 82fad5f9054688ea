// The notes that a view keeps, in large letters.

import { shape } from "../kit/parts.mjs";

const STRIDES = { strides: /(\d+)/, place: /(·\d+)/ };

/** A note in which each stride has the colour of its axis. */
function coloured(name, value, axes) {
  const pattern = STRIDES[name.split(" ")[0]];
  if (!pattern) return [value];
  // Of the parts into which the text falls every second one is a stride.
  return value.split(pattern).map((part, k) => {
    const attributes = k % 2 ? { class: `book-${["rows", "columns"][axes[(k - 1) / 2]]}` } : {};
    return shape("tspan", attributes, part);
  });
}

/**
 * The notes: `draw(place, list, axes)` writes [name, value] pairs, as many as there is room for
 * beside a table, or three under it; `axes` are the axes of the table that the view has kept.
 */
export function viewNotes() {
  const root = shape("g", { class: "book-view-notes" });
  function draw({ x, y, width, height }, list, axes) {
    const font = height ? Math.min(22, width / 13) : 18;
    const step = height ? height / 4 : width / 3;
    const nodes = list.slice(0, height ? 4 : 3).flatMap(([name, value], k) => {
      const [left, line] = height ? [x, y + k * step + 14] : [x + k * step, y];
      return [
        shape("text", { class: "book-note-name", x: left, y: line, "font-size": 13 }, name),
        shape("text", { class: "book-note-value", x: left, y: line + 24, "font-size": font }, ...coloured(name, value, axes)),
      ];
    });
    root.replaceChildren(...nodes);
  }
  return { root, draw };
}
