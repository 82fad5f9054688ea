// Three pentagons: where held-out pictures stand, one for each way to learn.

import { CLASSES, WAYS, corner } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const BOX = "-1.45 -1.39 2.9 2.54"; // the corners lie at 1
const FIRST = 5; // the digit of class 0
const DOT = "M0-.044A.044 .044 0 1 1-.001-.044z";
const CROSS = "M-.042-.042L.042 .042M-.042 .042L.042-.042";

/** A pentagon with a sign at each corner, and dots to be placed. */
function panel(way, place, count) {
  const labels = Array.from({ length: CLASSES }, (_, label) => label);
  const outline = labels.map((label) => corner(label).join(" ")).join(" ");
  const spokes = labels.map((label) => {
    const [x2, y2] = corner(label);
    return shape("line", { class: "book-spoke", x1: 0, y1: 0, x2, y2 });
  });
  const signs = labels.map((label) => {
    const [x, y] = corner(label).map((side) => 1.25 * side);
    return shape("text", { class: "book-sign", x, y, "data-about": `digit-${label}` }, String(FIRST + label));
  });
  const dots = Array.from({ length: count }, () => shape("path", {}));
  const root = shape(
    "svg",
    { viewBox: BOX, class: `book-panel book-way-${place}`, role: "img" },
    shape("polygon", { class: "book-outline", points: outline }),
    ...spokes,
    ...signs,
    shape("g", {}, ...dots),
  );
  const share = element("b", {});
  const caption = element("figcaption", {}, element("span", {}, way), share);
  return { figure: element("figure", { class: `book-way-${place}` }, caption, root), root, dots, share };
}

/** The three panels; `draw(ways)` takes { dots, mean } of each way, in their order. */
export function panels(count) {
  const all = WAYS.map((way, place) => panel(way, place, count));
  const key = (look, form, words) => [shape("svg", { viewBox: "-.07 -.07 .14 .14", "aria-hidden": true }, shape("path", { class: look, d: form })), words];
  const legend = element("p", { class: "book-key" }, ...key("book-right", DOT, "a new picture, right"), ...key("book-wrong", CROSS, "wrong"), element("span", {}, "nearer a corner: surer of that digit"));
  const root = element("div", {}, element("div", { class: "book-panels" }, ...all.map(({ figure }) => figure)), legend);
  const flat = all.flatMap(({ dots }) => dots);
  const move = eased((numbers) => {
    flat.forEach((dot, index) => dot.setAttribute("transform", `translate(${numbers[2 * index]} ${numbers[2 * index + 1]})`));
  }, 450);
  const draw = (ways) => {
    ways.forEach(({ dots, mean }, place) => {
      const { root: drawing, dots: marks, share } = all[place];
      const right = dots.filter(({ isRight }) => isRight).length;
      dots.forEach(({ isRight, label }, index) => {
        marks[index].setAttribute("d", isRight ? DOT : CROSS);
        marks[index].setAttribute("class", isRight ? "book-right" : "book-wrong");
        marks[index].setAttribute("data-about", `digit-${label}`);
      });
      share.textContent = `${Math.round(100 * mean)} % right`;
      drawing.setAttribute("aria-label", `${WAYS[place]}: ${right} of ${dots.length} dots are of the class that is said`);
    });
    move.to(ways.flatMap(({ dots }) => dots.flatMap(({ at }) => at)));
  };
  return { root, draw, stop: move.stop };
}
