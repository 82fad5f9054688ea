// The kernel of the padding and stride explorer, to be edited, and its products with the window.

import { element } from "../kit/parts.mjs";
import { isStill } from "../kit/tween.mjs";
import { weightFields } from "../kit/weights.mjs";
import { hasMany } from "./layout.mjs";
import { WEIGHTS, number, products, weightFault } from "./words.mjs";

const FADE = 80; // milliseconds from one window's products to the next one's

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

  const tile = (product, i, j, largest) => {
    const value = product?.value;
    const sign = value < 0 ? "book-negative" : value ? "" : "book-zero";
    const kind = !product ? "book-absent" : product.isPadding ? "book-outside" : sign;
    const attributes = { class: `book-tile ${kind}`, "data-about": aboutWeight(i, j) };
    const [short, factors] = [["short", "short"], ["text", "factors"]].map(([part, name]) =>
      element("span", { class: `book-${name}` }, product?.[part] ?? ""),
    );
    const node = element("span", attributes, short, factors);
    node.style.setProperty("--share", Math.abs(value ?? 0) / largest);
    return node;
  };
  /** Draw the kernel. */
  const set = ({ kernel, trouble }) => {
    fields.set(kernel);
    root.style.setProperty("--columns", kernel[0].length);
    root.classList.toggle("book-many", hasMany([kernel.length, kernel[0].length]));
    result.classList.toggle("book-hidden", trouble !== "");
  };
  /** Draw its products with the input cells that it meets; `isSoft` lets them fade in. */
  const multiply = ({ kernel, input }, meetings, isSoft = false) => {
    const found = products(meetings, input, kernel);
    const largest = Math.max(1, ...found.tiles.flat().map((one) => Math.abs(one?.value ?? 0)));
    tiles.replaceChildren(...found.tiles.flatMap((row, i) => row.map((one, j) => tile(one, i, j, largest))));
    total.textContent = `= ${number(found.sum)}`;
    if (isSoft && !isStill()) tiles.animate([{ opacity: 0.3 }, { opacity: 1 }], FADE);
  };
  return { root, set, multiply, restore: (kernel) => fields.set(kernel, true) };
}
