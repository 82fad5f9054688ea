// An 8×8 table of coloured cells with one of them marked, and memory as one line of bars.

import { SIDE, inkOn } from "./math.mjs";
import { onArrows, shape } from "../kit/parts.mjs";

// All lengths in pixels.
const CELL = 32;
const SMALL_CELL = 12;
const MARGIN = 18; // for the numbers of rows and columns
const EDGE = 3; // room for the mark around a cell at the border
const BAR = { top: 9, height: 20, foot: 38 }; // of memory; stems reach above and below
const TRAIL = 34; // the height of the line under what has been walked

const colourText = (light) => `rgb(${light.join(", ")})`;
const every = (count, make) => Array.from({ length: count }, (_, at) => make(at));

function painter(nodes, paint) {
  const last = [];
  return (values) => {
    for (const [at, node] of nodes.entries()) {
      const now = String(values[at]);
      if (now === last[at]) continue; // most cells stay as they are
      last[at] = now;
      paint(node, values[at]);
    }
  };
}

/**
 * A table of cells. `draw` takes the light of each cell row by row, the chosen cell and, for a
 * table with `numbers`, what to write. With `onPick(row, column)` and `onMove(rows, columns)` it
 * can be used by pointer and by keyboard. A `small` table has no room for any text.
 */
export function cellTable({ small = false, numbers = false, onPick, onMove } = {}) {
  const size = small ? SMALL_CELL : CELL;
  const margin = small ? EDGE : MARGIN;
  const width = margin + SIDE * size + EDGE;
  const at = (index) => margin + index * size;
  const middle = (index) => at(index) + size / 2;
  const cells = every(SIDE * SIDE, (place) => {
    const [row, column] = [Math.floor(place / SIDE), place % SIDE];
    return shape("rect", { class: "book-pixel", x: at(column), y: at(row), width: size, height: size });
  });
  const texts = numbers
    ? every(SIDE * SIDE, (place) =>
        shape("text", { class: "book-byte", x: middle(place % SIDE), y: middle(Math.floor(place / SIDE)) }),
      )
    : [];
  const label = (x, y, text) => shape("text", { class: "book-along", x, y }, text);
  const labels = small
    ? []
    : [
        ...every(SIDE, (row) => label(MARGIN / 2, middle(row), row)),
        ...every(SIDE, (column) => label(middle(column), MARGIN / 2, column)),
      ];
  // Two lines, the colours of paper and of ink: one of them stands out from any cell.
  const mark = shape(
    "g",
    {},
    ...["book-around", "book-mark"].map((name) => shape("rect", { class: name, width: size, height: size })),
  );
  const root = shape(
    "svg",
    { class: small ? "book-pixels book-small" : "book-pixels", viewBox: `0 0 ${width} ${width}`, width },
    ...cells,
    ...texts,
    ...labels,
    mark,
  );
  const fill = painter(cells, (cell, light) => {
    cell.style.fill = colourText(light);
  });
  const write = painter(texts, (text, [value, light]) => {
    text.textContent = value;
    text.style.fill = inkOn(light);
  });

  if (onPick) {
    root.setAttribute("role", "application");
    root.setAttribute("tabindex", 0);
    onArrows(root, onMove);
    const pick = (event) => {
      const bounds = root.getBoundingClientRect();
      const cellOf = (offset) => {
        const found = Math.floor(((offset * width) / bounds.width - margin) / size);
        return Math.max(0, Math.min(SIDE - 1, found));
      };
      onPick(cellOf(event.clientY - bounds.top), cellOf(event.clientX - bounds.left));
    };
    root.addEventListener("pointerdown", (event) => {
      root.setPointerCapture(event.pointerId);
      pick(event);
    });
    root.addEventListener("pointermove", (event) => {
      if (root.hasPointerCapture(event.pointerId)) pick(event);
    });
  } else if (small) {
    root.setAttribute("aria-hidden", true); // its label says what it is
  } else {
    root.setAttribute("role", "img");
  }

  function draw({ name, lights, values, row, column }) {
    if (!small) root.setAttribute("aria-label", name);
    fill(lights);
    if (numbers) write(values.map((value, place) => [value, lights[place]]));
    mark.setAttribute("transform", `translate(${at(column)} ${at(row)})`);
    for (const [side, chosen] of [row, column].entries()) {
      for (const [index, node] of labels.slice(side * SIDE, (side + 1) * SIDE).entries()) {
        node.classList.toggle("book-chosen", index === chosen);
      }
    }
  }
  return { root, draw };
}

/**
 * Memory: a bar for each number in the order of storage, with stems at the chosen places and a line
 * under what was `walked` up to there.
 */
export function memoryLine() {
  const count = 3 * SIDE * SIDE;
  const { top, height, foot } = BAR;
  const bars = every(count, (place) =>
    shape("rect", { class: "book-bar", x: place, y: top, width: 1.02, height }),
  );
  const trail = shape("path", { class: "book-trail" });
  const stems = shape("path", { class: "book-stem" });
  const box = { viewBox: `0 0 ${count} ${foot}`, height: foot, preserveAspectRatio: "none" };
  const root = shape("svg", { class: "book-memory", role: "img", ...box }, ...bars, trail, stems);
  const fill = painter(bars, (bar, light) => {
    bar.style.fill = colourText(light);
  });

  function draw({ name, lights, places, walked }) {
    root.setAttribute("aria-label", name);
    fill(lights);
    const stem = (place) => `M${place + 0.5} 0V${top}M${place + 0.5} ${top + height}V${foot}`;
    stems.setAttribute("d", places.map(stem).join(""));
    trail.setAttribute("d", walked.map(([from, to]) => `M${from} ${TRAIL}H${to}`).join(""));
  }
  return { root, draw };
}
