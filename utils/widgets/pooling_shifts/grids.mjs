// The grids of the demo: the picture with its windows, and the two outputs.

import { COLUMNS, LEFT, ROWS, TOP } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const PIXEL = 20; // units of the drawing a pixel; a cell of an output is as wide as the stride
const MOST_INK = 16;

const lines = (count, step, length, isUpright) =>
  Array.from({ length: count }, (_, index) => (isUpright ? `M${index * step} 0v${length}` : `M0 ${index * step}h${length}`)).join("");
const frame = (look) => shape("rect", { class: `book-frame book-${look}`, fill: "none" });

function place(node, [row, column], step, side) {
  node.style.display = "";
  for (const [name, value] of Object.entries({ x: column * step, y: row * step, width: side, height: side })) {
    node.setAttribute(name, value);
  }
}

function drawing(name, caption, label) {
  const svg = shape("svg", { viewBox: `-2 -2 ${COLUMNS * PIXEL + 4} ${ROWS * PIXEL + 4}`, role: "img", "aria-label": label });
  const root = element("figure", { class: `book-${name}` }, element("figcaption", {}, caption), svg);
  /** Which pixel of the picture lies under the pointer, in fractions. */
  const under = ({ clientX, clientY }) => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const across = ((clientX - left) / width) * (COLUMNS * PIXEL + 4) - 2;
    const down = ((clientY - top) / height) * (ROWS * PIXEL + 4) - 2;
    return [down / PIXEL, across / PIXEL];
  };
  return { root, svg, under };
}

/** The picture: `slide(shift)` moves the digit, `set({ ink, window, stride, pointed })` does the rest. */
export function inputGrid() {
  const { root, svg, under } = drawing("input", "The picture: drag the digit", "A digit on a grid, cut into windows");
  const pixels = Array.from({ length: 64 }, (_, index) =>
    shape("rect", { class: "book-ink", x: (index % 8) * PIXEL, y: Math.floor(index / 8) * PIXEL, width: PIXEL, height: PIXEL }),
  );
  const digit = shape("g", { class: "book-digit" }, ...pixels);
  const raster = lines(COLUMNS + 1, PIXEL, ROWS * PIXEL, true) + lines(ROWS + 1, PIXEL, COLUMNS * PIXEL, false);
  const shared = shape("path", { class: "book-shared" });
  const cuts = shape("path", { class: "book-cuts" });
  const window = frame("pointed");
  const ground = shape("rect", { class: "book-ground", width: COLUMNS * PIXEL, height: ROWS * PIXEL });
  svg.append(ground, shape("path", { class: "book-raster", d: raster }), shared, digit, cuts, window);
  const slide = (shift) => digit.setAttribute("transform", `translate(${(LEFT + shift) * PIXEL} ${TOP * PIXEL})`);

  function set({ ink, window: side, stride, shape: [rows, columns], pointed }) {
    ink.flat().forEach((value, index) => pixels[index].setAttribute("fill-opacity", value / MOST_INK));
    const [width, height] = [columns, rows].map((count) => ((count - 1) * stride + side) * PIXEL);
    const step = stride * PIXEL;
    // Windows that overlap share strips, as wide as the window is larger than the stride.
    const strip = (side - stride) * PIXEL;
    const strips = Array.from({ length: columns - 1 }, (_, index) => `M${(index + 1) * step} 0h${strip}v${height}h${-strip}z`);
    const rowsOf = Array.from({ length: rows - 1 }, (_, index) => `M0 ${(index + 1) * step}h${width}v${strip}h${-width}z`);
    shared.setAttribute("d", strip ? strips.join("") + rowsOf.join("") : "");
    const ends = `M${width} 0v${height}M0 ${height}h${width}`;
    cuts.setAttribute("d", lines(columns, step, height, true) + lines(rows, step, width, false) + ends);
    window.style.display = "none";
    if (pointed) place(window, pointed, step, side * PIXEL);
  }
  return { root, svg, under, slide, set };
}

/** An output; `fill(values)` tints its cells, `set({ shape, stride, differs, pointed, words })` the rest. */
export function outputGrid(kind) {
  const { root, svg, under } = drawing(kind, "", `The output of ${kind} pooling`);
  const caption = root.querySelector("figcaption");
  const [cells, rings, marked] = [shape("g"), shape("path", { class: "book-differs" }), frame("pointed")];
  svg.append(cells, rings, marked);
  let built = "";

  function set({ shape: [rows, columns], stride, differs, pointed, words }) {
    const side = stride * PIXEL;
    const key = [rows, columns, stride].join();
    if (key !== built) {
      const cell = (_, index) => shape("rect", { class: "book-cell", x: (index % columns) * side, y: Math.floor(index / columns) * side, width: side, height: side });
      cells.replaceChildren(...Array.from({ length: rows * columns }, cell));
      built = key;
    }
    const inset = 2;
    const ring = (row, column) => `M${column * side + inset} ${row * side + inset}h${side - 2 * inset}v${side - 2 * inset}h${2 * inset - side}z`;
    rings.setAttribute("d", differs.flatMap((row, i) => row.map((isOff, j) => (isOff ? ring(i, j) : ""))).join(""));
    marked.style.display = "none";
    if (pointed) place(marked, pointed, side, side);
    caption.textContent = words;
  }
  const fill = (values) => values.forEach((value, index) => cells.children[index].setAttribute("fill-opacity", value / MOST_INK));
  return { root, svg, under, set, fill };
}
