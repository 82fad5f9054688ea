// The board of the softmax demo: a row for each class, its slider first and its bars behind it.

import { element, slider } from "../kit/parts.mjs";
import { signedSpan } from "./math.mjs";
import { number, plain } from "./words.mjs";

const HEADINGS = ["Logit", "Probability", "Gradient of cross-entropy", "Gradient of hinge loss"];

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

/** Show a value that lies between two places of its slider as it is. */
export function showExactly(control, text) {
  control.root.querySelector("output").textContent = text;
  control.input.setAttribute("aria-valuetext", text);
}

function row(index, { bound, step, onLogit }) {
  const control = slider({
    label: `class ${index}`,
    min: -bound,
    max: bound,
    step,
    onInput: (value) => onLogit(index, value),
  });
  control.input.setAttribute("aria-label", `class ${index}, logit`);
  const mark = element("span", { class: "book-truth" }, "true");
  control.root.querySelector("label").append(" ", mark);
  const bars = ["chance", "push", "hinge"].map(bar);
  const root = element(
    "div",
    { class: "book-class", role: "row" },
    element("div", { class: "book-cell-of-logit", role: "cell" }, control.root),
    ...bars.map((part) => part.root),
  );
  function set(logit, found) {
    const { chances, pushes, hingePushes, scale, isHinge } = found;
    control.set(logit);
    showExactly(control, plain(found.logits[index]));
    root.classList.toggle("book-is-true", index === found.truth);
    bars[0].set([0, 100 * chances[index]], chances[index]);
    bars[1].set(signedSpan(pushes[index], scale), pushes[index]);
    bars[2].set(signedSpan(hingePushes[index], scale), hingePushes[index]);
    bars[2].root.hidden = !isHinge;
  }
  return { root, set };
}

/** All rows under their headings; `set(logits, results)` shows as many as there are logits. */
export function board({ most, ...options }) {
  const rows = Array.from({ length: most }, (_, index) => row(index, options));
  const ranges = HEADINGS.map(() => element("span", { class: "book-range" }));
  const headings = HEADINGS.map((text, index) =>
    element("div", { role: "columnheader" }, element("span", {}, text), " ", ranges[index]),
  );
  const heading = element("div", { class: "book-class book-headings", role: "row" }, ...headings);
  const table = element(
    "div",
    { class: "book-board", role: "table", "aria-label": "Classes" },
    heading,
    ...rows.map((part) => part.root),
  );
  const root = element("div", { class: "book-board-box" }, table);
  function set(logits, found) {
    const range = `−${Number(found.scale.toFixed(1))} to ${Number(found.scale.toFixed(1))}`;
    const ends = [found.offset - options.bound, found.offset + options.bound];
    const logitRange = `${number(ends[0], 0)} to ${number(ends[1], 0)}`;
    for (const [index, text] of [logitRange, "0 to 1", range, range].entries()) {
      ranges[index].textContent = text;
    }
    headings[3].hidden = !found.isHinge;
    root.classList.toggle("book-with-hinge", found.isHinge);
    for (const [index, part] of rows.entries()) {
      part.root.hidden = index >= logits.length;
      if (index < logits.length) part.set(logits[index], found);
    }
  }
  return { root, set };
}
