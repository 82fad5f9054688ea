// The river of probabilities over all temperatures, and the stacked bar that rides on it.

import { element, shape } from "../kit/parts.mjs";
import { apart, edges, probabilities, river } from "./math.mjs";
import { number } from "./words.mjs";

const SAMPLES = 80; // steps of the river from the lowest to the highest temperature
const GAP = 0.1; // between the middles of two labels, a share of the height
const TICKS = ["0.1 sharp", "1", "flat 10"];
const [LOW, HIGH] = [-1, 1]; // powers of ten of the temperature

const POWERS = Array.from({ length: SAMPLES + 1 }, (_, index) => LOW + ((HIGH - LOW) * index) / SAMPLES);
const TEMPERATURES = POWERS.map((power) => 10 ** power);
const percent = (part) => `${100 * part}%`;

/** The outline of one class in the river, in a box of 100 by 100. */
function outline(stacks, index) {
  const across = (at) => ((100 * at) / SAMPLES).toFixed(2);
  const upper = stacks.map((found, at) => `${across(at)} ${(100 * found[index]).toFixed(2)}`);
  const lower = stacks.map((found, at) => `${across(at)} ${(100 * found[index + 1]).toFixed(2)}`);
  return `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
}

/** The picture; `pick(power)` hears where a mouse or finger wants the temperature. */
export function picture(most, pick) {
  const all = (make) => Array.from({ length: most }, (_, index) => make(index));
  const look = (name, index) => ({ class: `book-${name} book-look-${index}`, "data-about": `class-${index}` });
  const areas = all((index) => shape("path", look("area", index)));
  const slices = all((index) => element("div", look("slice", index)));
  const values = all(() => element("b", {}));
  const labels = all((index) => element("div", look("label", index), element("span", {}, "class "), `${index} `, values[index]));
  const water = shape("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img" }, ...areas);
  const bar = element("div", { class: "book-bar", "aria-hidden": true }, ...slices);
  const flow = element("div", { class: "book-flow" }, water, bar);
  const ticks = TICKS.map((text) => element("span", {}, text));
  const scale = element("div", { class: "book-ticks", "aria-hidden": true }, ...ticks);
  const names = element("div", { class: "book-labels", "aria-hidden": true }, ...labels);
  const root = element("div", { class: "book-river" }, flow, names, scale);

  const at = ({ clientX }) => {
    const { left, width } = water.getBoundingClientRect();
    return LOW + ((clientX - left) / width) * (HIGH - LOW);
  };
  let isHeld = false;
  flow.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    isHeld = true;
    flow.setPointerCapture(event.pointerId);
    pick(at(event));
  });
  flow.addEventListener("pointermove", (event) => isHeld && pick(at(event)));
  flow.addEventListener("lostpointercapture", () => {
    isHeld = false;
  });

  /** The river of these logits, and the bar at a power of ten. */
  function flowTo(logits, power) {
    const stacks = river(logits, TEMPERATURES);
    const found = edges(probabilities(logits, 10 ** power));
    const middles = logits.map((_, index) => (found[index] + found[index + 1]) / 2);
    const places = apart(middles, GAP);
    bar.style.setProperty("--share", (power - LOW) / (HIGH - LOW));
    for (const index of areas.keys()) {
      const isShown = index < logits.length;
      areas[index].setAttribute("d", isShown ? outline(stacks, index) : "");
      slices[index].hidden = labels[index].hidden = !isShown;
      if (!isShown) continue;
      slices[index].style.top = percent(found[index]);
      slices[index].style.height = percent(found[index + 1] - found[index]);
      labels[index].style.top = percent(places[index]);
    }
  }

  /** Numbers, the true class, and the picture in words. */
  function tell({ chances, truth }, words) {
    for (const [index, chance] of chances.entries()) {
      values[index].textContent = number(chance);
      for (const node of [slices[index], labels[index]]) node.classList.toggle("book-is-true", index === truth);
    }
    water.setAttribute("aria-label", words);
  }
  return { root, flowTo, tell };
}
