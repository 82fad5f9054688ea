// The logits: one slider a class, in the colour of its slice.

import { element, slider } from "../kit/parts.mjs";
import { plain } from "./words.mjs";

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
  control.root.querySelector("label").append(" ", element("span", { class: "book-truth" }, "true"));
  control.root.classList.add("book-logit", `book-look-${index}`);
  control.root.dataset.about = `class-${index}`;
  function set(logit, { logits, truth }) {
    control.set(logit);
    showExactly(control, plain(logits[index]));
    control.root.classList.toggle("book-is-true", index === truth);
  }
  return { root: control.root, set };
}

/** One slider below the other; `set(logits, results)` shows as many as there are logits. */
export function logitSliders({ most, ...options }) {
  const rows = Array.from({ length: most }, (_, index) => row(index, options));
  const root = element("div", { class: "book-logits" }, ...rows.map((part) => part.root));
  function set(logits, found) {
    for (const [index, part] of rows.entries()) {
      part.root.hidden = index >= logits.length;
      if (index < logits.length) part.set(logits[index], found);
    }
  }
  return { root, set };
}
