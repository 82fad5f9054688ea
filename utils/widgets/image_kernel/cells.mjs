// The kernel between the pictures: each weight on the pixel that it meets, and the sum.

import { element } from "../kit/parts.mjs";
import { dragging } from "./drag.mjs";
import { divisorFault, printed, problem, tidy, weightFault } from "./words.mjs";

const LONG = 4; // letters of a weight that leave a narrow cell no room for more

/** The word that a weight and the pixel under it share. */
export const entryName = (row, column) => `entry-${row}-${column}`;

// Black or white text, whichever reads better on a grey level.
function ground(node, grey) {
  node.style.backgroundColor = `rgb(${grey}, ${grey}, ${grey})`;
  node.style.color = grey < 118 ? "#ffffff" : "#000000";
}

function entry(row, column) {
  const pixel = element("span", { class: "book-pixel" });
  const weight = element("input", {
    type: "number",
    step: "any",
    "aria-label": `kernel row ${row + 1} column ${column + 1}`,
  });
  const product = element("span", { class: "book-product" });
  const times = element("span", { class: "book-times" }, "\u00d7");
  // A number field knows only hyphens; unless it is being typed in, its number is set over it.
  const number = element("span", { class: "book-number", "aria-hidden": true });
  const meeting = element("span", { class: "book-weight" }, times, number, weight);
  const about = { class: "book-entry", "data-about": entryName(row, column) };
  // A finger that hits the cell anywhere is meant for its weight.
  return { root: element("label", about, pixel, meeting, product), pixel, weight, number, product };
}

/** Whether a field holds the beginning of a number; a number field hides a lone sign. */
const isUnfinished = (field) => field === document.activeElement && field.value.trim() === "";

/**
 * Weights and divisor as fields, with products and sum; `onEdit` hears complete kernels only, and
 * `onFault` that what `fault()` tells has changed.
 */
export function kernelCells(onEdit, onFault) {
  const grid = element("div", { class: "book-entries" });
  const divisor = element("input", { type: "number", step: "any" });
  const by = element("label", { class: "book-control book-divisor" }, element("span", {}, "Divide by"), divisor);
  const total = element("span", { class: "book-total" });
  const grey = element("span", { class: "book-grey" });
  const sum = element("div", { class: "book-sum" }, total, grey);
  const root = element("div", { class: "book-kernel", role: "group", "aria-label": "Kernel" }, grid, sum);
  let entries = [];
  let shown = "";
  let given = null; // the last complete kernel
  let told = ""; // what is wrong with what is typed
  const mark = (field, fault) =>
    field.setAttribute("aria-invalid", String(fault !== "" && !isUnfinished(field)));
  const check = () => {
    const texts = entries.map((row) => row.map(({ weight }) => weight.value));
    for (const { weight, number } of entries.flat()) {
      weight.style.width = `${weight.value.length + 1}ch`;
      const { length } = weight.value;
      weight.parentNode.style.setProperty("--letters", length);
      weight.parentNode.classList.toggle("book-long", length > LONG);
      number.textContent = printed(weight.value);
    }
    const wrong = problem(texts, divisor.value);
    const fields = [...entries.flat().map(({ weight }) => weight), divisor];
    for (const field of fields)
      mark(field, (field === divisor ? divisorFault : weightFault)(field.value));
    const next = fields.some((field) => field.getAttribute("aria-invalid") === "true") ? wrong : "";
    told = next;
    if (wrong) return null;
    return { kernel: texts.map((row) => row.map(Number)), divisor: Number(divisor.value) };
  };
  const checkAndTell = () => {
    const before = told;
    const typed = check();
    if (told !== before) onFault();
    return typed;
  };
  const edited = () => {
    const typed = checkAndTell();
    if (!typed) return;
    shown = JSON.stringify(typed);
    onEdit(typed);
  };
  const fill = ({ kernel, divisor: number }) => {
    kernel.forEach((row, r) => row.forEach((weight, c) => (entries[r][c].weight.value = weight)));
    divisor.value = number;
    check();
  };
  const set = ({ kernel, divisor: number }) => {
    if (entries.length !== kernel.length) {
      entries = kernel.map((row, r) => row.map((_, c) => entry(r, c)));
      grid.replaceChildren(...entries.flat().map((one) => one.root));
      grid.style.setProperty("--columns", kernel.length);
      grid.classList.toggle("book-small", kernel.length > 3);
    }
    given = { kernel, divisor: number };
    // What a reader has just typed stays as it was typed.
    if (JSON.stringify(given) === shown) return;
    shown = JSON.stringify(given);
    fill(given);
  };
  /** Forget what was typed and is no kernel. */
  const restore = () => {
    const before = told;
    fill(given);
    if (told !== before) onFault();
  };
  /** Show what meets at a place: the cells and sums of `productsAt`, and the grey level drawn. */
  const show = ({ cells, sum: plain, result, grey: level }) => {
    for (const [r, row] of cells.entries())
      for (const [c, { pixel, weight, product, inside }] of row.entries()) {
        const one = entries[r][c];
        one.pixel.textContent = inside ? pixel : "0 pad";
        one.product.textContent = tidy(product);
        one.product.classList.toggle("book-negative", product < 0);
        one.root.classList.toggle("book-zero", weight === 0);
        ground(one.root, pixel);
      }
    const divided = given.divisor === 1 ? "" : ` \u00f7 ${tidy(given.divisor)} = ${tidy(result)}`;
    total.textContent = `sum ${tidy(plain)}${divided}`;
    grey.textContent = level;
    ground(grey, level);
  };
  for (const node of [grid, divisor]) {
    node.addEventListener("input", edited);
    node.addEventListener("focusout", () => setTimeout(checkAndTell));
  }
  const drag = dragging(grid, edited);
  const fault = () => told;
  return { root, grid, grey, by, set, restore, show, fault, isDragging: drag.isOn };
}
