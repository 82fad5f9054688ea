// What stands beside the plane of polar rings: the scores of two lines, and a legend.

import { element, shape } from "../kit/parts.mjs";
import { sign } from "./scene.mjs";
import { LETTERS } from "./words.mjs";

/** The signs of the classes on their sides, and the ring of a wrong point. */
export function legend(fill) {
  const entry = (label) =>
    element(
      "span",
      {},
      shape(
        "svg",
        { viewBox: "0 0 40 22", width: 40, height: 22, "aria-hidden": true },
        shape("rect", { class: "book-region", width: 40, height: 22, fill: fill(label) }),
        shape("g", { transform: "translate(20 11)" }, sign(label)),
      ),
      `class ${LETTERS[label]}`,
    );
  const ring = shape("circle", { class: "book-wrong-ring", r: 8.5, cx: 11, cy: 11 });
  const wrong = shape("svg", { viewBox: "0 0 22 22", width: 22, height: 22, "aria-hidden": true }, shape("g", { class: "book-wrong" }, ring));
  const entries = [...LETTERS.map((_, label) => entry(label)), element("span", {}, wrong, "on the wrong side")];
  return element("div", { class: "book-row book-legend" }, ...entries);
}

/** A large count of points with its name; `set(right, all)`. */
export function score(name, look) {
  const value = element("b", {});
  const root = element("div", { class: `book-score book-${look}` }, value, element("span", {}, name));
  return { root, set: (right, all) => value.replaceChildren(`${right} of ${all}`) };
}
