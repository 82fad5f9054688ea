// The photograph under a map: cells, true boxes, anchors that meet one, and the anchor of one cell.

import { cellAt, GRIDS, SIDE } from "./math.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";

const at = ([x1, y1, x2, y2]) => ({ x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) });

/** Set the attributes of an SVG element. */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** The lines between the cells of a map, as a path. */
function lines(stage) {
  const step = SIDE / GRIDS[stage];
  return Array.from({ length: GRIDS[stage] - 1 }, (_, index) => (index + 1) * step)
    .map((edge) => `M${edge} 0V${SIDE}M0 ${edge}H${SIDE}`)
    .join("");
}

/**
 * The picture; `onCell(cell)` hears the cell that is pointed at or walked to by arrow keys. `draw`
 * takes what is still, `move(anchor, view)` the two boxes on their way.
 */
export function photo({ pixels, boxes }, read, onCell) {
  const canvas = element("canvas", { class: "book-dots", "aria-hidden": true });
  paint(canvas, decodePixels(pixels), SIDE, SIDE);
  const grid = shape("path", { class: "book-cells" });
  const cell = shape("rect", { class: "book-cell" });
  const anchors = shape("g", {});
  const truths = boxes.map((box, index) => shape("rect", { ...at(box), class: "book-truth", "data-about": `object${index}` }));
  const seen = shape("rect", { class: "book-view" });
  const halo = shape("rect", { class: "book-halo" });
  const chosen = shape("rect", { class: "book-anchor" });
  const drawing = shape("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "application", tabindex: 0 }, grid, cell, anchors, ...truths, seen, halo, chosen);
  const root = element("div", { class: "book-photo" }, canvas, drawing);

  const point = ({ clientX, clientY }) => {
    const { left, top, width, height } = drawing.getBoundingClientRect();
    onCell(cellAt(read().stage, ((clientX - left) * SIDE) / width, ((clientY - top) * SIDE) / height));
  };
  drawing.addEventListener("pointerdown", point);
  drawing.addEventListener("pointermove", point);
  onArrows(drawing, (rows, columns) => {
    const { stage, cell: now } = read();
    const last = GRIDS[stage] - 1;
    onCell([now[0] + rows, now[1] + columns].map((place) => Math.max(0, Math.min(last, place))));
  });

  function draw({ stage, cell: place, marks, met, words }) {
    const step = SIDE / GRIDS[stage];
    set(grid, { d: lines(stage) });
    set(cell, { x: place[1] * step, y: place[0] * step, width: step, height: step });
    anchors.replaceChildren(...marks.map(({ box, label, object }) => shape("rect", { ...at(box), class: `book-mark book-${label}`, "data-about": `object${object}` })));
    truths.forEach((node, index) => node.classList.toggle("book-met", met[index]));
    drawing.setAttribute("aria-label", words);
  }
  function move(anchor, view) {
    for (const node of [halo, chosen]) set(node, at(anchor));
    set(seen, at(view.map((edge) => Math.max(0, Math.min(SIDE, edge))))); // as far as there is a picture
  }
  return { root, draw, move };
}
