// Fields for the weights of a small kernel.

import { element } from "./parts.mjs";

/**
 * A grid of number fields, each tinted by its share of the largest weight. `fault(text)` is "" or a
 * sentence on why a field's text is no weight; `onEdit(kernel)` hears complete kernels only,
 * `onFault(sentence)` every change for the worse or back, "" where all is well. `about(i, j)` are
 * words for `pointing`.
 */
export function weightFields({ fault, onEdit, onFault, about = () => "", ...limits }) {
  const root = element("div", { class: "book-weights" });
  let fields = []; // of { cell, input, number }
  let shown = "";

  const field = (i, j) => {
    const label = `kernel row ${i} column ${j}`;
    const input = element("input", { type: "number", ...limits, "aria-label": label });
    // A number field knows only hyphens; unless it is being typed in, its number is set over it.
    const number = element("span", { class: "book-printed", "aria-hidden": true });
    const attributes = { class: "book-weight-cell", "data-about": about(i, j) };
    return { cell: element("span", attributes, number, input), input, number };
  };
  const tint = () => {
    const weights = fields.flat().map(({ input }) => Number(input.value) || 0);
    const largest = Math.max(...weights.map(Math.abs)) || 1;
    for (const [at, { cell, input, number }] of fields.flat().entries()) {
      cell.classList.toggle("book-negative", weights[at] < 0);
      cell.classList.toggle("book-zero", weights[at] === 0);
      cell.style.setProperty("--share", Math.abs(weights[at]) / largest);
      number.textContent = input.value.replace("-", "\u2212");
    }
  };
  const check = () => {
    const faults = fields.flat().map(({ input }) => {
      const wrong = fault(input.value);
      input.setAttribute("aria-invalid", String(wrong !== ""));
      return wrong;
    });
    tint();
    return faults.find(Boolean) ?? "";
  };
  root.addEventListener("input", () => {
    const wrong = check();
    if (!wrong) {
      const kernel = fields.map((row) => row.map(({ input }) => Number(input.value)));
      shown = JSON.stringify(kernel);
      onEdit(kernel);
    }
    onFault(wrong);
  });

  /** Show a kernel; what a reader has just typed stays as it was typed, unless `isForced`. */
  const set = (kernel, isForced = false) => {
    const given = JSON.stringify(kernel);
    if (given === shown && !isForced) return;
    shown = given;
    if (fields.length !== kernel.length || fields[0].length !== kernel[0].length) {
      fields = kernel.map((row, i) => row.map((_, j) => field(i, j)));
      root.replaceChildren(...fields.flat().map(({ cell }) => cell));
      root.style.setProperty("--columns", kernel[0].length);
    }
    kernel.forEach((row, i) => row.forEach((weight, j) => (fields[i][j].input.value = weight)));
    onFault(check());
  };
  return { root, set };
}
