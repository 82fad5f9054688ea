// A list of named numbers beside a drawing, each with the look of its mark and what it means.

import { element } from "./parts.mjs";

/** `set` shows rows of `[look, name, value, meaning]`; a row without a mark has an empty look. */
export function factList() {
  const root = element("dl", { class: "book-facts" });
  const row = ([look, name, value, meaning]) =>
    element(
      "div",
      {},
      element("dt", {}, element("span", { class: `book-key book-${look || "none"}` }), name),
      element("dd", { class: "book-value" }, value),
      element("dd", { class: "book-caption" }, meaning),
    );
  return { root, set: (list) => root.replaceChildren(...list.map(row)) };
}
