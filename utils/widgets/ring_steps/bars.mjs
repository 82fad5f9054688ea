// What the busiest worker sends, in whole gradients: in a ring and in a star, for each number of workers.

import { ringSent, starSent, steps } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const COUNTS = [3, 4, 5, 6];
const [WIDE, HIGH, LINE] = [236, 140, 24];
const MOST = starSent(COUNTS.at(-1));
const UNIT = (HIGH - LINE - 20) / MOST; // of a gradient
const BAR = 20;

function bar(x, value, look, title) {
  const node = shape("rect", { class: look, x, y: HIGH - LINE - value * UNIT, width: BAR, height: value * UNIT });
  const words = shape("title");
  words.textContent = title;
  node.append(words);
  return node;
}

function label(x, y, words, look = "") {
  const node = shape("text", { x, y, class: look });
  node.textContent = words;
  return node;
}

const short = (value) => String(Number(value.toFixed(2)));

export function bars() {
  const drawing = shape("svg", { class: "book-bars", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img" });
  const key = (look, words) => element("span", {}, element("i", { class: `book-key ${look}` }), words);
  const legend = element("div", { class: "book-legend" }, key("book-of-ring", "in the ring"), key("book-of-star", "in a star's middle"));
  const root = element("div", { class: "book-side" }, element("div", { class: "book-name" }, "Sent by one worker, in gradients"), legend, drawing);

  function draw(world, step) {
    const two = HIGH - LINE - 2 * UNIT;
    const amounts = [label(WIDE - 6, two - 9, 2, "book-two")];
    const groups = COUNTS.map((count, index) => {
      const x = 12 + (index * (WIDE - 12)) / COUNTS.length;
      const [ring, star] = [ringSent(steps(count), count), starSent(count)];
      const isNow = count === world;
      const parts = [
        bar(x, ring, "book-of-ring book-plan", `Ring of ${count}: ${short(ring)} gradients`),
        bar(x + BAR + 2, star, "book-of-star", `Star of ${count}: ${short(star)} gradients`),
        label(x + BAR + 1, HIGH - 9, count),
      ];
      if (isNow) {
        parts.push(bar(x, ringSent(step, count), "book-of-ring book-sent", `Sent so far: ${short(ringSent(step, count))} gradients`));
        // The ring's stands on the dashed line, below which its bar always ends.
        amounts.push(label(x + BAR, two - 9, short(ring), "book-amount book-amount-ring"), label(x + 1.5 * BAR + 2, HIGH - LINE - star * UNIT - 9, star, "book-amount"));
      }
      return shape("g", { class: isNow ? "book-group-now" : "book-group-other" }, ...parts);
    });
    const limit = shape("line", { class: "book-limit", x1: 0, x2: WIDE, y1: two, y2: two });
    const ground = shape("line", { class: "book-floor", x1: 0, x2: WIDE, y1: HIGH - LINE, y2: HIGH - LINE });
    drawing.replaceChildren(...groups, limit, ground, ...amounts);
    drawing.setAttribute("aria-label", `Of ${world} workers each sends ${short(ringSent(steps(world), world))} gradients in the ring, ${short(ringSent(step, world))} so far; the middle of a star sends ${starSent(world)}.`);
  }
  return { root, draw };
}
