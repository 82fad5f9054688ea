// Fields for the weights of a small kernel.

import { element } from "./parts.mjs";

/**
 * A grid of number fields. `fault(text)` is "" or a sentence on why a field's text is no weight;
 * `onEdit(kernel)` hears complete kernels only, `onFault(sentence)` every change for the worse or
 * back, "" where all is well. `about(i, j)` are words for `pointing`.
 */
export function weightFields({ fault, onEdit, onFault, about = () => "", ...limits }) {
  const root = element("div", { class: "book-weights" });
  let fields = [];
  let shown = "";

  const field = (i, j) =>
    element("input", {
      type: "number",
      ...limits,
      "aria-label": `kernel row ${i} column ${j}`,
      "data-about": about(i, j),
    });
  const tint = (input) => {
    const weight = Number(input.value);
    input.classList.toggle("book-negative", weight < 0);
    input.style.setProperty("--share", Math.min(1, Math.abs(weight) / (limits.max ?? 1)));
  };
  const check = () => {
    const faults = fields.flat().map((input) => {
      const wrong = fault(input.value);
      input.setAttribute("aria-invalid", String(wrong !== ""));
      tint(input);
      return wrong;
    });
    return faults.find(Boolean) ?? "";
  };
  root.addEventListener("input", () => {
    const wrong = check();
    if (!wrong) {
      const kernel = fields.map((row) => row.map((input) => Number(input.value)));
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
      root.replaceChildren(...fields.flat());
      root.style.setProperty("--columns", kernel[0].length);
    }
    kernel.forEach((row, i) => row.forEach((weight, j) => (fields[i][j].value = weight)));
    onFault(check());
  };
  return { root, set };
}
