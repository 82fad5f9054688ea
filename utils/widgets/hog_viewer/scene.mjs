// The pictures of the HOG viewer: the photograph, the lines of its cells, one cell's histogram.

import { along, binMiddle, linePaths } from "./math.mjs";
import { binEdges, vote } from "./words.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";

const LEVELS = 24; // of strength; neighbouring ones cannot be told apart
const GLYPH = 7; // half the length of the line beside a bar

/**
 * A square on which a cell is chosen: by a press, by a drag and by arrow keys.
 *
 * `onPoint(y, x)` hears where, in pixels of the photograph; `onStep` hears rows and columns.
 */
export function stage(label, side, { onPoint, onStep }, content) {
  const veil = shape("path", { class: "book-veil" });
  const boxes = ["book-chosen book-halo", "book-chosen"].map((name) => shape("rect", { class: name }));
  const overlay = shape("svg", { viewBox: `0 0 ${side} ${side}`, "aria-hidden": true }, veil, ...boxes);
  const root = element(
    "div",
    { class: "book-stage", tabindex: 0, role: "application", "aria-label": label },
    content,
    overlay,
  );
  const point = (event) => {
    const box = root.getBoundingClientRect();
    const scale = side / box.width;
    onPoint((event.clientY - box.top) * scale, (event.clientX - box.left) * scale);
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    root.setPointerCapture(event.pointerId);
    point(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (event.buttons & 1) point(event);
  });
  onArrows(root, onStep);
  // What fills no cell is veiled.
  const cover = (cell) => {
    const used = side - (side % cell);
    veil.setAttribute("d", `M${used} 0H${side}V${side}H0V${used}H${used}z`);
  };
  const choose = ([row, column], cell) => {
    for (const box of boxes) {
      for (const [name, value] of Object.entries({ x: column * cell, y: row * cell, width: cell, height: cell }))
        box.setAttribute(name, value);
    }
  };
  return { root, cover, choose };
}

/**
 * The lines of all cells.
 *
 * One path for every level of strength: with cells of 4 pixels and 18 directions there are more than
 * 11,000 lines, and as many elements of their own would take far longer than a frame. A canvas would
 * be as fast, but would have to be painted again at every change of theme, zoom or pixel density.
 */
export function lineDrawing(side) {
  const paths = Array.from({ length: LEVELS }, (_, level) =>
    shape("path", { class: "book-lines", "stroke-opacity": (level + 1) / LEVELS }),
  );
  const grid = shape("path", { class: "book-grid-lines" });
  const root = shape("svg", { viewBox: `0 0 ${side} ${side}`, "aria-hidden": true }, grid, ...paths);
  const set = (cells, shares, state) => {
    const { rows, columns } = cells;
    const { cell } = state;
    root.style.setProperty("--thickness", `${0.25 + 0.02 * cell}px`);
    const drawn = linePaths(cells, shares, state, LEVELS);
    for (const [level, path] of paths.entries()) {
      // A change of contrast leaves them as they are: no need to read them again.
      if (path.getAttribute("d") !== drawn[level]) path.setAttribute("d", drawn[level]);
    }
    const [height, width] = [rows * cell, columns * cell];
    const across = Array.from({ length: rows + 1 }, (_, row) => `M0 ${row * cell}h${width}`);
    const down = Array.from({ length: columns + 1 }, (_, column) => `M${column * cell} 0v${height}`);
    grid.setAttribute("d", [...across, ...down].join(""));
  };
  return { root, set };
}

/** A row for every bin: its line, its angles, a bar and its votes. */
export function histogramRows(most) {
  const rows = Array.from({ length: most }, () => {
    const line = shape("line", { class: "book-lines" });
    const glyph = shape("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": true }, line);
    const label = element("span", { class: "book-angles" });
    const bar = element("span", { class: "book-bar" });
    const track = element("span", { class: "book-track", "aria-hidden": true }, bar);
    const value = element("span", { class: "book-value" });
    const root = element("li", {}, glyph, label, track, value);
    return { root, line, label, bar, value };
  });
  const root = element("ol", { class: "book-bins", start: 0 }, ...rows.map((row) => row.root));
  /** `whole` is the number whose bar has the whole length. */
  const set = (histogram, best, whole) => {
    for (const [bin, row] of rows.entries()) {
      row.root.hidden = bin >= histogram.length;
      if (row.root.hidden) continue;
      const [x, y] = along(binMiddle(bin, histogram.length), GLYPH);
      for (const [name, end] of Object.entries({ x1: -x, y1: -y, x2: x, y2: y }))
        row.line.setAttribute(name, end);
      row.label.textContent = binEdges(bin, histogram.length);
      row.bar.style.width = `${whole ? (100 * histogram[bin]) / whole : 0}%`;
      row.value.textContent = vote(histogram[bin]);
      row.root.classList.toggle("book-largest", bin === best);
    }
  };
  return { root, set };
}
