// The accuracy of the three ways against the number of pictures, each with the band of its spread.

import { COUNTS, WAYS, spaced } from "./math.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

// Pixels around the plot; it is as wide and high as its place, so that letters keep their size.
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 88, 6, 24];
const [LEAST, MOST] = [0.1, 0.9]; // of the accuracy axis
const LINE = 14; // pixels from the name of a line to the next
const NAMES = ["scratch", "frozen", "fine-tuned"];
const LINES = [0.2, 0.4, 0.6, 0.8];

const points = (list) => list.map((point) => point.join(" ")).join(" ");

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/**
 * The chart. `draw(curves, place, words, time)` takes [mean, spread] for each way and count, and the
 * milliseconds that it may take; `resize(width, height)` the pixels that there are, and `onPick(count)` hears a touch.
 */
export function chart(onPick) {
  let [wide, high] = [640, 160];
  let shown = [];
  const down = (accuracy) => TOP + ((MOST - accuracy) / (MOST - LEAST)) * (high - TOP - BOTTOM);
  const across = (place) => LEFT + (place / (COUNTS.length - 1)) * (wide - LEFT - RIGHT);
  const rules = LINES.map(() => shape("line", { class: "book-rule", x1: LEFT }));
  const heights = LINES.map((accuracy) => shape("text", { class: "book-tick book-tick-up", x: LEFT - 7 }, `${100 * accuracy} %`));
  const counts = COUNTS.map((count) => shape("text", { class: "book-tick" }, String(count)));
  const name = ["pictures", "per class"].map((words) => shape("text", { class: "book-tick book-tick-title" }, words));
  const title = shape("text", { class: "book-tick book-tick-title", x: LEFT }, "accuracy on new pictures");
  const marker = shape("line", { class: "book-marker" });
  const bands = WAYS.map((_, way) => shape("polygon", { class: `book-band book-way-${way}` }));
  const lines = WAYS.map((_, way) => shape("polyline", { class: `book-line book-way-${way}` }));
  const heads = WAYS.map((_, way) => shape("circle", { class: `book-head book-way-${way}`, r: 6 }));
  const names = WAYS.map((_, way) => shape("text", { class: `book-line-name book-way-${way}` }, NAMES[way]));
  const about = [...rules, ...heights, ...counts, ...name, title, marker];
  const root = shape("svg", { class: "book-chart", role: "img" }, ...about, ...bands, ...lines, ...heads, ...names);
  root.addEventListener("click", (event) => {
    const at = event.clientX - root.getBoundingClientRect().left;
    const far = COUNTS.map((_, place) => Math.abs(across(place) - at));
    onPick(COUNTS[far.indexOf(Math.min(...far))]);
  });

  /** Draw a place among the counts, mean and spread for each way and count. */
  const put = (numbers) => {
    shown = numbers;
    const at = numbers[0];
    set(marker, { x1: across(at), x2: across(at) });
    const [before, after] = [Math.floor(at), Math.ceil(at)];
    const free = spaced(WAYS.map((_, way) => down(numbers[2 * COUNTS.length * (way + 1) - 1])), LINE);
    const low = Math.max(0, Math.max(...free) - (high - BOTTOM - LINE)); // the axis has its name below
    WAYS.forEach((_, way) => {
      const from = 1 + 2 * COUNTS.length * way;
      const each = COUNTS.map((__, place) => numbers.slice(from + 2 * place, from + 2 * place + 2));
      const edge = (sign) => each.map(([mean, spread], place) => [across(place), down(mean + sign * spread)]);
      set(lines[way], { points: points(edge(0)) });
      set(bands[way], { points: points([...edge(1), ...edge(-1).reverse()]) });
      const mean = each[before][0] + (at - before) * (each[after][0] - each[before][0]);
      set(heads[way], { cx: across(at), cy: down(mean) });
      set(names[way], { x: wide - RIGHT + 10, y: free[way] - low });
    });
  };
  const move = eased(put);
  const draw = (curves, place, words, time) => {
    root.setAttribute("aria-label", words);
    move.to([place, ...curves.flat(2)], time);
  };
  const resize = (width, height) => {
    [wide, high] = [width, height];
    const foot = high - BOTTOM;
    set(root, { viewBox: `0 0 ${wide} ${high}` });
    LINES.forEach((accuracy, at) => {
      set(rules[at], { x2: wide - RIGHT, y1: down(accuracy), y2: down(accuracy) });
      set(heights[at], { y: down(accuracy) });
    });
    counts.forEach((text, place) => set(text, { x: across(place), y: foot + 18 }));
    name.forEach((text, at) => set(text, { x: wide - RIGHT + 18, y: foot + 5 + 13 * at }));
    set(title, { y: down(LINES.at(-1)) - 6 });
    set(marker, { y1: down(LINES.at(-1)), y2: foot });
    if (shown.length) put(shown);
  };
  resize(wide, high);
  return { root, draw, resize, stop: move.stop };
}
