// The pieces of the semantic gap: pictures, one of which can be dragged, and a scale of distances.

import { paint } from "../kit/pixels.mjs";
import { number, scaleWords } from "./words.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";

const LONGEST = 0.5; // the end of the scale; every setting stays below
const JUMP = 8; // what an arrow key moves together with the shift key

/** A picture under a heading; `show(values, white)` draws grey from 0, black, to `white`. */
export function shot(heading, className) {
  const canvas = element("canvas", { role: "img", "aria-label": heading });
  const print = element("div", { class: "book-print" }, canvas);
  const title = element("div", { class: "book-caption" }, heading);
  const root = element("div", { class: `book-shot ${className}` }, title, print);
  const show = (values, white = 1) => {
    const side = Math.sqrt(values.length);
    // A clamped array rounds, and cuts off at 0 and 255.
    paint(canvas, Uint8ClampedArray.from(values, (value) => (255 * value) / white), side, side);
  };
  return { root, print, canvas, show };
}

/** An outline on a picture; `set` puts it around a part of it. */
export function frameOn(print, side) {
  const boxes = ["book-halo", "book-outline"].map((name) => shape("rect", { class: name }));
  const about = { viewBox: `0 0 ${side} ${side}`, "aria-hidden": "true" };
  print.append(shape("svg", about, ...boxes));
  const set = (part) => {
    for (const box of boxes)
      for (const name of ["x", "y", "width", "height"]) box.setAttribute(name, part[name]);
  };
  return { set };
}

/**
 * Let mouse, finger and arrow keys move what a print shows. `at()` is where it is, [columns, rows];
 * `onMove(columns, rows)` hears where it should go; Home and End ask for infinitely far.
 */
export function draggable(print, label, side, at, onMove) {
  print.tabIndex = 0;
  print.setAttribute("role", "application");
  print.setAttribute("aria-label", label);
  let held = null;
  print.addEventListener("pointerdown", (event) => {
    if (held || event.button) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY, at: at() };
    event.preventDefault();
    print.focus({ preventScroll: true });
    print.setPointerCapture(event.pointerId);
  });
  print.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.id) return;
    const unit = print.clientWidth / side;
    const steps = [event.clientX - held.x, event.clientY - held.y];
    onMove(...steps.map((step, axis) => held.at[axis] + Math.round(step / unit)));
  });
  print.addEventListener("lostpointercapture", () => {
    held = null;
  });
  onArrows(print, (rows, columns, isShift) => {
    const [across, down] = at();
    const step = isShift ? JUMP : 1;
    onMove(across + step * columns, down + step * rows);
  });
}

// A comparison on the scale: a line across it, and beside it a small picture with words.
function flag(place) {
  const line = element("div", { class: "book-line-across" });
  const canvas = element("canvas");
  const words = element("span");
  const root = element("div", { class: `book-flag book-${place}` }, canvas, words);
  const set = ({ name, distance }, values) => {
    const share = (100 * distance) / LONGEST;
    line.style.left = `${share}%`;
    // The words stand where there is more room for them.
    const isLeft = share > 50;
    root.classList.toggle("book-leftwards", isLeft);
    root.style.left = isLeft ? "auto" : `${share}%`;
    root.style.right = isLeft ? `${100 - share}%` : "auto";
    words.textContent = `${name} ${number(distance)}`;
    const side = Math.sqrt(values.length);
    paint(canvas, Uint8ClampedArray.from(values, (value) => 255 * value), side, side);
  };
  return { root, line, set };
}

/** The distance as a bar, with the two comparisons above and below it. */
export function distanceScale() {
  const fill = element("div", { class: "book-fill" });
  const flags = [flag("above"), flag("below")];
  const [above, below] = flags;
  const rail = element("div", { class: "book-rail" }, fill, above.line, below.line);
  const track = element("div", { class: "book-track" }, above.root, rail, below.root);
  const amount = element("strong", { class: "book-amount" });
  const figure = element("div", { class: "book-figure" }, element("span", {}, "distance"), amount);
  const root = element("div", { class: "book-distances", role: "img" }, track, figure);
  /** Draw the comparisons; `pictures` are their values. */
  const setMarks = (marks, pictures) =>
    flags.forEach((each, index) => each.set(marks[index], pictures[index]));
  const set = (found, marks) => {
    fill.style.width = `${Math.min(100, (100 * found.distance) / LONGEST)}%`;
    amount.textContent = number(found.distance);
    root.classList.toggle("book-beyond", found.distance > marks[0].distance);
    root.setAttribute("aria-label", scaleWords(found, marks));
  };
  return { root, set, setMarks };
}
