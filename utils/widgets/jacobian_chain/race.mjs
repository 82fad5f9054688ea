// Two ways through the chain, from the back and from the front, as areas of multiplications, and the reader's own.

import { courses, touching } from "./math.mjs";
import { bracketText, courseWords, meetWords, timesText, whole } from "./words.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const [LEAST, MORE] = [250, 1100]; // milliseconds that paying takes, and for the dearest order in addition
const WAYS = ["loss", "own", "input"]; // from left to right, as y and x lie
const TITLES = {
  loss: ["→ from ", "the back, ", "y"],
  own: ["", "", "your own"],
  input: ["from ", "the front, ", "x ←"],
};

const span = (look, ...words) => element("span", { class: look }, ...words);

function lane(way, onCourse) {
  const [before, long, after] = TITLES[way];
  const title = span("book-course-title", before, span("book-long", long), after);
  const [order, area, count, ratio] = ["order", "area", "count", "ratio"].map((part) => span(`book-${part}`));
  const parts = [title, order, span("book-ground", area), span("book-course-sum", count, ratio)];
  const looks = { class: `book-course book-course-${way}` };
  const root = way === "own" ? element("div", looks, ...parts) : element("button", { ...looks, type: "button", onclick: () => onCourse(way) }, ...parts);
  return { way, root, order, area, count, ratio };
}

/** The race; `draw(state)` eases to it, `onCourse(way)` hears which side a reader begins at. */
export function race(onCourse) {
  let now = [];
  const lanes = WAYS.map((way) =>
    lane(way, (picked) => {
      grow.set(now.map((value, at) => (at === 2 * WAYS.indexOf(picked) + 1 ? 0 : value)));
      onCourse(picked);
    }),
  );
  const [lights, met] = ["lights", "met"].map((part) => span(`book-${part}`));
  const wait = element("div", { class: "book-wait" }, lights, met, span("book-then", "When all fit, the price of each way stands here."));
  const root = element("div", { class: "book-race", role: "group", "aria-label": "Multiplications in all, as areas" }, ...lanes.map((one) => one.root), wait);
  const grow = eased((numbers) => {
    now = numbers;
    for (const [at, { area }] of lanes.entries()) {
      area.style.setProperty("--side", Math.sqrt(numbers[2 * at]).toFixed(4));
      area.style.setProperty("--paid", numbers[2 * at + 1].toFixed(4));
    }
  });
  let before = [0, 0, 0];

  /** As long as dominoes do not fit there is nothing to pay, and how many joints do is what counts. */
  function hold({ sizes, places }) {
    const fit = touching(sizes, places).map(({ left, right }) => left === right);
    root.classList.toggle("book-waiting", fit.includes(false));
    lights.replaceChildren(...fit.map((isFit) => span(isFit ? "book-light book-meets" : "book-light", isFit ? "=" : "≠")));
    met.textContent = meetWords(fit);
  }

  function draw(state) {
    hold(state);
    const { most, least, all } = courses(state);
    const paid = [];
    const aims = lanes.flatMap(({ way, root: node, order, area, count, ratio }, at) => {
      const course = all[way];
      const isEmpty = !course;
      const isBest = course?.total === least;
      node.classList.toggle("book-empty", isEmpty);
      node.classList.toggle("book-fewest", isBest && course.isWhole);
      node.classList.toggle("book-now", Boolean(course?.isNow));
      node.classList.toggle("book-away", state.sizes.length < 4 && way !== "loss");
      if (way !== "own") {
        node.disabled = isEmpty;
        node.setAttribute("aria-pressed", Boolean(course?.isNow && course.paid === course.total));
      }
      node.setAttribute("aria-label", courseWords(way, course, least));
      order.textContent = course?.tree ? bracketText(course.tree, course.order) : way === "own" ? "press × in any order" : "";
      count.textContent = isEmpty ? "" : `${whole(course.total)}${course.isWhole ? "" : " so far"}`;
      ratio.textContent = course?.isWhole ? timesText(course.total, least) : "";
      if (course) node.dataset.about = course.products.map((product) => `span-${product.span.join("-")}`).join(" ");
      else delete node.dataset.about;
      let sum = 0;
      area.replaceChildren(
        ...(course?.products ?? []).slice(0, -1).map((product) => {
          sum += product.count;
          const line = span("book-cut");
          line.style.top = `${((100 * sum) / course.total).toFixed(2)}%`;
          return line;
        }),
      );
      paid[at] = course?.paid ?? 0;
      return isEmpty ? [0, 0] : [course.total / most, course.paid / Math.max(1, course.total)];
    });
    const change = Math.max(...paid.map((value, at) => Math.abs(value - before[at])));
    before = paid;
    grow.to(aims, LEAST + (MORE * change) / Math.max(1, most));
  }
  return { root, draw, stop: grow.stop };
}
