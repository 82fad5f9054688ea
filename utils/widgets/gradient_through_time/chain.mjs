// The picture: a bar for each state on a logarithmic scale, the states below it as arrows.

import { power } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";

export const MOST = 16; // steps of the longest chain
const [TOP, BOTTOM] = [4, -5]; // powers of ten at the edges of the chart
const MARKS = [3, 0, -3];
const RADIUS = 17;
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** The name of a state. */
export const stateName = (index) => `h${[...String(index)].map((digit) => LOWERED[digit]).join("")}`;

/** A value on the scale, as a share of the chart's height from the top. */
const share = (log) => (TOP - Math.max(BOTTOM, Math.min(TOP, log))) / (TOP - BOTTOM);
const per = (value) => `${(100 * value).toFixed(3)}%`;

/** A bar from the line of 1 up or down; `set(log)` moves its end. */
function bar(kind) {
  const root = element("div", { class: `book-bar ${kind}` });
  const set = (log) => {
    const [one, end] = [share(0), share(log)];
    root.style.top = per(Math.min(one, end));
    root.style.height = per(Math.abs(one - end));
    root.classList.toggle("book-grows", log > 0.005);
  };
  return { root, set };
}

/** A state as an arrow in a circle; lengths above 1 are cut, small ones drawn larger. */
function dial() {
  const line = shape("line", { class: "book-hand", x1: 0, y1: 0 });
  const circle = shape("circle", { class: "book-rim", r: RADIUS });
  const root = shape("svg", { class: "book-dial", viewBox: "-20 -20 40 40", "aria-hidden": true }, circle, line);
  const set = ([x, y]) => {
    const size = Math.hypot(x, y);
    const long = size ? (RADIUS * Math.sqrt(Math.min(1, size))) / size : 0;
    line.setAttribute("x2", (long * x).toFixed(2));
    line.setAttribute("y2", (-long * y).toFixed(2));
  };
  return { root, set };
}

/** A column with a bar in the chart, what stands below it, and the value that pointing shows. */
function column(about, kind, below) {
  const one = bar(kind);
  const tag = element("div", { class: "book-tag" });
  const room = element("div", { class: "book-room" }, one.root, tag);
  const root = element("div", { class: "book-column", "data-about": about }, room, below);
  return { root, set: one.set, tag, room };
}

/** The whole picture: `columns[t]` for each state, `weights` at the side. */
export function picture() {
  const dials = Array.from({ length: MOST + 1 }, dial);
  const columns = dials.map((one, index) => {
    const link = element("div", { class: "book-link" }, one.root);
    return { ...column(`state-${index}`, "book-state", link), dial: one };
  });
  const weights = column("weights", "book-weights", element("div", { class: "book-sum" }, "Σ"));
  weights.root.classList.add("book-side");
  const ghost = bar("book-ghost");
  weights.room.prepend(ghost.root);
  const marks = Array.from({ length: TOP - BOTTOM + 1 }, (_, index) => {
    const exponent = TOP - index;
    const words = exponent === 0 ? "1" : power(exponent);
    const text = MARKS.includes(exponent) ? [element("span", {}, words)] : [];
    const mark = element("div", { class: exponent ? "book-mark" : "book-mark book-one" }, ...text);
    mark.style.top = per(share(exponent));
    return mark;
  });
  const above = element("div", { class: "book-zone book-above" }, "explodes");
  const below = element("div", { class: "book-zone book-below" }, "vanishes");
  above.style.height = per(share(0));
  below.style.top = per(share(0));
  const scale = element("div", { class: "book-scale" }, above, below, ...marks);
  const row = element("div", { class: "book-columns" }, ...columns.map((one) => one.root), weights.root);
  const caption = element("div", { class: "book-caption" }, "length of the gradient at each state");
  const last = element("span");
  // Names stand in a row of their own: on a phone a column is narrower than its name.
  const ends = element("div", { class: "book-ends" }, element("span", {}, stateName(0)), last, element("span", {}, "weights"));
  const chart = element("div", { class: "book-chart", role: "img" }, scale, row, ends);
  const root = element("div", {}, caption, chart);
  return { root, chart, columns, weights, ghost, last };
}
