// One block of numbers in the broadcasting picture: its sheets, its cells, its caption.

import { shape } from "../kit/parts.mjs";
import { sourceCell } from "./scene.mjs";

const GAP = 3; // between two cells, in pixels
const LETTER = 6.2; // width of a letter of a caption

const put = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
};

/** Digits of a sum in the colours of the operands that they come from. */
function digits(text, isSum) {
  if (!isSum) return [text];
  return [...text].map((digit, at) => {
    const part = shape("tspan", { class: at ? "book-from-b" : "book-from-a" });
    part.textContent = digit;
    return part;
  });
}

/**
 * A block named `a`, `b` or `c`. `set(block, place, caption, isSum)` builds it, and
 * `draw({ stretch, lit, filled })` draws a moment of it: `stretch` says how far axis −1 to axis −4
 * have come, from 0 to 1, `lit` is the [row, column] that is lit up, or null, and `filled` the
 * number of cells that have their number.
 */
export function blockOf(name) {
  const sheets = shape("g");
  const cells = shape("g");
  const caption = shape("text", { class: "book-block-caption" });
  // Along the upper side runs axis −1, along the left one axis −2.
  const edges = [1, 2].map((axis) => {
    const [line, name] = [shape("path"), shape("text")];
    name.textContent = `axis \u2212${axis}`;
    return { line, name, root: shape("g", { class: `book-edge book-on-${axis}`, "data-axis": axis }, line, name) };
  });
  const nothing = shape("text", { class: "book-missing" });
  nothing.textContent = "no numbers";
  const root = shape("g", { class: `book-block book-${name}` }, sheets, cells, ...edges.map((edge) => edge.root), nothing, caption);
  let now = null;
  let nodes = [];

  const cellNode = (cell, unit, isSum) => {
    const side = unit - GAP;
    const box = shape("rect", { x: GAP / 2, y: GAP / 2, width: side, height: side, rx: Math.min(5, unit / 6) });
    const font = Math.max(11, Math.min(17, 0.38 * unit));
    const text = shape("text", { x: unit / 2, y: unit / 2, "font-size": font });
    if (cell.text.length * 0.64 * font > side) put(text, { textLength: side - 1, lengthAdjust: "spacingAndGlyphs" });
    text.append(...digits(cell.text, isSum));
    const root = shape("g", { "data-place": `${cell.row},${cell.column}` }, box, text);
    return { cell, root };
  };

  const set = (block, place, words, isSum = false) => {
    now = { block, place };
    for (const [at, edge] of edges.entries()) edge.root.style.display = block.cells.length && at < block.axes ? "" : "none";
    put(root, { transform: `translate(${place.x} ${place.y})` });
    nodes = block.cells.map((cell) => cellNode(cell, place.unit, isSum));
    // What is copied comes out from under what is there.
    cells.replaceChildren(...nodes.map((node) => node.root).reverse());
    const count = Math.max(0, block.sheets - 1);
    sheets.replaceChildren(...Array.from({ length: count }, () => shape("rect", { rx: 5 })));
    caption.textContent = words;
    const { box } = place;
    const x = box.x + box.width / 2 - place.x;
    put(nothing, { x, y: box.y + box.height / 2 - place.y });
    put(caption, {
      y: Math.min(Math.max(1, block.rows) * place.unit + 18, box.y + box.height + 16 - place.y),
    });
  };

  const draw = ({ stretch, lit, filled = Infinity }) => {
    const { block, place } = now;
    const { unit, deep } = place;
    const [across, down, back] = stretch;
    const share = (side, come) => (block.stretched[side] ? come : 1);
    const left = [back, down, across].reduce((rest, come, side) => rest * (block.emptied[side] ? 1 - come : 1), 1);
    const [wide, high, deepness] = [share(2, across), share(1, down), share(0, back)];
    put(nothing, { opacity: block.cells.length ? 1 - left : 1 });
    const isMoving = stretch.some((come) => come > 0 && come < 1);
    const isCopySheet = block.behind.some((axis) => stretch[axis - 1] > 0.5);
    const source = lit && name !== "c" && sourceCell(block, lit);
    const isAt = (cell, place) => Boolean(place) && cell.row === place[0] && cell.column === place[1];
    for (const [at, { cell, root: node }] of nodes.entries()) {
      const kind = isCopySheet && cell.kind === "own" ? "copy" : cell.kind;
      const looks = [`book-${kind}`, isMoving && "book-moving", isAt(cell, lit) && "book-lit", isAt(cell, source) && "book-source", at >= filled && "book-ghost"];
      put(node, {
        class: looks.filter(Boolean).join(" "),
        transform: `translate(${cell.column * unit * wide} ${cell.row * unit * high})`,
        opacity: left,
      });
    }
    const length = (count, side, come) => (block.stretched[side] ? 1 + (count - 1) * come : count) * unit - GAP;
    const [width, height] = [length(block.columns, 2, across), length(block.rows, 1, down)].map((side) => Math.max(0, side + GAP));
    const depth = deep * Math.max(0, block.sheets - 1) * deepness;
    put(edges[0].line, { d: `M${GAP} ${-depth - 4}h${width - 2 * GAP}` });
    put(edges[0].name, { x: (width + depth) / 2, y: -depth - 12 });
    put(edges[1].line, { d: `M-4 ${GAP}v${height - 2 * GAP}` });
    put(edges[1].name, { x: -12, y: height / 2 });
    for (const edge of edges) put(edge.root, { opacity: left });
    const { box, x: corner } = place;
    const middle = block.cells.length && left ? (width + depth) / 2 : box.x + box.width / 2 - corner;
    const half = (LETTER * caption.textContent.length) / 2;
    put(caption, { x: Math.max(half - corner + 4, Math.min(middle, box.x + box.width - corner - half + 4)) });
    for (const [at, sheet] of [...sheets.children].entries()) {
      const k = (block.sheets - 1 - at) * deep * deepness; // the hindmost first
      put(sheet, {
        class: block.stretched[0] ? "book-sheet book-copy" : "book-sheet",
        x: k + GAP / 2,
        y: GAP / 2 - k,
        width: Math.max(0, length(block.columns, 2, across)),
        height: Math.max(0, length(block.rows, 1, down)),
        opacity: left,
      });
    }
  };
  return { root, set, draw };
}
