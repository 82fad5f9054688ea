// How many cells are at work in each cycle: what lies under the line is useful, the hatched rest is not.

import { utilisation, working } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [300, 110];
const END = 0.3; // of the run, where the word for wasted cells stands
const ROOM = { wasted: 0.75, useful: 0.3 }; // the most at work there, and the least in all, for a word

export function chart() {
  const [whole, past] = ["book-whole", "book-past"].map((name) => shape("path", { class: name }));
  const hand = shape("line", { class: "book-hand", y1: 0, y2: HIGH });
  const drawing = shape("svg", { class: "book-chart", viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", role: "img" }, whole, past, hand);
  const [wasted, useful] = ["wasted", "useful"].map((word) => element("span", { class: `book-word book-${word}`, "aria-hidden": true }, word));
  const root = element("div", { class: "book-plot" }, drawing, wasted, useful);

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
    drawing.setAttribute("aria-label", words);
    const last = counts.slice(Math.floor((1 - END) * counts.length));
    const busy = last.reduce((sum, count) => sum + count, 0) / (last.length * most);
    wasted.hidden = busy > ROOM.wasted;
    useful.hidden = utilisation(plan) < ROOM.useful;
  }
  return { root, draw };
}
