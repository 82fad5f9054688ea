// The table of pushes: for each class its probability and the gradients of the losses.

import { element } from "../kit/parts.mjs";
import { signedSpan } from "./math.mjs";
import { number } from "./words.mjs";

const HEADINGS = ["Class", "Probability", "Gradient of cross-entropy", "Gradient of hinge loss"];

/** A bar with its number below it; `set(left, width, text)` takes percents. */
function bar(name) {
  const fill = element("span", { class: "book-fill" });
  const track = element("span", { class: `book-track book-${name}`, "aria-hidden": true }, fill);
  const text = element("span", { class: "book-value" });
  const root = element("div", { class: "book-cell-of-bar", role: "cell" }, track, text);
  const set = ([left, width], value) => {
    fill.style.left = `${left}%`;
    fill.style.width = `${width}%`;
    fill.classList.toggle("book-below", value < 0);
    text.textContent = number(value);
  };
  return { root, set };
}

function row(index) {
  const bars = ["chance", "push", "hinge"].map(bar);
  const root = element(
    "div",
    { class: `book-class book-look-${index}`, role: "row" },
    element("div", { role: "rowheader" }, String(index)),
    ...bars.map((part) => part.root),
  );
  function set({ chances, pushes, hingePushes, scale, isHinge, truth }) {
    root.classList.toggle("book-is-true", index === truth);
    bars[0].set([0, 100 * chances[index]], chances[index]);
    bars[1].set(signedSpan(pushes[index], scale), pushes[index]);
    bars[2].set(signedSpan(hingePushes[index], scale), hingePushes[index]);
    bars[2].root.hidden = !isHinge;
  }
  return { root, set };
}

/** All rows under their headings; `set(results)` shows as many as there are logits. */
export function table(most) {
  const rows = Array.from({ length: most }, (_, index) => row(index));
  const ranges = HEADINGS.map(() => element("span", { class: "book-range" }));
  const headings = HEADINGS.map((text, index) =>
    element("div", { role: "columnheader" }, element("span", {}, text), " ", ranges[index]),
  );
  const heading = element("div", { class: "book-class book-headings", role: "row" }, ...headings);
  const root = element(
    "div",
    { class: "book-board", role: "table", "aria-label": "What the losses push" },
    heading,
    ...rows.map((part) => part.root),
  );
  function set(found) {
    const range = `−${Number(found.scale.toFixed(1))} to ${Number(found.scale.toFixed(1))}`;
    for (const [index, text] of ["", "0 to 1", range, range].entries()) ranges[index].textContent = text;
    headings[3].hidden = !found.isHinge;
    root.classList.toggle("book-with-hinge", found.isHinge);
    for (const [index, part] of rows.entries()) {
      part.root.hidden = index >= found.logits.length;
      if (index < found.logits.length) part.set(found);
    }
  }
  return { root, set };
}
