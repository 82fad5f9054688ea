// The picture: sixteen switches between their two readings, and a line with both numbers.

import { BITS, part, range, value } from "./math.mjs";
import { formula, pictureWords, sizeWords } from "./words.mjs";
import { power } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const NAMES = ["float16", "bfloat16"];
const [LEAST, MOST] = [-47, 47]; // powers of ten from one end of the line to the other
const FAR = 43; // where 0 and infinity are drawn
const RULES = [-40, -20, 0, 20, 40];

const share = (exponent) => (100 * (exponent - LEAST)) / (MOST - LEAST);

/** Where a number stands on the line: 0 far on the left, infinity far on the right. */
const place = (x) => Math.max(-FAR, Math.min(FAR, Math.log10(Math.abs(x))));

/** A format's name, its formula and its number. */
function reading(name) {
  const how = element("span", { class: "book-how" });
  const number = element("strong", {});
  const root = element("div", { class: "book-readout" }, element("span", { class: "book-name" }, name), how, number);
  const set = (code) => {
    how.replaceChildren(...formula(code, name).map(([text, look]) => element("span", look ? { class: `book-${look}` } : {}, text)));
    number.textContent = `= ${sizeWords(value(code, name))}`;
  };
  return { root, set };
}

/** The sizes that a format holds, and a dot for the number. */
function track(name) {
  const [low, normal, high] = range(name).map((x) => share(Math.log10(x)));
  const dot = element("div", { class: "book-dot" });
  const bar = (from, to, look) => element("div", { class: look, style: `left: ${from}%; width: ${to - from}%` });
  const root = element("div", { class: "book-track" }, element("span", {}, name), bar(low, normal, "book-sparse"), bar(normal, high, "book-normal"), dot);
  return { root, dot };
}

/** `onFlip(place)` hears of a switch; `draw(state)` eases to a new state. */
export function picture(onFlip) {
  const readings = NAMES.map(reading);
  const switches = Array.from({ length: BITS }, (_, at) =>
    element("button", {
      type: "button",
      class: `book-bit ${NAMES.map((name) => `book-${name}-${part(at, name)}`).join(" ")}`,
      onclick: () => onFlip(at),
    }),
  );
  const tracks = NAMES.map(track);
  const rules = RULES.map((exponent) => element("span", { style: `left: ${share(exponent)}%` }, exponent ? power(exponent) : "1"));
  const line = element("div", { class: "book-sizes", role: "img" }, ...tracks.map(({ root }) => root), element("div", { class: "book-rules" }, ...rules));
  const legend = element("div", { class: "book-legend" }, ...["sign", "exponent", "fraction"].map((name) => element("span", { class: `book-${name}` }, name)));
  const [above, below] = readings.map(({ root }) => root);
  const root = element("div", { class: "book-float" }, above, element("div", { class: "book-bits", role: "group", "aria-label": "Bits" }, ...switches), below, legend, line);
  const move = eased((places) => {
    places.forEach((exponent, index) => {
      tracks[index].dot.style.left = `${share(exponent)}%`;
    });
  });
  const draw = ({ code }) => {
    switches.forEach((node, at) => {
      const isOn = (code >> (BITS - 1 - at)) % 2 === 1;
      node.textContent = isOn ? "1" : "0";
      node.setAttribute("aria-pressed", isOn);
      node.setAttribute("aria-label", `Bit ${at + 1}: ${isOn ? 1 : 0}`);
    });
    for (const one of readings) one.set(code);
    line.setAttribute("aria-label", pictureWords({ code }));
    const numbers = NAMES.map((name) => value(code, name));
    numbers.forEach((x, index) => tracks[index].dot.classList.toggle("book-none", Number.isNaN(x)));
    move.to(numbers.map((x) => (Number.isNaN(x) ? FAR : place(x))));
  };
  return { root, draw, stop: move.stop };
}
