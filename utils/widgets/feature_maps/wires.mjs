// Lines between maps, and the frames that mark a pixel, its window and all that it can see.

import { shape } from "../kit/parts.mjs";

const WIDEST = 4; // pixels
const SMALLEST = 6; // pixels of a frame
const SOFTEST = 0.04; // the share of the loudest line from which on a line is drawn

/** A curve from the box of one thing to that of the next; where it stands below, `isBelow`, downwards. */
function curve(from, to, isBelow) {
  if (!isBelow || to.top < from.bottom) {
    const [x, y, u, v] = [from.right, from.top + from.height / 2, to.left, to.top + to.height / 2];
    const middle = (x + u) / 2;
    return `M${x} ${y}C${middle} ${y} ${middle} ${v} ${u} ${v}`;
  }
  const [x, y, u, v] = [from.left + from.width / 2, from.bottom, to.left + to.width / 2, to.top];
  const middle = (y + v) / 2;
  return `M${x} ${y}C${x} ${middle} ${u} ${middle} ${u} ${v}`;
}

/** The lines behind a picture and the frames above it; `isNarrow()` where its layers stand below one another. */
export function wires(picture, isNarrow) {
  const web = shape("path", { class: "book-web" });
  const loud = shape("g", { class: "book-loud" });
  const frames = shape("g", { class: "book-frames" });
  const layer = (look, ...parts) => shape("svg", { class: `book-wires ${look}`, "aria-hidden": true }, ...parts);
  const roots = [layer("book-behind", web, loud), layer("book-above", frames)];

  const boxOf = (node) => {
    const origin = picture.getBoundingClientRect();
    const { left, top, width, height } = node.getBoundingClientRect();
    const [x, y] = [left - origin.left, top - origin.top];
    return { left: x, top: y, width, height, right: x + width, bottom: y + height };
  };
  const link = (from, to) => curve(boxOf(from), boxOf(to), isNarrow());
  /** Spin faint lines between pairs of nodes. */
  const spin = (pairs) => web.setAttribute("d", pairs.map((pair) => link(...pair)).join(""));
  /** Draw what speaks for a pixel and what against it: `{ from, to, share }`, wide where it is loud. */
  const speak = (wanted) => {
    const loudest = Math.max(...wanted.map(({ share }) => Math.abs(share)), 1e-9);
    const heard = wanted.filter(({ share }) => Math.abs(share) > SOFTEST * loudest);
    const lines = heard.map(({ from, to, share }) => {
      // A length of 1 lets the look draw a line from end to end, however long it is.
      const path = shape("path", { d: link(from, to), ...(share < 0 ? {} : { pathLength: 1 }) });
      path.style.strokeWidth = Math.max(1, (WIDEST * Math.abs(share)) / loudest);
      if (share < 0) path.classList.add("book-against");
      return path;
    });
    loud.replaceChildren(...lines);
  };
  /** Frame cells: `{ canvas, look, row, column, height, width, rows, columns }`, in dots of a canvas. */
  const frame = (wanted) => {
    const drawn = wanted.map(({ canvas, look, row, column, height, width, rows, columns }) => {
      const box = boxOf(canvas);
      const [wide, high] = [box.width / columns, box.height / rows];
      const size = { width: Math.max(SMALLEST, width * wide), height: Math.max(SMALLEST, height * high) };
      const [x, y] = [box.left + (column + width / 2) * wide, box.top + (row + height / 2) * high];
      return shape("rect", { class: look, rx: 1.5, x: x - size.width / 2, y: y - size.height / 2, ...size });
    });
    frames.replaceChildren(...drawn);
  };
  return { roots, spin, speak, frame };
}
