// Classes as bars of their probabilities, and the list of entries that they are.

import { percent } from "./numbers.mjs";
import { element, newId, onArrows } from "./parts.mjs";

/**
 * A list of entries that pointer, finger and arrow keys choose from: `onPoint(index)`, −1 for
 * none. `columns` are side by side.
 */
export function pickList(label, look, entries, columns, onPoint) {
  const name = newId("book-list"); // a page can hold several
  const options = entries.map((content, index) =>
    element("div", { role: "option", id: `${name}-${index}`, "aria-selected": "false" }, ...content),
  );
  const root = element("div", { class: look, role: "listbox", tabindex: 0, "aria-label": label }, ...options);
  let active = 0; // where the arrow keys go on
  const point = (index) => {
    if (index >= 0) active = index;
    onPoint(index);
  };
  const touched = ({ target }) => {
    const index = options.indexOf(target.closest("[role=option]"));
    if (index >= 0) point(index); // not in the gaps
  };
  root.addEventListener("pointerover", touched);
  root.addEventListener("pointerdown", touched);
  root.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && point(-1));
  root.addEventListener("focusin", () => root.matches(":focus-visible") && point(active));
  root.addEventListener("focusout", () => point(-1));
  onArrows(root, (rows, across) => {
    const next = Number.isFinite(across) ? active + rows * columns + across : across < 0 ? 0 : options.length - 1;
    point(Math.max(0, Math.min(options.length - 1, next)));
  });
  /** Show which entry is pointed at, −1 for none. */
  const select = (chosen) => {
    for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === chosen));
    if (chosen < 0) root.removeAttribute("aria-activedescendant");
    else root.setAttribute("aria-activedescendant", options[chosen].id);
  };
  return { root, options, select };
}

/** The classes as bars of their probabilities. */
export function classBars(count, onPoint) {
  const texts = Array.from({ length: count }, () => element("span", { class: "book-percent" }));
  const entries = texts.map((text, label) => [
    element("b", {}, String(label)),
    element("span", { class: "book-track" }, element("span", { class: "book-fill" })),
    text,
  ]);
  const made = pickList("Classes", "book-classes", entries, 1, onPoint);
  const draw = (probabilities) => {
    for (const [label, option] of made.options.entries()) option.style.setProperty("--share", probabilities[label]);
  };
  const name = (probabilities, said) => {
    for (const [label, option] of made.options.entries()) {
      const text = percent(probabilities[label]);
      option.classList.toggle("book-said", label === said);
      option.setAttribute("aria-label", `class ${label}: ${text}`);
      texts[label].textContent = text.replace("under ", "<\u2009").replace("over ", ">\u2009");
    }
  };
  return { ...made, draw, name };
}
