// Beside the picture: three scores as bars, and how many pixels of each colour there are.

import { plain } from "./words.mjs";
import { element } from "../kit/parts.mjs";

const SCORES = [["accuracy", "Pixel accuracy"], ["iou", "IoU"], ["dice", "Dice"]];
const KINDS = ["right", "missed", "beside"];

/** The panel; `draw(counts, scores)` sets its numbers. */
export function panel() {
  const bars = SCORES.map(([name, title]) => {
    const fill = element("span", { class: "book-fill" });
    const value = element("span", { class: "book-score" });
    const track = element("span", { class: "book-track", "aria-hidden": true }, fill);
    const root = element("div", { class: "book-bar", "data-about": name }, element("span", { class: "book-name" }, title), value, track);
    return { name, fill, value, root };
  });
  const chips = KINDS.map((name) => {
    const value = element("span", { class: "book-count" });
    const root = element("span", { class: `book-chip book-${name}`, "data-about": name }, name, value);
    return { name, value, root };
  });
  const root = element(
    "div",
    { class: "book-panel-side" },
    ...bars.map((bar) => bar.root),
    element("div", { class: "book-chips" }, ...chips.map((chip) => chip.root)),
  );
  function draw(counts, scores) {
    for (const { name, fill, value } of bars) {
      value.textContent = plain(scores[name]);
      fill.style.setProperty("--share", scores[name] ?? 0);
    }
    for (const { name, value } of chips) value.textContent = counts[name];
  }
  return { root, draw };
}
