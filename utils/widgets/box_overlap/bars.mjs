// Four scores as bars from −1 to 1; the one that is pressed is looked at.

import { SCORES } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";

const MEANINGS = {
  IoU: "shared over covered",
  GIoU: "IoU − empty part",
  DIoU: "IoU − distance",
  CIoU: "DIoU − unlike shape",
};

/** `choose(name)` hears which score the reader presses. */
export function bars(choose) {
  const rows = SCORES.map((name) => {
    const [fill, value] = [element("span", { class: "book-fill" }), element("b", {})];
    const root = element(
      "button",
      { type: "button", class: "book-bar", onclick: () => choose(name) },
      element("span", { class: "book-name" }, name),
      element("span", { class: "book-meaning" }, MEANINGS[name]),
      value,
      element("span", { class: "book-track", "aria-hidden": true }, fill),
    );
    return { name, root, fill, value };
  });
  const root = element("div", { class: "book-bars", role: "group", "aria-label": "Scores" }, ...rows.map((row) => row.root));
  const draw = (found, score) => {
    for (const { name, root: row, fill, value } of rows) {
      const share = 50 * found[name]; // of the track, from its middle
      fill.style.left = `${50 + Math.min(0, share)}%`;
      fill.style.width = `${Math.abs(share)}%`;
      fill.classList.toggle("book-below", share < 0);
      value.textContent = number(found[name]);
      row.setAttribute("aria-pressed", String(name === score));
    }
  };
  return { root, draw };
}
