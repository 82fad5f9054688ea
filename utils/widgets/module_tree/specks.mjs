// The numbers that a module holds, each a speck in its box: torch's rows and columns.

import { shape } from "../kit/parts.mjs";

const PITCH = [12, 7]; // units from speck to speck, across and down
const SPECK = [10, 6];
const APART = 4; // units between two tensors

/** Rows and columns of a tensor as it is drawn: a vector stands upright. */
function gridOf([rows = 1, columns = 1]) {
  return [rows, columns];
}

/**
 * The specks of a leaf's tensors; null if it holds none. `draw(frozen, moving)` takes lists of names.
 * A parameter that another name lists is only outlined: it is counted there.
 */
export function specks(saved) {
  if (!saved.length) return null;
  const tallest = Math.max(...saved.map((tensor) => gridOf(tensor.shape)[0]));
  const root = shape("svg", { class: "book-specks", "aria-hidden": true });
  let left = 0;
  const groups = saved.map((tensor) => {
    const [rows, columns] = gridOf(tensor.shape);
    const isBuffer = tensor.parameter === null;
    const node = shape("g", { class: isBuffer ? "book-kept" : "book-learned" });
    for (let down = 0; down < rows; down++) {
      for (let across = 0; across < columns; across++) {
        const [x, y] = [left + across * PITCH[0], down * PITCH[1]];
        const [width, height] = SPECK;
        node.append(
          isBuffer
            ? shape("circle", { cx: x + width / 2, cy: y + height / 2, r: height / 2 - 0.25 })
            : shape("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 1 }),
        );
      }
    }
    left += columns * PITCH[0] + APART;
    return { node, tensor };
  });
  const [wide, high] = [left - APART, tallest * PITCH[1]];
  root.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  root.style.setProperty("--wide", `${wide}px`);
  root.append(...groups.map(({ node }) => node));

  function draw(frozen, moving) {
    for (const { node, tensor } of groups) {
      const { name, parameter } = tensor;
      node.classList.toggle("book-icy", frozen.includes(parameter));
      node.classList.toggle("book-moving", moving.includes(name));
      node.classList.toggle("book-alias", parameter !== null && parameter !== name);
    }
  }
  return { root, draw };
}
