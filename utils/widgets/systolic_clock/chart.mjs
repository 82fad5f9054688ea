// How many cells are at work in each cycle: what lies under the line is useful, the rest is not.

import { working } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [300, 110];

export function chart() {
  const ground = shape("rect", { class: "book-all", width: WIDE, height: HIGH });
  const [whole, past] = ["book-whole", "book-past"].map((name) => shape("path", { class: name }));
  const hand = shape("line", { class: "book-hand", y1: 0, y2: HIGH });
  const root = shape("svg", { class: "book-chart", viewBox: `-2 -2 ${WIDE + 4} ${HIGH + 4}`, preserveAspectRatio: "none", role: "img" }, ground, whole, past, hand);

  /** The columns of the first `count` cycles, as one path. */
  function columns(counts, most, count) {
    const unit = WIDE / counts.length;
    const tops = counts.slice(0, count).map((number, index) => `V${(HIGH * (1 - number / most)).toFixed(2)}H${((index + 1) * unit).toFixed(2)}`);
    return `M0 ${HIGH}${tops.join("")}V${HIGH}z`;
  }

  function draw(plan, cycle, words) {
    const counts = working(plan);
    const most = plan.array ** 2;
    whole.setAttribute("d", columns(counts, most, counts.length));
    past.setAttribute("d", columns(counts, most, cycle));
    const x = (WIDE * cycle) / counts.length;
    for (const name of ["x1", "x2"]) hand.setAttribute(name, x);
    root.setAttribute("aria-label", words);
  }
  return { root, draw };
}
