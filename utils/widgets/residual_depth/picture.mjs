// The picture: two rows of blocks. A bar is as high as the gradient is long, on a logarithmic scale.

import { MOST_BLOCKS } from "./math.mjs";
import { rowWords, sizeWords, cutBlock } from "./words.mjs";
import { power } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const [FLOOR, TOP] = [-15, 5]; // powers of ten that are in sight
const RULES = [-12, -6, 0];

const share = (exponent) => (100 * (Math.max(FLOOR, Math.min(TOP, exponent)) - FLOOR)) / (TOP - FLOOR);
const exponentOf = (size) => Math.max(FLOOR, Math.log10(size)); // of 0 it is the floor

/** Where a bar is blue, and where it glows: far from 1 on either side. */
const heat = (exponent) => Math.min(1, Math.abs(exponent) / 6);

/** A rule with its power of ten. */
const rule = (exponent) =>
  element("div", { class: `book-rule${exponent ? "" : " book-one"}`, style: `bottom: ${share(exponent)}%` }, element("span", {}, exponent ? power(exponent) : "1"));

/** One network: its name, what arrives at the first block, and a bar for each block. */
function row(name, formula, onPick) {
  const bars = Array.from({ length: MOST_BLOCKS }, (_, index) => {
    const arc = element("i", { class: "book-arc" });
    const bar = element("div", { class: "book-tower" });
    const block = element("div", { class: "book-house", "data-about": `block-${index + 1}` }, arc, bar, element("b", {}, String(index + 1)));
    block.addEventListener("click", () => onPick(index + 1));
    return { block, bar, arc };
  });
  const arrived = element("strong", { class: "book-arrived" });
  const head = element("p", { class: "book-head" }, element("span", {}, name, " ", element("em", {}, formula)), element("span", {}, element("span", { class: "book-what" }, "gradient "), "at block 1: ", arrived));
  const field = element("div", { class: "book-ground", role: "img" }, ...RULES.map(rule), element("div", { class: "book-street" }, ...bars.map(({ block }) => block)));
  const root = element("div", { class: `book-net book-${name.toLowerCase()}` }, head, field);
  const place = (exponents, blocks, cut) =>
    bars.forEach(({ block, bar, arc }, index) => {
      block.hidden = index >= blocks;
      if (block.hidden) return;
      const exponent = exponents[index];
      block.classList.toggle("book-cut", index + 1 === cut);
      bar.classList.toggle("book-none", exponent <= FLOOR);
      bar.style.height = arc.style.bottom = `${share(exponent).toFixed(2)}%`;
      bar.style.setProperty("--heat", `${(100 * heat(exponent)).toFixed(0)}%`);
    });
  const say = (found) => {
    arrived.textContent = sizeWords(found[0]);
    field.setAttribute("aria-label", rowWords(name, found));
    found.forEach((size, index) => (bars[index].block.title = `block ${index + 1}: ${sizeWords(size)}`));
  };
  return { root, place, say };
}

/** `draw(state, found)` eases both rows to a state; `onPick(block)` hears of a click. */
export function picture(onPick) {
  const plain = row("Plain", "h ← g(h)", onPick);
  const residual = row("Residual", "h ← h + g(h)", onPick);
  const way = element("p", { class: "book-way" }, element("span", {}, "block 1"), element("span", {}, "← ", element("span", { class: "book-what" }, "the "), "gradient travels back"), element("span", {}, "the loss"));
  const root = element("div", { class: "book-rows" }, plain.root, residual.root, way);
  const pointed = pointing(root);
  let now = { blocks: 2, cut: 0 };
  const move = eased((exponents) => {
    plain.place(exponents.slice(0, MOST_BLOCKS), now.blocks, now.cut);
    residual.place(exponents.slice(MOST_BLOCKS), now.blocks, now.cut);
  });
  const padded = (found) => Array.from({ length: MOST_BLOCKS }, (_, index) => (index < found.length ? exponentOf(found[index]) : FLOOR));
  const draw = (state, found) => {
    now = { blocks: state.blocks, cut: cutBlock(state) };
    plain.say(found.plain);
    residual.say(found.residual);
    move.to([...padded(found.plain), ...padded(found.residual)]);
    pointed.refresh();
  };
  const stop = () => {
    move.stop();
    pointed.stop();
  };
  return { root, draw, stop };
}
