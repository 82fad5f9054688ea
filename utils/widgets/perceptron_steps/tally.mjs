// The counter beside the plane: updates against their bound, and the samples that made them.

import { boundWords, short, weightWords } from "./words.mjs";
import { element } from "../kit/parts.mjs";

const LATEST = 12; // samples in sight

/** The next update as an addition on paper; `draw(points, weights, next)`, next null for none. */
function addition() {
  const root = element("div", { class: "book-addition" });
  const row = (look, name, values) => element("div", { class: `book-entry ${look}` }, name, ...values.map((value) => element("span", {}, value)));
  const draw = (points, weights, next) => {
    const rows = [row("book-titles", element("span", {}), ["w₁", "w₂", "b"]), row("", element("span", {}, "now"), weights.map(short))];
    if (next !== null) {
      const [x, y, label] = points[next];
      const change = [label * x, label * y, label];
      const look = label > 0 ? "book-plus" : "book-minus";
      const sample = element("span", { class: "book-sample" }, "+", element("b", {}, next + 1));
      rows.push(row(look, sample, change.map(short)));
      rows.push(row("book-sum", element("span", {}, "next"), weights.map((weight, at) => short(weight + change[at]))));
    }
    root.replaceChildren(...rows);
  };
  return { root, draw };
}

/** The counter; `draw(points, seen)` shows a moment of a run. */
export function tally() {
  const count = element("span", { class: "book-count" });
  const unit = element("span", {});
  const fill = element("span", { class: "book-fill" });
  const bar = element("span", { class: "book-bar", "aria-hidden": true }, fill);
  const most = element("span", { class: "book-most" });
  const strip = element("span", { class: "book-strip", role: "img" });
  const numbers = element("span", { class: "book-numbers" });
  const paper = addition();
  const root = element("div", { class: "book-tally" }, element("span", { class: "book-made" }, count, " ", unit), bar, most, strip, numbers, paper.root);

  function samples({ whole: { used, cycle }, updates }) {
    const place = (made) => (made < used.length ? made : cycle[0] + ((made - cycle[0]) % (cycle[1] - cycle[0])));
    const first = Math.max(0, updates - LATEST);
    return Array.from({ length: updates - first }, (_, index) => used[place(first + index)]);
  }

  function draw(points, seen) {
    const { updates, limit, weights, next } = seen;
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
    paper.draw(points, weights, next);
  }
  return { root, draw };
}
