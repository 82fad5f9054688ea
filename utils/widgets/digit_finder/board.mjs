// The scene: its pixels, the grid, the trail of what was tried, boxes, and the digits, to drag.

import { SIDE } from "./math.mjs";
import { COUNT, SIZE } from "./painting.mjs";
import { objectWords } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const STEP = SIZE / SIDE;
const BY_KEY = { "+": 1, "=": 1, "-": -1 };

/** Put an element where a box is, in shares of the scene; what lies beyond it is cut off. */
function put(node, box) {
  const [left, top, right, bottom] = box.map((place) => Math.max(0, Math.min(SIZE, place)));
  const sides = { left, top, width: right - left, height: bottom - top };
  for (const [name, value] of Object.entries(sides)) node.style.setProperty(name, `${(100 * value) / SIZE}%`);
}

/** Boxes that come and go; `draw(list, fill)` shows one for each entry. */
function pool(root, make) {
  const nodes = [];
  return (list, fill) => {
    while (nodes.length < list.length) {
      nodes.push(make());
      root.append(nodes.at(-1));
    }
    nodes.forEach((node, at) => {
      node.hidden = at >= list.length;
      if (at < list.length) fill(node, list[at], at);
    });
  };
}

/** The board; `acts` are choose(index), move(index, corner), grow(index, by) and remove(index). */
export function board(read, acts) {
  const photo = element("canvas", { class: "book-dots", role: "img" });
  const cells = Array.from({ length: SIDE * SIDE }, (_, cell) =>
    shape("rect", {
      x: (cell % SIDE) * STEP,
      y: Math.floor(cell / SIDE) * STEP,
      width: STEP,
      height: STEP,
      class: "book-cell",
      "data-about": `cell-${cell}`,
    }),
  );
  const stops = Array.from({ length: SIDE - 1 }, (_, index) => (index + 1) * STEP);
  const lines = shape("path", { class: "book-lines", d: stops.map((stop) => `M${stop} 0V${SIZE}M0 ${stop}H${SIZE}`).join("") });
  const trail = shape("g", { class: "book-trail" });
  const grid = shape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": true }, ...cells, lines, trail);
  const layer = element("div", { class: "book-layer", "aria-hidden": true });
  const root = element("div", { class: "book-photo" }, photo, grid);
  const drawTruths = pool(layer, () => element("div", { class: "book-true" }));
  const drawBoxes = pool(layer, () => element("span", { class: "book-box" }, element("span", { class: "book-tag" })));

  /** Where the pointer is, in pixels of the scene. */
  function placeOf({ clientX, clientY }) {
    const { left, top, width } = root.getBoundingClientRect();
    return [clientX - left, clientY - top].map((offset) => (offset * SIZE) / width);
  }

  const handles = Array.from({ length: COUNT }, (_, index) => {
    const node = element("div", { class: "book-handle", tabindex: 0, role: "application", "data-about": `object-${index}` });
    let grip = null; // from the pointer to the corner, in pixels of the scene
    const corner = () => read().objects[index].slice(2);
    node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      node.focus({ preventScroll: true });
      node.setPointerCapture(event.pointerId);
      const place = placeOf(event);
      grip = corner().map((value, axis) => value - place[axis]);
      acts.choose(index);
    });
    node.addEventListener("pointermove", (event) => {
      if (grip && read().objects[index]) acts.move(index, placeOf(event).map((value, axis) => value + grip[axis]));
    });
    node.addEventListener("lostpointercapture", () => {
      grip = null;
    });
    node.addEventListener("focus", () => acts.choose(index));
    onArrows(node, (rows, columns, isShift) => {
      const by = isShift ? STEP : 1;
      const [x, y] = corner();
      acts.move(index, [x + by * Math.max(-SIZE, Math.min(SIZE, columns)), y + by * rows]);
    });
    node.addEventListener("keydown", ({ key }) => {
      if (BY_KEY[key]) acts.grow(index, BY_KEY[key]);
      if (key === "Delete" || key === "Backspace") acts.remove(index);
    });
    return node;
  });
  root.append(...handles, layer);

  function drawGrid({ cells: said, shown, visited }, isOn) {
    grid.classList.toggle("book-off", !isOn);
    const answering = new Set(shown.map(({ cell }) => cell));
    cells.forEach((node, cell) => {
      node.style.setProperty("--share", said[cell].confidence.toFixed(3));
      node.classList.toggle("book-answers", answering.has(cell));
    });
    trail.replaceChildren(...visited.map(([[x, y], fate]) => shape("circle", { cx: x, cy: y, r: 0.55, class: `book-${fate}` })));
  }

  function draw(seen, state) {
    const { greys, boxes, shown, right, fates } = seen;
    paint(photo, greys, SIZE, SIZE);
    photo.setAttribute("aria-label", `The scene, with ${shown.length} boxes`);
    drawGrid(seen, state.cells);
    const truths = state.truth ? boxes.map((box, index) => [box, index]).filter(([box]) => box[2] > box[0]) : [];
    drawTruths(truths, (node, [box, index]) => {
      put(node, box);
      node.dataset.about = `object-${index}`;
    });
    drawBoxes(shown, (node, { box, label, score, cell }, at) => {
      put(node, box);
      node.classList.toggle("book-bad", !right[at]);
      node.classList.toggle("book-low", box[1] < 5);
      node.classList.toggle("book-late", box[0] > SIZE * 0.7);
      const mine = fates.flatMap(({ report }, index) => (report === shown[at] ? [`object-${index}`] : []));
      node.dataset.about = [`cell-${cell}`, ...mine].join(" ");
      node.firstChild.textContent = `${right[at] ? "" : "\u2717 "}${label} ${number(score)}`;
    });
    handles.forEach((node, index) => {
      const row = state.objects[index];
      node.hidden = !row;
      if (!row) return;
      const [, , x, y] = row;
      const [width, height] = seen.extents[index];
      put(node, [x, y, x + width, y + height]);
      node.classList.toggle("book-chosen", index === state.chosen);
      node.dataset.about = [`object-${index}`, `cell-${fates[index].cell}`].join(" ");
      node.setAttribute("aria-label", objectWords(row, fates[index]));
    });
  }
  return { root, draw, placeOf, focus: (index) => handles[index]?.focus({ preventScroll: true }) };
}
