// The cells of a grid of small numbers, drawn as SVG by kind.

import { shape } from "./parts.mjs";

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
