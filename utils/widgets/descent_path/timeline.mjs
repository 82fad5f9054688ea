// The loss by step, on a logarithmic axis, with the step slider as its time axis.

import { CHART, GOAL, GOALS } from "./scene.mjs";
import { MOST_STEPS } from "./math.mjs";
import { percent } from "./words.mjs";
import { element, shape, slider } from "../kit/parts.mjs";

export const HEIGHT = { desk: 83, phone: 124 }; // of the chart, in pixels
const SIDES = [58, 46]; // pixels left and right of the slider; look.css knows them too
const THUMB = 8; // half of the slider's thumb
const TOP = 12;
const NAMED = [-3.3, -1.4]; // powers of ten of the loss at which earlier runs have their names

/** `scrub(step)` hears the slider and the pointer on the chart. */
export function timeline({ scrub }) {
  const svg = shape("svg", { class: "book-timeline", role: "img" });
  const steps = slider({ label: "Step", min: 0, max: MOST_STEPS, onInput: scrub });
  steps.root.classList.add("book-time");
  const root = element("div", { class: "book-history" }, svg, steps.root);
  let [width, height] = [0, HEIGHT.desk];
  const [bottom, top] = CHART;
  const across = (step) => SIDES[0] + THUMB + (step / MOST_STEPS) * (width - SIDES[0] - SIDES[1] - 2 * THUMB);
  const down = (power) => TOP + ((top - power) / (top - bottom)) * (height - TOP - 8);
  const text = (words, x, y, look) => shape("text", { class: `book-words book-${look}`, x, y }, words);
  const line = (look) => shape("polyline", { class: `book-mark book-${look}` });
  const past = shape("g", { class: "book-past" });
  let kept = [];
  const [future, trail] = [line("future"), line("trail")];
  const playhead = shape("line", { class: "book-playhead", y1: TOP - 4 });
  const ball = shape("circle", { class: "book-ball", r: 6 });
  const reading = shape("text", { class: "book-words book-reading" });

  /** Lay everything out for a size in pixels, with one of the goals or none. */
  function fit(size, aim) {
    [width, height] = size;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    playhead.setAttribute("y2", height);
    const [left, right] = [across(0), across(MOST_STEPS)];
    const rules = [0, -2, -4].map((power) =>
      shape("line", { class: "book-mark book-rule", x1: left, x2: right, y1: down(power), y2: down(power) }),
    );
    const names = [0, -2, -4].map((power) => text(percent(10 ** power), left - 10, down(power), "tick"));
    const [from, to] = (GOALS[aim] ?? [0, 0]).map(across);
    const high = down(Math.log10(GOAL));
    const box = { x: from, y: high, width: to - from, height: down(bottom) - high };
    const goal = aim
      ? [
          shape("rect", { class: "book-goal", rx: 3, ...box }),
          text("goal", (from + to) / 2, high + box.height / 2, "goal"),
        ]
      : [];
    const columns = Array.from({ length: MOST_STEPS + 1 }, (_, step) => {
      const half = (right - left) / MOST_STEPS / 2;
      const place = { x: across(step) - half, width: 2 * half, y: 0, height };
      return shape("rect", { class: "book-column", "data-about": `step-${step}`, ...place });
    });
    keep(kept);
    const caption = text("loss left", left - 10, TOP - 4, "caption");
    svg.replaceChildren(...rules, caption, ...names, ...goal, past, future, trail, playhead, ball, reading, ...columns);
  }

  /** At most two earlier runs, { heights, name }, each with its name where little loss is left. */
  function keep(runs) {
    kept = runs;
    past.replaceChildren(
      ...runs.flatMap(({ heights, name }, index) => {
        const points = heights.map((power, step) => [across(step), down(power)].join(" ")).join(" ");
        const low = heights.findIndex((power) => power <= NAMED[index]);
        const step = low < 0 ? MOST_STEPS : low;
        const at = low < 0 ? [across(step) - 4, down(heights[step]) - 8] : [across(step) + 6, down(NAMED[index])];
        const label = text(name, ...at, low < 0 ? "run book-before" : "run");
        return [shape("polyline", { class: "book-mark book-run", points }), label];
      }),
    );
  }

  /** Draw powers of ten by step, walked up to `progress`; `share` is what is left there. */
  function draw(heights, progress, share) {
    const pixels = heights.map((power, step) => [across(step), down(power)]);
    const last = Math.min(Math.floor(progress), MOST_STEPS);
    const next = pixels[Math.min(last + 1, MOST_STEPS)];
    const here = pixels[last].map((value, side) => value + (progress - last) * (next[side] - value));
    const walked = [...pixels.slice(0, last + 1), here];
    const list = (places) => places.map((place) => place.join(" ")).join(" ");
    future.setAttribute("points", list(pixels));
    trail.setAttribute("points", list(walked));
    for (const name of ["x1", "x2"]) playhead.setAttribute(name, here[0]);
    ball.setAttribute("cx", here[0]);
    ball.setAttribute("cy", here[1]);
    const isLeft = here[0] > width * 0.6;
    reading.textContent = percent(share);
    reading.setAttribute("x", here[0] + (isLeft ? -12 : 12));
    reading.setAttribute("y", Math.max(here[1], TOP + 6));
    reading.classList.toggle("book-before", isLeft);
  }

  const at = ({ clientX }) => {
    const box = svg.getBoundingClientRect();
    const x = ((clientX - box.left) * width) / box.width;
    const share = (x - across(0)) / (across(MOST_STEPS) - across(0));
    return Math.max(0, Math.min(MOST_STEPS, Math.round(share * MOST_STEPS)));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    svg.setPointerCapture(event.pointerId);
    scrub(at(event));
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) scrub(at(event));
  });

  const say = (words) => svg.setAttribute("aria-label", words);
  return { root, fit, draw, keep, say, set: steps.set };
}
