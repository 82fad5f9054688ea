// The pictures of the HOG viewer: strokes over the photograph, one cell's pixels, its histogram.

import { along, binMiddle, linePaths, votePaths } from "./math.mjs";
import { binEdges, vote } from "./words.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";

const LEVELS = 24; // of strength; neighbouring ones cannot be told apart
const GLYPH = 7; // half the length of the line under a bar

/** For each of the most bins a group of strokes that lights up with its bar. */
const groupsOfBins = (most, make) =>
  Array.from({ length: most }, (_, bin) => shape("g", { class: "book-strokes", "data-about": `bin${bin}` }, ...make()));

/**
 * The photograph under the strokes of all cells; a cell is chosen by a press, a drag and arrow keys.
 *
 * `onPoint(y, x)` hears where, in pixels of the photograph; `onStep` hears rows and columns.
 *
 * A path for every bin and level of strength: with cells of 4 pixels and 18 directions there are more
 * than 11,000 strokes, and as many elements of their own would take far longer than a frame.
 */
export function board(label, side, most, { onPoint, onStep }) {
  const canvas = element("canvas");
  const level = (_, index) => shape("path", { class: "book-lines", "stroke-opacity": (index + 1) / LEVELS });
  const bins = groupsOfBins(most, () => Array.from({ length: LEVELS }, level));
  const veil = shape("path", { class: "book-veil" });
  const boxes = ["book-chosen book-halo", "book-chosen"].map((name) => shape("rect", { class: name }));
  const box = `0 0 ${side} ${side}`;
  const overlay = shape("svg", { viewBox: box, "aria-hidden": true }, veil, ...bins, ...boxes);
  const root = element(
    "div",
    { class: "book-board", tabindex: 0, role: "application", "aria-label": label },
    canvas,
    overlay,
  );
  const point = (event) => {
    const { left, top, width } = root.getBoundingClientRect();
    onPoint(((event.clientY - top) * side) / width, ((event.clientX - left) * side) / width);
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

  function draw(cells, shares, state) {
    root.style.setProperty("--thickness", `${0.3 + 0.02 * state.cell}px`);
    const drawn = linePaths(cells, shares, state, LEVELS);
    for (const [bin, group] of bins.entries())
      for (const [index, path] of [...group.children].entries()) {
        const next = drawn[bin]?.[index] ?? "";
        // A change of contrast leaves them as they are: no need to read them again.
        if (path.getAttribute("d") !== next) path.setAttribute("d", next);
      }
    // What fills no cell is veiled.
    const used = side - (side % state.cell);
    veil.setAttribute("d", `M${used} 0H${side}V${side}H0V${used}H${used}z`);
  }
  const choose = ([row, column, cell]) => {
    for (const one of boxes)
      for (const [name, value] of Object.entries({ x: column, y: row, width: cell, height: cell }))
        one.setAttribute(name, value);
  };
  const fade = (opacity) => canvas.style.setProperty("opacity", opacity);
  return { root, canvas, draw, choose, fade };
}

/** The pixels of one cell, each with a stroke along its edge, as long as its gradient. */
export function magnifier(most) {
  const canvas = element("canvas");
  const bins = groupsOfBins(most, () => [shape("path", { class: "book-lines" })]);
  const overlay = shape("svg", { "aria-hidden": true }, ...bins);
  const root = element("div", { class: "book-magnifier" }, canvas, overlay);
  function draw(votes, best, { cell, orientations }) {
    overlay.setAttribute("viewBox", `0 0 ${cell} ${cell}`);
    const drawn = votePaths(votes, orientations);
    for (const [bin, group] of bins.entries()) {
      group.firstChild.setAttribute("d", drawn[bin] ?? "");
      group.classList.toggle("book-largest", bin === best);
    }
  }
  return { root, canvas, draw };
}

/** A bar for every bin, its stroke under it; its angles and its votes in its title. */
export function bars(most) {
  const all = Array.from({ length: most }, (_, bin) => {
    const bar = element("div", { class: "book-bar" });
    const line = shape("line", { class: "book-lines" });
    const glyph = shape("svg", { viewBox: "-8 -8 16 16" }, line);
    const root = element(
      "div",
      { class: "book-bin", "data-about": `bin${bin}` },
      element("div", { class: "book-track" }, bar),
      glyph,
    );
    return { root, bar, line };
  });
  const chart = element("div", { class: "book-chart", role: "img" }, ...all.map(({ root }) => root));
  const ticks = ["0°", "90°", "180°"].map((angle) => element("span", {}, angle));
  const root = element("div", { class: "book-bars" }, chart, element("div", { class: "book-ticks" }, ...ticks));

  /** `whole` is the number whose bar has the whole height. */
  function draw(histogram, best, whole) {
    chart.setAttribute("aria-label", `Votes of the bins: ${histogram.map(vote).join(", ")}`);
    for (const [bin, { root: column, bar, line }] of all.entries()) {
      column.hidden = bin >= histogram.length;
      if (column.hidden) continue;
      const [x, y] = along(binMiddle(bin, histogram.length), GLYPH);
      for (const [name, end] of Object.entries({ x1: -x, y1: -y, x2: x, y2: y })) line.setAttribute(name, end);
      bar.style.height = `${whole ? (100 * histogram[bin]) / whole : 0}%`;
      column.title = `${binEdges(bin, histogram.length)}: ${vote(histogram[bin])}`;
      column.classList.toggle("book-largest", bin === best);
    }
  }
  return { root, draw };
}
