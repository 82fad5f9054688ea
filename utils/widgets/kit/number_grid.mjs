// A grid of small numbers drawn as SVG: cells by kind, a frame around some of them, index labels.

import { onArrows, shape } from "./parts.mjs";

/** Below this width in pixels a cell shows no number. */
export const LEGIBLE = 18;
const ROOMY = 25; // from this width on there is room for a tag in the corner of a cell
const MARGIN = 18; // for the index labels

/** The cell width in pixels that lets `columns` fit into `width`, at most `largest`. */
export function cellWidth(width, columns, largest) {
  const labelled = (width - MARGIN - 4) / columns;
  return Math.min(largest, labelled >= LEGIBLE ? labelled : (width - 4) / columns);
}

const box = (x, y, size) => `M${x} ${y}h${size}v${size}h${-size}z`;

function hatching(x, y, size) {
  const third = size / 3;
  return (
    `M${x} ${y + third}l${third} ${-third}M${x} ${y + 2 * third}l${2 * third} ${-2 * third}` +
    `M${x} ${y + size}l${size} ${-size}M${x + third} ${y + size}l${2 * third} ${-2 * third}` +
    `M${x + 2 * third} ${y + size}l${third} ${-third}`
  );
}

function cellPaths(kind, share, corners, size) {
  const joined = (part) => corners.map(([x, y]) => part(x, y, size)).join("");
  const path = shape("path", { class: `book-cell book-${kind}`, d: joined(box) });
  path.style.setProperty("--share", share);
  if (kind !== "never") return [path];
  return [path, shape("path", { class: "book-hatching", d: joined(hatching) })];
}

/** A small picture of one kind of cell, for a legend; `frame` is the frame around a cell. */
export function swatch(kind, share = 0) {
  const parts =
    kind === "frame"
      ? [shape("path", { class: "book-frame-line book-strong", d: box(2, 2, 14) })]
      : cellPaths(kind, share, [[1, 1]], 16);
  const size = { viewBox: "0 0 18 18", width: 18, height: 18 };
  return shape("svg", { ...size, class: "book-grid", "aria-hidden": true }, ...parts);
}

const labelAt = (className, x, y, size, text) =>
  shape("text", { class: className, x, y, "font-size": size.toFixed(1) }, String(text));

/** One text for a row of digits, each with its place: much quicker than a text for each. */
function rowOfTexts(className, y, font, row) {
  if (row.some(([, text]) => text.length > 1)) {
    return row.map(([x, text]) => labelAt(className, x, y, font, text));
  }
  const places = row.map(([x]) => x).join(" ");
  return [labelAt(className, places, y, font, row.map(([, text]) => text).join(""))];
}

function append(lists, key, value) {
  if (!lists.has(key)) lists.set(key, []);
  lists.get(key).push(value);
}

/**
 * The cells of a grid and the numbers in them, without a root; `look(row, column)` is that of
 * `draw` below, `font` the size of the numbers in pixels, 0 for none.
 */
export function cellNodes({ first = [0, 0], rows, columns, size, margin = 0, look, font }) {
  const paths = new Map();
  const texts = [];
  for (let r = 0; r < rows; r++) {
    const written = new Map();
    const y = margin + r * size;
    for (let c = 0; c < columns; c++) {
      const { kind, share = 0, text = "" } = look(r + first[0], c + first[1]);
      const x = margin + c * size;
      // One path for all cells that look alike keeps large grids quick.
      append(paths, `${kind} ${share}`, [x, y]);
      if (font && text !== "") append(written, kind, [x + size / 2, String(text)]);
    }
    for (const [kind, row] of written) {
      texts.push(...rowOfTexts(`book-number book-${kind}`, y + size / 2, font, row));
    }
  }
  const cells = [...paths].flatMap(([key, corners]) => {
    const [kind, share] = key.split(" ");
    return cellPaths(kind, share, corners, size);
  });
  return [...cells, ...texts];
}

/**
 * A grid. With `onPick(row, column)` and `onMove(rows, columns, isShift)` it can be used by pointer
 * and by keyboard; without them it is a picture. A press calls `onGrab` first, so that a drag can
 * choose a block. Cells are counted from `first`, which may be negative.
 */
export function numberGrid({ onPick, onMove, onGrab } = {}) {
  const cells = shape("g");
  const frame = shape("g", { class: "book-frame" });
  const root = shape("svg", { class: "book-grid", role: onPick ? "application" : "img" }, cells, frame);
  let place = { first: [0, 0], size: 1, margin: 0 };
  let framed = "";

  if (onPick) {
    root.setAttribute("tabindex", 0);
    onArrows(root, onMove);
    const cellAt = (event) => {
      const bounds = root.getBoundingClientRect();
      const scale = root.viewBox.baseVal.width / bounds.width;
      const cellOf = (offset) => Math.floor((offset * scale - place.margin) / place.size);
      return [
        cellOf(event.clientY - bounds.top) + place.first[0],
        cellOf(event.clientX - bounds.left) + place.first[1],
      ];
    };
    const pick = (event) => onPick(...cellAt(event));
    root.addEventListener("pointerdown", (event) => {
      root.setPointerCapture(event.pointerId);
      onGrab?.(...cellAt(event));
      pick(event);
    });
    root.addEventListener("pointermove", (event) => {
      if (root.hasPointerCapture(event.pointerId)) pick(event);
    });
  }

  /**
   * Draw all cells; `look(row, column)` returns { kind, share, text }: kind is plain, padding,
   * cut, copy, never, picked or chosen, share from 0 to 1 is the strength of the colour. `indices`
   * labels rows and columns, or with "columns" those alone.
   */
  function draw({ label, first = [0, 0], rows, columns, size, look, indices = false }) {
    const margin = indices && size >= LEGIBLE ? MARGIN : 2;
    place = { first, size, margin };
    const [width, height] = [columns, rows].map((count) => count * size + margin + 2);
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("width", width);
    root.setAttribute("aria-label", label);
    const font = Math.max(9, Math.min(16, 0.45 * size));
    const numbers = size < LEGIBLE ? 0 : font;
    const drawn = cellNodes({ first, rows, columns, size, margin, look, font: numbers });
    cells.replaceChildren(...drawn, ...(margin === MARGIN ? labels() : []));

    function labels() {
      const along = (count, from, at) =>
        Array.from({ length: count }, (_, k) => k)
          .filter((k) => !["padding", "cut"].includes(look(...at(k + from)).kind))
          .map((k) => [k + from, margin + (k + 0.5) * size]);
      const inside = (side) => Math.max(0, first[side]);
      return [
        ...along(columns, first[1], (c) => [inside(0), c]).map(([c, x]) =>
          labelAt("book-index", x, MARGIN / 2, 10, c),
        ),
        ...along(indices === "columns" ? 0 : rows, first[0], (r) => [r, inside(1)]).map(([r, y]) =>
          labelAt("book-index", MARGIN / 2, y, 10, r),
        ),
      ];
    }
  }

  /** Frame some cells, each `[row, column, tag]`; where only the place differs the frame moves. */
  function highlight(chosen) {
    const { first, size, margin } = place;
    frame.style.visibility = chosen.length ? "visible" : "hidden";
    if (!chosen.length) return;
    const [top, left] = [0, 1].map((side) => Math.min(...chosen.map((cell) => cell[side])));
    const [bottom, right] = [0, 1].map((side) => Math.max(...chosen.map((cell) => cell[side])));
    const wanted = JSON.stringify([size, chosen.map(([r, c, tag]) => [r - top, c - left, tag])]);
    if (wanted !== framed) {
      framed = wanted;
      const [width, height] = [right - left + 1, bottom - top + 1].map((count) => count * size);
      const outlines = chosen.map(([r, c]) => box((c - left) * size, (r - top) * size, size));
      const [cellLine, boxLine] =
        chosen.length * size * size === width * height ? ["", " book-strong"] : [" book-strong", ""];
      const inner = shape("path", { class: `book-frame-line${cellLine}`, d: outlines.join("") });
      const outer = shape("rect", { class: `book-frame-line${boxLine}`, width, height });
      const tags = size < ROOMY ? [] : chosen.filter((cell) => cell[2] !== undefined);
      frame.replaceChildren(inner, outer, ...tags.flatMap(tagOf));
    }
    const [x, y] = [left - first[1], top - first[0]].map((count) => margin + count * size);
    frame.style.transform = `translate(${x}px, ${y}px)`;

    function tagOf([r, c, tag]) {
      const side = Math.max(9, Math.min(11, 0.3 * size));
      const width = String(tag).length > 1 ? 1.4 * side : side;
      const [x, y] = [(c - left + 1) * size - width - 1.5, (r - top + 1) * size - side - 2];
      return [
        shape("rect", { class: "book-tag", x, y, width, height: side + 0.5, rx: 2 }),
        labelAt("book-tag-text", x + width / 2, y + side / 2 + 0.5, side - 0.5, tag),
      ];
    }
  }

  return { root, draw, highlight };
}
