// Three pentagons: where held-out pictures stand, one for each way to learn.

import { CLASSES, SIDE, WAYS, corner } from "./math.mjs";
import { button, element, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";
import { eased } from "../kit/tween.mjs";

const [WIDE, HIGH] = [2.5, 1.29]; // of a panel, and of what is above its middle; the corners lie at 1
const BOX = `${-WIDE / 2} ${-HIGH} ${WIDE} 2.34`;
const FIRST = 5; // the digit of class 0
const DOT = "M0-.05A.05 .05 0 1 1-.001-.05z";
const CROSS = "M-.036-.036L.036 .036M-.036 .036L.036-.036";

/** A pentagon with a sign at each corner, and dots to be placed. */
function panel(way, place, count) {
  const labels = Array.from({ length: CLASSES }, (_, label) => label);
  const outline = labels.map((label) => corner(label).join(" ")).join(" ");
  const spokes = labels.map((label) => {
    const [x2, y2] = corner(label);
    return shape("line", { class: "book-spoke", x1: 0, y1: 0, x2, y2 });
  });
  const signs = labels.map((label) => {
    const [x, y] = corner(label).map((side) => 1.15 * side);
    return shape("text", { class: "book-sign", x, y, "data-about": `digit-${label}` }, String(FIRST + label));
  });
  const dots = Array.from({ length: count }, () => shape("path", {}));
  const ring = shape("circle", { class: "book-ring", r: 0.11 });
  const root = shape(
    "svg",
    { viewBox: BOX, class: `book-panel book-way-${place}`, role: "img" },
    shape("polygon", { class: "book-outline", points: outline }),
    ...spokes,
    ...signs,
    shape("g", {}, ...dots),
    ring,
  );
  const share = element("b", {});
  const caption = element("figcaption", {}, element("span", {}, way), share);
  return { figure: element("figure", { class: `book-way-${place}` }, caption, root), root, dots, share, ring };
}

/**
 * The three panels; `draw(ways, chosen, greys, time)` takes { dots, mean } of each way in their order,
 * the number of the dot that has a ring, the grey levels of its picture, and how many milliseconds it may take. `onPick(index)` hears which
 * dot is to have it, `onNext()` that any other is.
 */
export function panels(count, { onPick, onNext }) {
  const all = WAYS.map((way, place) => panel(way, place, count));
  const key = (look, form, words) => [shape("svg", { viewBox: "-.065 -.065 .13 .13", "aria-hidden": true }, shape("path", { class: look, d: form })), words];
  const canvas = element("canvas", { class: "book-picture" });
  const name = element("span", {});
  const next = button(canvas, onNext);
  next.classList.add("book-next");
  next.setAttribute("aria-label", "Another picture");
  next.title = "Another picture";
  const signs = element("span", { class: "book-signs" }, ...key("book-right", DOT, "right"), ...key("book-wrong", CROSS, "wrong"));
  const words = element("p", {}, name, signs, element("span", {}, "nearer a corner: surer of that digit"));
  const legend = element("div", { class: "book-key" }, next, words);
  const root = element("div", {}, element("div", { class: "book-panels" }, ...all.map(({ figure }) => figure)), legend);
  const flat = all.flatMap(({ dots }) => dots);
  let ringed = 0;
  let shown = []; // where the dots are
  const put = (node, index) => node.setAttribute("transform", `translate(${shown[2 * index]} ${shown[2 * index + 1]})`);
  const move = eased((numbers) => {
    shown = numbers;
    flat.forEach(put);
    all.forEach(({ ring }, place) => put(ring, place * count + ringed));
  });
  all.forEach(({ root: drawing, dots }, place) => {
    drawing.addEventListener("click", (event) => {
      const { left, top, width } = drawing.getBoundingClientRect();
      const unit = width / WIDE;
      const at = [(event.clientX - left) / unit - WIDE / 2, (event.clientY - top) / unit - HIGH];
      const far = dots.map((_, index) => Math.hypot(...at.map((part, side) => part - shown[2 * (place * count + index) + side])));
      onPick(far.indexOf(Math.min(...far)));
    });
  });
  const draw = (ways, chosen, greys, time) => {
    ringed = chosen;
    paint(canvas, greys, SIDE, SIDE);
    name.textContent = `this ${FIRST + ways[0].dots[chosen].label} has the ring`;
    ways.forEach(({ dots, mean }, place) => {
      const { root: drawing, dots: marks, share } = all[place];
      const right = dots.filter(({ isRight }) => isRight).length;
      dots.forEach(({ isRight, label }, index) => {
        marks[index].setAttribute("d", isRight ? DOT : CROSS);
        marks[index].setAttribute("class", isRight ? "book-right" : "book-wrong");
        marks[index].setAttribute("data-about", `digit-${label}`);
      });
      share.replaceChildren(`${Math.round(100 * mean)} %`, element("span", {}, " right"));
      drawing.setAttribute("aria-label", `${WAYS[place]}: ${right} of ${dots.length} dots are of the class that is said. The ringed ${FIRST + dots[chosen].label}: said to be ${FIRST + dots[chosen].said}`);
    });
    move.to(ways.flatMap(({ dots }) => dots.flatMap(({ at }) => at)), time);
    all.forEach(({ ring }, place) => put(ring, place * count + ringed)); // where nothing moves
  };
  return { root, draw, stop: move.stop };
}
