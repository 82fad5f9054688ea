// The pieces of the image kernel explorer: pictures, tiles, fields and products.

import { paint } from "../kit/pixels.mjs";
import { divisorFault, problem, tidy, weightFault } from "./words.mjs";
import { element, group, liveLine, onArrows, shape } from "../kit/parts.mjs";

const HINT =
  "Type a weight, or step it with \u2191 and \u2193. As in torch, the kernel is not flipped.";
const GAP = 0.5; // between a pixel and its outline, in input pixels

/** Radio buttons; the canvas of each is there to show what it does. */
export function tiles(heading, names, onPick) {
  // Random, because a page can hold several copies of this module.
  const shared = `book-tiles-${Math.random().toString(36).slice(2)}`;
  const canvases = {};
  const inputs = [];
  const labels = names.map((name) => {
    const pick = () => onPick(name);
    const input = element("input", { type: "radio", name: shared, value: name, onchange: pick });
    canvases[name] = element("canvas", { width: 1, height: 1 });
    inputs.push(input);
    return element("label", { class: "book-tile" }, input, canvases[name], name);
  });
  const set = (name) => {
    for (const input of inputs) input.checked = input.value === name;
  };
  const root = group(heading, element("div", { class: "book-tiles" }, ...labels));
  return { root, canvases, set };
}

/** A picture with an outline on it, which mouse, finger and arrow keys move. */
export function picture(label, side, onPoint, onStep) {
  const canvas = element("canvas");
  const ring = shape("path", { class: "book-ring", "fill-rule": "evenodd" });
  const boxes = ["book-outline book-halo", "book-outline"].map((name) =>
    shape("rect", { class: name }),
  );
  const overlay = shape("svg", { viewBox: `0 0 ${side} ${side}` }, ring, ...boxes);
  const stage = element(
    "div",
    { class: "book-picture", tabindex: 0, role: "application", "aria-label": label },
    canvas,
    overlay,
  );
  const point = (event) => {
    const box = stage.getBoundingClientRect();
    const scale = side / box.width;
    onPoint((event.clientY - box.top) * scale, (event.clientX - box.left) * scale);
  };
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    point(event);
  });
  stage.addEventListener("pointermove", point);
  onArrows(stage, onStep);
  const show = (greys, columns, rows, offset, scale) => {
    paint(canvas, greys, columns, rows);
    const share = (length) => `${(100 * length) / side}%`;
    canvas.style.left = canvas.style.top = share(offset);
    canvas.style.width = share(columns * scale);
    canvas.style.height = share(rows * scale);
  };
  const select = (left, top, size) => {
    // The outline runs around the pixels, not over them.
    const [x, y, width, height] = [left - GAP, top - GAP, size + 2 * GAP, size + 2 * GAP];
    for (const box of boxes)
      for (const [name, value] of Object.entries({ x, y, width, height }))
        box.setAttribute(name, value);
  };
  return { stage, ring, show, select };
}

/** Fields for the weights and the divisor; `onEdit` hears complete kernels only. */
export function editor(onEdit) {
  const grid = element("div", { class: "book-weights" });
  const divisor = element("input", { type: "number", step: "any" });
  const note = liveLine("book-note");
  let fields = [];
  let shown = "";
  const field = (r, c) =>
    element("input", {
      type: "number",
      step: "any",
      "aria-label": `kernel row ${r + 1} column ${c + 1}`,
    });
  const check = () => {
    const texts = fields.map((row) => row.map((input) => input.value));
    const wrong = problem(texts, divisor.value);
    for (const input of fields.flat())
      input.setAttribute("aria-invalid", String(weightFault(input.value) !== ""));
    divisor.setAttribute("aria-invalid", String(divisorFault(divisor.value) !== ""));
    note.classList.toggle("book-problem", wrong !== "");
    note.textContent = wrong || HINT;
    if (wrong) return null;
    return { kernel: texts.map((row) => row.map(Number)), divisor: Number(divisor.value) };
  };
  const tint = (kernel) => {
    const largest = Math.max(...kernel.flat().map(Math.abs)) || 1;
    for (const [r, row] of kernel.entries())
      for (const [c, weight] of row.entries()) {
        const { style, classList } = fields[r][c];
        classList.toggle("book-negative", weight < 0);
        style.setProperty("--share", Math.abs(weight) / largest);
      }
  };
  const edited = () => {
    const typed = check();
    if (typed) {
      shown = JSON.stringify(typed);
      onEdit(typed);
    }
  };
  const set = ({ kernel, divisor: by }) => {
    if (fields.length !== kernel.length) {
      fields = kernel.map((row, r) => row.map((_, c) => field(r, c)));
      grid.replaceChildren(...fields.flat());
      grid.style.setProperty("--columns", kernel.length);
    }
    const given = JSON.stringify({ kernel, divisor: by });
    if (given !== shown) {
      // What a reader has just typed stays as it was typed.
      shown = given;
      kernel.forEach((row, r) => row.forEach((weight, c) => (fields[r][c].value = weight)));
      divisor.value = by;
      check();
    }
    tint(kernel);
  };
  grid.addEventListener("input", edited);
  divisor.addEventListener("input", edited);
  const by = element("label", { class: "book-divisor" }, "Divide by", divisor);
  return { grid, by, note, set };
}

/** The pixels under the kernel with their products. */
export function productTable() {
  const caption = element("caption");
  const body = element("tbody");
  const root = element("table", { class: "book-cells" }, caption, body);
  let cells = [];
  const set = (heading, rows) => {
    caption.textContent = heading;
    if (cells.length !== rows.length) {
      cells = rows.map((row) =>
        row.map(() => element("td", {}, element("span"), element("span"), element("b"))),
      );
      body.replaceChildren(...cells.map((row) => element("tr", {}, ...row)));
    }
    for (const [r, row] of rows.entries())
      for (const [c, { pixel, weight, product, inside }] of row.entries()) {
        const cell = cells[r][c];
        const [first, second, third] = cell.children;
        first.textContent = inside ? pixel : "0 pad";
        second.textContent = `\u00d7 ${tidy(weight)}`;
        third.textContent = `= ${tidy(product)}`;
        ground(cell, pixel);
        cell.classList.toggle("book-zero", weight === 0);
      }
  };
  return { root, set };
}

// Black or white text, whichever reads better on a grey level.
function ground(node, grey) {
  node.style.backgroundColor = `rgb(${grey}, ${grey}, ${grey})`;
  node.style.color = grey < 118 ? "#ffffff" : "#000000";
}
