// The race track: a lane for each optimiser, from the height of its start to the goal.

import { NAMES, progress } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

// The heads differ in form, so that colour is not needed to tell them apart: paths of ± 7 pixels.
export const FORMS = {
  SGD: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
  momentum: "M-5.5 -5.5h11v11h-11z",
  Adagrad: "M0 -7L6.5 5H-6.5z",
  RMSProp: "M0 -7.5L7.5 0L0 7.5L-7.5 0z",
  Adam: "M0 -7.5L2.2 -2.6L7.4 -2.3L3.4 1.1L4.7 6.3L0 3.4L-4.7 6.3L-3.4 1.1L-7.4 -2.3L-2.2 -2.6z",
};

/** The mark of an optimiser. */
export function head(name) {
  return shape("path", { class: `book-racer book-${name.toLowerCase()}`, d: FORMS[name], "data-about": name });
}

function lane(name) {
  const done = element("span", { class: "book-done-part" });
  const flag = element("span", { class: "book-flag", "aria-hidden": true });
  const badge = shape("svg", { viewBox: "-9 -9 18 18", class: "book-badge", "aria-hidden": true }, head(name));
  const runner = element("span", { class: "book-runner" }, badge);
  const rate = element("span", { class: "book-rate" });
  const result = element("span", { class: "book-result" });
  const title = element("span", { class: "book-name" }, name, " ", rate);
  const track = element("span", { class: "book-track" }, done, flag, runner);
  const root = element("li", { class: `book-lane book-${name.toLowerCase()}`, "data-about": name }, title, result, track);
  const place = (share) => {
    done.style.width = `${100 * share}%`;
    runner.style.left = `${100 * share}%`;
  };
  const say = (run, step) => {
    const isHome = run.arrival !== null && step >= run.arrival;
    const isOut = run.hasLeft && step >= run.path.length - 1;
    rate.textContent = `lr ${run.lr}`;
    result.textContent = isHome ? `${run.arrival} steps` : isOut ? "off the map" : "";
    root.classList.toggle("book-home", isHome);
    root.classList.toggle("book-out", isOut);
  };
  return { root, place, say };
}

/** { root, place(shares), say(runs, step) }: all five lanes. */
export function lanes() {
  const all = NAMES.map(lane);
  const root = element("ul", { class: "book-lanes", "aria-label": "How far down each optimiser is" }, ...all.map((one) => one.root));
  return {
    root,
    place: (shares) => all.forEach((one, index) => one.place(shares[index])),
    say: (runs, step) => all.forEach((one, index) => one.say(runs[index], step)),
  };
}

/** How far down its lane a run is at a step that need not be whole. */
export function shareOf({ heights }, step) {
  const last = heights.length - 1;
  const from = Math.min(Math.floor(step), last);
  const [one, next] = [from, Math.min(from + 1, last)].map((at) => progress(heights[at], heights[0]));
  return one + (step - Math.floor(step)) * (next - one);
}
