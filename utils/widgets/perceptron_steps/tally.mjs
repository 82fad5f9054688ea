// The counter beside the plane: updates against their bound, and the samples that made them.

import { boundWords, weightWords } from "./words.mjs";
import { element } from "../kit/parts.mjs";

const LATEST = 12; // samples in sight

/** The counter; `draw(points, seen)` shows a moment of a run. */
export function tally() {
  const count = element("span", { class: "book-count" });
  const unit = element("span", {});
  const fill = element("span", { class: "book-fill" });
  const bar = element("span", { class: "book-bar", "aria-hidden": true }, fill);
  const most = element("span", { class: "book-most" });
  const strip = element("span", { class: "book-strip", role: "img" });
  const numbers = element("span", { class: "book-numbers" });
  const root = element("div", { class: "book-tally" }, element("span", { class: "book-made" }, count, " ", unit), bar, most, strip, numbers);

  function samples({ whole: { used, cycle }, updates }) {
    const place = (made) => (made < used.length ? made : cycle[0] + ((made - cycle[0]) % (cycle[1] - cycle[0])));
    const first = Math.max(0, updates - LATEST);
    return Array.from({ length: updates - first }, (_, index) => used[place(first + index)]);
  }

  function draw(points, seen) {
    const { updates, limit, weights } = seen;
    count.textContent = updates;
    unit.textContent = updates === 1 ? "update" : "updates";
    bar.classList.toggle("book-endless", limit === null);
    fill.style.width = limit === null ? "100%" : `${Math.min(100, (100 * updates) / limit)}%`;
    most.textContent = boundWords(limit);
    const made = samples(seen);
    strip.replaceChildren(
      ...made.map((index) => element("span", { class: points[index][2] > 0 ? "book-plus" : "book-minus" }, index + 1)),
    );
    strip.setAttribute("aria-label", `made by the samples ${made.map((index) => index + 1).join(", ") || "none yet"}`);
    numbers.textContent = weightWords(weights);
  }
  return { root, draw };
}
