// The numbers of the training, and its loss as a curve: what was, in full, and what will be, dashed.

import { STORY } from "./curve.mjs";
import { number } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const SIZE = 100; // of the drawing, which the style sheet stretches
const LEAST = 0.1; // the height of the chart, as a loss, at least

/** Where a [step, loss] is on the chart, if its right end and its top are these. */
export function toChart([step, loss], { end, most }) {
  return [(SIZE * step) / end, SIZE - (SIZE * loss) / most];
}

/** The ends of a chart that shows these places. */
export function span(places) {
  const end = Math.max(STORY, ...places.map(([step]) => step));
  return { end, most: Math.max(LEAST, ...places.map(([, loss]) => loss)) };
}

function figure(words) {
  const value = element("b", {});
  return { root: element("div", { class: "book-figure" }, value, element("span", {}, words)), value };
}

/** Three numbers over the curve; `draw(places, coming, found)` shows the curve and what it led to. */
export function lossChart() {
  const [loss, right, steps] = ["loss", "right", "steps"].map(figure);
  // The last is a dot: a line without length, whose round ends no stretching turns into an oval.
  const lines = ["will-be", "was", "now"].map((look) => shape("polyline", { class: `book-${look}` }));
  const about = { role: "img", "aria-label": "The loss over the steps of training" };
  const svg = shape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, preserveAspectRatio: "none", class: "book-curve", ...about }, ...lines);
  const last = element("span", {});
  const root = element(
    "div",
    { class: "book-training" },
    element("div", { class: "book-figures" }, loss.root, right.root, steps.root),
    svg,
    element("div", { class: "book-ends", "aria-hidden": "true" }, element("span", {}, "step 0"), last),
  );

  function draw(places, coming, { loss: value, right: count, scores }) {
    const ends = span([...places, ...coming]);
    const here = places.at(-1);
    const drawn = (list) => list.map((place) => toChart(place, ends).map((at) => at.toFixed(2)).join(" ")).join(" ");
    for (const [at, list] of [coming, places, [here, here]].entries()) lines[at].setAttribute("points", drawn(list));
    last.textContent = `step ${ends.end}`;
    loss.value.textContent = number(value, 3);
    right.value.textContent = `${count}/${scores.length}`;
    steps.value.textContent = String(here[0]);
  }
  return { root, draw };
}
