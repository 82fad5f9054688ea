// The picture: a bar for each layer over the shaded band, on a logarithmic scale.

import { BAND, HALF, kind } from "./math.mjs";
import { pictureWords, sizeWords } from "./words.mjs";
import { power } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

export const [FLOOR, TOP] = [-12, 9]; // powers of ten that are in sight
const RULES = [-12, -9, -6, -3, 0, 3, 6, 9];

const clamped = (exponent) => Math.max(FLOOR, Math.min(TOP, exponent));
const share = (exponent) => (100 * (clamped(exponent) - FLOOR)) / (TOP - FLOOR);

/** Something at a height, given as a power of ten. */
function at(exponent, look, words = "") {
  return element("div", { class: `book-at book-${look}`, style: `bottom: ${share(exponent)}%` }, element("span", {}, words));
}

/** `draw(state, norms)` eases to a new state. */
export function picture() {
  const [low, high] = BAND.map(Math.log10);
  const shade = element("div", { class: "book-shade", style: `bottom: ${share(low)}%; height: ${share(high) - share(low)}%` }, "a good range");
  const bars = element("div", { class: "book-bars" });
  const [least, most] = HALF.map(Math.log10);
  const first = element("div", { class: "book-first" });
  const field = element(
    "div",
    { class: "book-sky", role: "img" },
    shade,
    ...RULES.map((exponent) => at(exponent, exponent ? "rule" : "rule book-one", exponent ? power(exponent) : "1")),
    bars,
    at(most, "half book-most", "float16: largest, 65504"),
    at(least, "half book-least", "float16: smallest, 6 · 10⁻⁸"),
    first,
  );
  const [left, right] = ["layer 1", ""].map((words) => element("span", {}, words));
  const way = element("span", { class: "book-way" }, "← the gradient travels back");
  const axis = element("div", { class: "book-axis", "aria-hidden": true }, left, way, right);
  const root = element("div", { class: "book-flow" }, field, axis);

  const place = (exponents) => {
    while (bars.children.length < exponents.length) bars.append(element("div", {}));
    while (bars.children.length > exponents.length) bars.lastChild.remove();
    exponents.forEach((exponent, index) => {
      const bar = bars.children[index];
      const isCut = exponent < FLOOR || exponent > TOP;
      bar.className = `book-bar book-${kind(10 ** exponent)}${isCut ? " book-cut" : ""}`;
      bar.style.height = `${share(exponent)}%`;
    });
    first.style.bottom = `${Math.min(share(exponents[0]), 90)}%`;
  };
  const move = eased(place);
  const draw = (state, norms) => {
    right.textContent = `layer ${state.layers}`;
    field.setAttribute("aria-label", pictureWords(state, norms));
    first.textContent = sizeWords(norms[0]);
    // Nothing lies further out than that, and a gradient of 0 has a place as well.
    move.to(norms.map((size) => Math.max(-40, Math.min(40, Math.log10(size)))));
  };
  return { root, draw, stop: move.stop };
}
