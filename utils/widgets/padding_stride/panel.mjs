// The kernel of the padding and stride explorer, to be edited, and its products with the window.

import { element } from "../kit/parts.mjs";
import { weightFields } from "../kit/weights.mjs";
import { hasMany } from "./layout.mjs";
import { WEIGHTS, number, products, weightFault } from "./words.mjs";

/** Words that tie a weight, its product and the cell under it together, for `pointing`. */
export const aboutWeight = (i, j) => `weight-${i}-${j}`;

const heading = (text, ...after) => element("p", { class: "book-caption" }, text, ...after);

/** `onEdit(kernel)` hears a new kernel, `onFault(sentence)` what is wrong with what was typed. */
export function panel({ onEdit, onFault }) {
  const about = aboutWeight;
  const fields = weightFields({ ...WEIGHTS, fault: weightFault, about, onEdit, onFault });
  const total = element("strong", { class: "book-sum" });
  const tiles = element("div", { class: "book-tiles" });
  const result = element("div", { class: "book-part" }, heading("Products", total), tiles);
  const root = element(
    "div",
    { class: "book-middle" },
    element("div", { class: "book-part" }, heading("Kernel (edit it)"), fields.root),
    result,
  );

  const tile = (product, i, j, isMany) => {
    const kind = !product ? "book-absent" : product.isPadding ? "book-outside" : "";
    const attributes = { class: `book-tile ${kind}`, "data-about": aboutWeight(i, j) };
    // Where there are many, a product that is spelled out would touch the next one.
    return element("span", attributes, product ? product[isMany ? "short" : "text"] : "");
  };
  /** Draw the kernel, and its products with the input cells that it meets. */
  const set = ({ kernel, input, trouble }, meetings) => {
    fields.set(kernel);
    root.style.setProperty("--columns", kernel[0].length);
    const isMany = hasMany([kernel.length, kernel[0].length]);
    root.classList.toggle("book-many", isMany);
    result.classList.toggle("book-hidden", trouble !== "");
    const found = products(meetings, input, kernel);
    tiles.replaceChildren(...found.tiles.flatMap((row, i) => row.map((one, j) => tile(one, i, j, isMany))));
    total.textContent = `= ${number(found.sum)}`;
  };
  return { root, set, restore: (kernel) => fields.set(kernel, true) };
}
