// Hidden units as tiles and classes as bars: both are lists with one active entry.

import { percent } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";

/**
 * A list of entries that pointer, finger and arrow keys choose from: `onPoint(index)`, −1 for
 * none. `columns` are side by side.
 */
function list(label, look, entries, columns, onPoint) {
  const name = `book-list-${Math.random().toString(36).slice(2)}`; // a page can hold several
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

/** The hidden units as tiles: the larger what a unit sends on, the brighter. */
export function units(count, onPoint) {
  const columns = Math.ceil(count / 8);
  const made = list("Hidden units", "book-units", Array(count).fill([]), columns, onPoint);
  made.root.style.setProperty("--columns", columns);
  const draw = (hidden) => {
    const largest = Math.max(...hidden, 1e-9);
    for (const [unit, option] of made.options.entries()) option.style.setProperty("--share", hidden[unit] / largest);
  };
  const name = (hidden) => {
    for (const [unit, option] of made.options.entries()) {
      option.setAttribute("aria-label", `unit ${unit}: ${number(hidden[unit])}`);
    }
  };
  return { ...made, draw, name };
}

/** The classes as bars of their probabilities. */
export function classes(count, onPoint) {
  const texts = Array.from({ length: count }, () => element("span", { class: "book-percent" }));
  const entries = texts.map((text, label) => [
    element("b", {}, String(label)),
    element("span", { class: "book-track" }, element("span", { class: "book-fill" })),
    text,
  ]);
  const made = list("Classes", "book-classes", entries, 1, onPoint);
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

const SOFTEST = 0.06; // the share of the loudest line from which on a line is drawn
const WIDEST = 4; // pixels
const GAP = 28; // pixels from the tiles to the bars, and a little less

/** Lines between tiles and bars, over the picture `over`: `{ from, to, vote }` each. */
export function drawLines(svg, over, wanted) {
  const origin = over.getBoundingClientRect();
  const loudest = Math.max(...wanted.map(({ vote }) => Math.abs(vote)), 1e-9);
  const heard = wanted.filter(({ vote }) => Math.abs(vote) > SOFTEST * loudest);
  const paths = heard.map(({ from, to, vote }) => {
    const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    const [x, y] = [start.left + start.width / 2 - origin.left, start.top + start.height / 2 - origin.top];
    const v = end.top + end.height / 2 - origin.top;
    const isBelow = end.left < start.left; // on a phone the bars stand below
    const u = (isBelow ? end.right : from.parentNode.getBoundingClientRect().right + GAP) - origin.left;
    const [across, down] = [(x + u) / 2, (y + v) / 2];
    const bend = isBelow ? `${x} ${down} ${u} ${down}` : `${across} ${y} ${across} ${v}`;
    const path = shape("path", { d: `M${x} ${y}C${bend} ${u} ${v}` });
    path.style.strokeWidth = (WIDEST * Math.abs(vote)) / loudest;
    if (vote < 0) path.classList.add("book-against");
    return path;
  });
  svg.replaceChildren(...paths);
}
