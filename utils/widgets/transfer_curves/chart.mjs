// The accuracy of the three ways against the number of pictures, each with the band of its spread.

import { COUNTS, WAYS, spaced } from "./math.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const HIGH = 140; // pixels; the width is that of the demo, so that letters keep their size
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 88, 8, 36];
const [LEAST, MOST] = [0.1, 0.9]; // of the accuracy axis
const LINE = 14; // pixels from the name of a line to the next
const NAMES = ["scratch", "frozen", "fine-tuned"];
const LINES = [0.2, 0.4, 0.6, 0.8];

const down = (accuracy) => TOP + ((MOST - accuracy) / (MOST - LEAST)) * (HIGH - TOP - BOTTOM);
const points = (list) => list.map((point) => point.join(" ")).join(" ");

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/**
 * The chart. `draw(curves, place, words)` takes [mean, spread] for each way and count, `resize(width)`
 * the pixels that there are, and `onPick(count)` hears a touch.
 */
export function chart(onPick) {
  let wide = 640;
  let shown = [];
  const across = (place) => LEFT + (place / (COUNTS.length - 1)) * (wide - LEFT - RIGHT);
  const rules = LINES.map((accuracy) => shape("line", { class: "book-rule", x1: LEFT, y1: down(accuracy), y2: down(accuracy) }));
  const heights = LINES.map((accuracy) => shape("text", { class: "book-tick book-tick-up", x: LEFT - 7, y: down(accuracy) }, `${100 * accuracy} %`));
  const counts = COUNTS.map((count) => shape("text", { class: "book-tick", y: HIGH - BOTTOM + 15 }, String(count)));
  const name = shape("text", { class: "book-tick", y: HIGH - 4 }, "pictures of each class");
  const title = shape("text", { class: "book-tick book-tick-title", x: LEFT, y: 17 }, "accuracy on new pictures");
  const marker = shape("line", { class: "book-marker", y1: down(LINES.at(-1)), y2: HIGH - BOTTOM });
  const bands = WAYS.map((_, way) => shape("polygon", { class: `book-band book-way-${way}` }));
  const lines = WAYS.map((_, way) => shape("polyline", { class: `book-line book-way-${way}` }));
  const heads = WAYS.map((_, way) => shape("circle", { class: `book-head book-way-${way}`, r: 6 }));
  const names = WAYS.map((_, way) => shape("text", { class: `book-line-name book-way-${way}` }, NAMES[way]));
  const about = [...rules, ...heights, ...counts, name, title, marker];
  const root = shape("svg", { class: "book-chart", role: "img" }, ...about, ...bands, ...lines, ...heads, ...names);
  root.addEventListener("click", (event) => {
    const at = event.clientX - root.getBoundingClientRect().left;
    const far = COUNTS.map((_, place) => Math.abs(across(place) - at));
    onPick(COUNTS[far.indexOf(Math.min(...far))]);
  });

  /** Draw a place among the counts, mean and spread for each way and count, and where names stand. */
  const put = (numbers) => {
    shown = numbers;
    const at = numbers[0];
    set(marker, { x1: across(at), x2: across(at) });
    const [low, high] = [Math.floor(at), Math.ceil(at)];
    WAYS.forEach((_, way) => {
      const from = 1 + 2 * COUNTS.length * way;
      const each = COUNTS.map((__, place) => numbers.slice(from + 2 * place, from + 2 * place + 2));
      const edge = (sign) => each.map(([mean, spread], place) => [across(place), down(mean + sign * spread)]);
      set(lines[way], { points: points(edge(0)) });
      set(bands[way], { points: points([...edge(1), ...edge(-1).reverse()]) });
      const mean = each[low][0] + (at - low) * (each[high][0] - each[low][0]);
      set(heads[way], { cx: across(at), cy: down(mean) });
      set(names[way], { x: wide - RIGHT + 10, y: numbers[1 + 2 * COUNTS.length * WAYS.length + way] });
    });
  };
  const move = eased(put, 450);
  const draw = (curves, place, words) => {
    root.setAttribute("aria-label", words);
    move.to([place, ...curves.flat(2), ...spaced(curves.map((curve) => down(curve.at(-1)[0])), LINE)]);
  };
  const resize = (width) => {
    wide = width;
    set(root, { viewBox: `0 0 ${wide} ${HIGH}` });
    for (const rule of rules) set(rule, { x2: wide - RIGHT });
    counts.forEach((text, place) => set(text, { x: across(place) }));
    set(name, { x: (LEFT + wide - RIGHT) / 2 });
    if (shown.length) put(shown);
  };
  resize(wide);
  return { root, draw, resize, stop: move.stop };
}
