// How many images are right, now and for each number of bits, and what the net takes.

import { number } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";

const [STEP, HIGH, COUNT] = [20, 100, 7];
const FEWEST = 2; // bits

/** Returns { root, draw(state, counts, floats, facts) }; `onBits(bits)` hears which bar was pressed. */
export function side(total, onBits) {
  const count = element("b", { class: "book-count" });
  const head = element("div", { class: "book-score" }, count, ` of ${total} right`);
  const bars = Array.from({ length: COUNT }, (_, index) => shape("rect", { class: "book-bar", x: STEP * index + 2, width: STEP - 4 }));
  const goal = shape("line", { class: "book-goal", x1: 0, x2: STEP * COUNT });
  const chart = shape("svg", { class: "book-chart", viewBox: `0 0 ${STEP * COUNT} ${HIGH}`, preserveAspectRatio: "none", role: "img" }, ...bars, goal);
  const names = element("div", { class: "book-bits" }, ...bars.map((_, index) => element("span", {}, String(index + FEWEST))));
  chart.addEventListener("click", ({ clientX }) => {
    const { left, width } = chart.getBoundingClientRect();
    onBits(FEWEST + Math.max(0, Math.min(COUNT - 1, Math.floor((COUNT * (clientX - left)) / width))));
  });
  const facts = element("div", { class: "book-sizes" });
  const caption = element("div", { class: "book-caption" }, "bits; dashed: floats");
  const figure = element("div", { class: "book-figure" }, chart, names, caption);
  const root = element("div", { class: "book-side" }, head, figure, facts);

  function draw(state, counts, floats, { size, error }) {
    count.textContent = String(counts[state.bits - FEWEST]);
    bars.forEach((bar, index) => {
      const tall = (HIGH * counts[index]) / total;
      bar.setAttribute("y", (HIGH - tall).toFixed(2));
      bar.setAttribute("height", tall.toFixed(2));
      bar.classList.toggle("book-chosen", index + FEWEST === state.bits);
    });
    [...names.children].forEach((name, index) => name.classList.toggle("book-chosen", index + FEWEST === state.bits));
    const level = (HIGH - (HIGH * floats) / total).toFixed(2);
    for (const end of ["y1", "y2"]) goal.setAttribute(end, level);
    chart.setAttribute("aria-label", `Right by bits: ${counts.map((right, index) => `${index + FEWEST}: ${right}`).join(", ")}. Floats: ${floats}.`);
    facts.replaceChildren(
      element("span", {}, "bytes ", element("b", {}, Math.ceil(size).toLocaleString("en"))),
      element("span", {}, "typical error ", element("b", {}, number(error, 3))),
    );
  }
  return { root, draw };
}
