// The picture: the text in shaded boxes, and bars of what may come next.

import { chanceWords, named, sign } from "./words.mjs";
import { element } from "../kit/parts.mjs";

export const SHOWN = 10; // bars

const all = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Boxes for the characters that are read, and one for the next. */
function page(count) {
  const cells = all(count, () => element("span", { class: "book-cell" }));
  const root = element("div", { class: "book-page", role: "img" }, ...cells);
  const write = (read) => {
    cells.forEach((cell, index) => {
      cell.textContent = index < read.length ? sign(read[index]) : "";
      cell.classList.toggle("book-space", read[index] === " ");
      cell.classList.toggle("book-next", index === read.length);
      cell.classList.toggle("book-last", index === read.length - 1);
    });
    root.setAttribute("aria-label", `Text: ${read}`);
    guess("?");
  };
  /** What the box of the next character asks, or would hold: not yet a part of the text. */
  const guess = (words) => cells.forEach((cell) => (cell.dataset.guess = words));
  /** The shares of the boxes, as a part of the largest. */
  const shade = (looks) => {
    const top = Math.max(...looks);
    cells.forEach((cell, index) => cell.style.setProperty("--share", ((looks[index] ?? 0) / top).toFixed(3)));
  };
  return { root, write, shade, guess };
}

/** The whole picture; `choose(rank)` hears which bar is pressed. */
export function board(count, choose) {
  const text = page(count);
  const bars = all(SHOWN, (rank) => {
    const [amount, fill, key] = [
      element("span", { class: "book-percent" }),
      element("span", { class: "book-fill" }),
      element("span", { class: "book-key" }),
    ];
    const track = element("span", { class: "book-track" }, fill);
    const root = element("button", { type: "button", class: "book-bar", onclick: () => choose(rank) }, amount, track, key);
    for (const kind of ["pointerenter", "focus"]) root.addEventListener(kind, () => text.guess(key.textContent));
    for (const kind of ["pointerleave", "blur"]) root.addEventListener(kind, () => text.guess("?"));
    return { root, amount, key };
  });
  const heading = (words) => element("div", { class: "book-heading-line" }, words);
  const root = element(
    "div",
    { class: "book-board" },
    heading("Text: bluer where the model looks more"),
    text.root,
    heading("What may come next: choose one"),
    element("div", { class: "book-bars" }, ...bars.map((bar) => bar.root)),
  );
  /** Heights of the bars, then the looks. */
  const draw = (numbers) => {
    bars.forEach((bar, rank) => bar.root.style.setProperty("--share", numbers[rank].toFixed(4)));
    text.shade(numbers.slice(SHOWN));
  };
  const write = (read, characters, chances) => {
    text.write(read);
    bars.forEach(({ root: bar, amount, key }, rank) => {
      amount.textContent = chanceWords(chances[rank]).replace("under ", "<").replace("over ", ">").replace(" %", "\u202f%");
      key.textContent = sign(characters[rank]);
      bar.setAttribute("aria-label", `Write ${named(characters[rank])}: ${chanceWords(chances[rank])}`);
    });
  };
  return { root, draw, write };
}
