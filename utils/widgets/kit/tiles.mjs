// A row of small pictures to pick from.

import { element, newId } from "./parts.mjs";

/** Radio buttons as small pictures: the canvas of each is there to show what it does. */
export function tiles(label, names, onPick) {
  // Random, because a page can hold several copies of this module.
  const shared = newId("book-thumbs");
  const canvases = {};
  const inputs = [];
  const labels = names.map((name) => {
    const pick = () => onPick(name);
    const input = element("input", { type: "radio", name: shared, value: name, onchange: pick });
    canvases[name] = element("canvas", { width: 1, height: 1 });
    inputs.push(input);
    return element("label", { class: "book-thumb" }, input, canvases[name], element("span", {}, name));
  });
  const set = (name) => {
    for (const input of inputs) input.checked = input.value === name;
  };
  const root = element("div", { class: "book-thumbs", role: "radiogroup", "aria-label": label }, ...labels);
  root.style.setProperty("--tiles", names.length);
  root.style.setProperty("--half", Math.ceil(names.length / 2));
  return { root, canvases, set };
}
