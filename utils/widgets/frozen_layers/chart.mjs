// The accuracy against the number of frozen layers, a curve for each number of images.

import { percent } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const [FLOOR, TOP] = [0.5, 1]; // accuracies in sight
const TICKS = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
const LOW = 0.62; // an accuracy below which its number stands above it
const GAPS = [6.5, 11]; // per cent of the height between two names of curves, on a desk and on a phone
const [LEFT, RIGHT] = [6, 94]; // per cent of the width for no and for all but one frozen layer

const across = (frozen, most) => LEFT + ((RIGHT - LEFT) * frozen) / most;
const down = (accuracy) => (100 * (TOP - Math.max(FLOOR, Math.min(TOP, accuracy)))) / (TOP - FLOOR);
/** Heights moved apart, so that what is written there does not touch. */
export function apart(heights, gap) {
  const order = heights.map((_, index) => index).sort((one, other) => heights[one] - heights[other]);
  const places = [...heights];
  for (let round = 0; round < 50; round++) {
    for (let at = 1; at < order.length; at++) {
      const [above, below] = [order[at - 1], order[at]];
      const lack = Math.max(0, gap - (places[below] - places[above])) / 2;
      places[above] -= lack;
      places[below] += lack;
    }
  }
  return places;
}

const points = (list) => list.map((place) => place.map((at) => at.toFixed(2)).join(",")).join(" ");

/** `draw(means, spreads, frozen)` draws the chosen curve; `onPick(images)` hears of a click on another one. */
export function chart(runs, counts, onPick) {
  const most = runs[counts[0]].length - 1;
  const line = (means) => points(means.map((mean, frozen) => [across(frozen, most), down(mean)]));
  const others = counts.map((count) => shape("polyline", { class: "book-other", points: line(runs[count].map(({ accuracy }) => accuracy)) }));
  const band = shape("polygon", { class: "book-band" });
  const main = shape("polyline", { class: "book-main" });
  const svg = shape("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": true }, ...TICKS.map((tick) => shape("line", { x1: 0, x2: 100, y1: down(tick), y2: down(tick) })), ...others, band, main);
  const dot = element("i", { class: "book-dot" });
  const said = element("b", { class: "book-said" });
  const [desk, phone] = GAPS.map((gap) => apart(counts.map((count) => down(runs[count].at(-1).accuracy)), gap));
  const ends = counts.map((count, at) => {
    const end = element("span", { class: "book-end", style: `--desk: ${desk[at].toFixed(2)}%; --phone: ${phone[at].toFixed(2)}%` }, String(count));
    end.addEventListener("click", () => onPick(count));
    return end;
  });
  const rows = TICKS.map((tick) => element("span", { class: "book-row-name", style: `top: ${down(tick)}%` }, percent(tick)));
  const columns = Array.from({ length: most + 1 }, (_, frozen) => element("span", { class: "book-column-name", style: `left: ${across(frozen, most)}%` }, String(frozen)));
  const field = element("div", { class: "book-field", role: "img" }, element("span", { class: "book-inside" }, svg, dot, said, ...ends, ...rows, ...columns));
  const root = element("div", { class: "book-chart" }, element("p", { class: "book-over" }, element("span", {}, "accuracy, new images"), element("span", {}, "images a class")), field, element("p", { class: "book-under" }, "frozen layers"));

  const draw = (means, spreads, frozen) => {
    main.setAttribute("points", line(means));
    const side = (sign) => means.map((mean, at) => [across(at, most), down(mean + sign * spreads[at])]);
    band.setAttribute("points", points([...side(1), ...side(-1).reverse()]));
    const low = Math.floor(frozen);
    const share = frozen - low;
    const mean = share ? means[low] * (1 - share) + means[low + 1] * share : means[low];
    // Beside the dot, towards the middle, and away from the numbers below.
    said.style.setProperty("--before", (0.1 + (0.8 * frozen) / most).toFixed(3));
    said.classList.toggle("book-above", mean < LOW);
    for (const node of [dot, said]) {
      node.style.left = `${across(frozen, most).toFixed(2)}%`;
      node.style.top = `${down(mean).toFixed(2)}%`;
    }
  };
  const say = (run, images, frozen) => {
    said.textContent = percent(run[frozen].accuracy);
    ends.forEach((end, at) => end.classList.toggle("book-chosen", counts[at] === images));
    columns.forEach((column, at) => column.classList.toggle("book-chosen", at === frozen));
    field.setAttribute("aria-label", `Accuracy with ${images} images a class, for 0 to ${most} frozen layers: ${run.map(({ accuracy }) => Math.round(100 * accuracy)).join(", ")} per cent`);
  };
  return { root, draw, say };
}
