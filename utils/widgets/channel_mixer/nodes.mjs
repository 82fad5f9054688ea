// The nodes of the channel mixer, made once: two photographs, and the matrix between them.

import { number } from "../kit/numbers.mjs";
import { choice, element, onArrows, update } from "../kit/parts.mjs";
import { tiles } from "../kit/tiles.mjs";
import { paintChannel, paintColours, picture } from "./pictures.mjs";
import { mix, toLevels, weighed } from "./math.mjs";
import { COLOURS, short } from "./words.mjs";

const CHANNELS = [0, 1, 2];
const [LEAST, MOST, STEP] = [-1, 2, 0.05];

const wordOf = (o, i) => `weight-${o}-${i}`;
const wordsOf = (pair) => CHANNELS.map((other) => wordOf(...pair(other))).join(" ");

/** A large photograph under its title, with the colour of the marked pixel in a corner. */
function photograph(title, label, act) {
  const shown = picture(act.point);
  const swatch = element("span", { class: "book-swatch" });
  shown.root.append(swatch);
  const about = { tabindex: 0, role: "application", "aria-label": `${label}: arrow keys move the pixel` };
  for (const [name, value] of Object.entries(about)) shown.root.setAttribute(name, value);
  onArrows(shown.root, act.step);
  const root = element("figure", { class: "book-photo" }, element("figcaption", {}, title), shown.root);
  return { ...shown, frame: root, swatch };
}

/** A channel on its own, with the level of the marked pixel. */
function plane(kind, channel, about, act) {
  const shown = picture(act.point);
  const label = element("span", { class: "book-pill" });
  const root = element("div", { class: `book-channel book-${kind}`, "data-about": about }, shown.root, label);
  const set = (level) => {
    label.textContent = `${COLOURS[channel][0].toUpperCase()} ${number(level, 0)}`;
  };
  return { ...shown, frame: root, set };
}

/** One product: a weight that slides, over the input channel times that weight. */
function product(o, i, act) {
  const shown = picture(act.point);
  const label = element("span", { class: "book-pill", "aria-hidden": true });
  const input = element("input", {
    type: "range",
    min: LEAST,
    max: MOST,
    step: STEP,
    "aria-label": `Weight of ${COLOURS[i]} in for ${COLOURS[o]} out`,
    oninput: () => act.weigh(o, i, Number(input.value)),
    onfocus: () => act.choose(o),
  });
  const about = { class: "book-weighing", "data-about": wordOf(o, i), onpointerenter: () => act.choose(o) };
  const root = element("div", about, shown.root, label, input);
  const set = (weight) => {
    label.textContent = short(weight);
    root.classList.toggle("book-negative", weight < -0.005);
    input.setAttribute("aria-valuetext", short(weight));
  };
  return { ...shown, frame: root, input, set };
}

/** Make every node; `act` is what controls do, `photos` and `recipes` what there is to pick. */
export function build({ photos, recipes, side, small, act }) {
  const before = photograph("Input", "Input picture", act);
  const after = photograph("Output", "Output picture", act);
  const inputs = CHANNELS.map((i) => plane("in", i, wordsOf((o) => [o, i]), act));
  const outputs = CHANNELS.map((o) => plane("out", o, wordsOf((i) => [o, i]), act));
  for (const [o, { frame }] of outputs.entries()) frame.addEventListener("pointerenter", () => act.choose(o));
  const cells = CHANNELS.map((o) => CHANNELS.map((i) => product(o, i, act)));
  const rows = CHANNELS.flatMap((o) => [...cells[o].map(({ frame }) => frame), outputs[o].frame]);
  const corner = element("span", { class: "book-corner" }, "sums");
  const block = element("div", { class: "book-block", role: "group", "aria-label": "Weights" });
  block.append(...inputs.map(({ frame }) => frame), corner, ...rows);
  const lab = element("div", { class: "book-mixing" }, before.frame, block, after.frame);
  const presets = tiles("Weights", Object.keys(recipes), act.pick);
  const photo = choice({
    label: "Photograph",
    options: Object.keys(photos).map((name) => [name, name]),
    onInput: (name) => update(act.model, { photo: name }),
  });
  const credit = element("p", { class: "book-caption" });
  const all = [before, after, ...inputs, ...outputs, ...cells.flat()];

  /** Show a photograph: what does not change with the weights. */
  const load = ({ pixels, tiny, credit: text }) => {
    paintColours(before.canvas, side, pixels);
    for (const i of CHANNELS) paintChannel(inputs[i].canvas, small, tiny.subarray(i * small ** 2), i);
    for (const [name, canvas] of Object.entries(presets.canvases))
      paintColours(canvas, small, toLevels(mix(tiny, recipes[name])));
    credit.textContent = `Photograph: ${text}.`;
  };
  /** Show what the weights, which may be on their way, make of it. */
  const show = ({ pixels, tiny }, matrix) => {
    paintColours(after.canvas, side, toLevels(mix(pixels, matrix)));
    const levels = toLevels(mix(tiny, matrix));
    const count = small ** 2;
    for (const o of CHANNELS) {
      paintChannel(outputs[o].canvas, small, levels.subarray(o * count), o);
      for (const i of CHANNELS) {
        const weight = matrix[o][i];
        const plain = tiny.subarray(i * count, (i + 1) * count);
        paintChannel(cells[o][i].canvas, small, toLevels(weighed(plain, Math.abs(weight))), i);
        cells[o][i].set(weight);
      }
    }
  };
  /** Mark a pixel everywhere, and write down what meets there. */
  const mark = ([row, column], { pixel, sums, levels }, channel) => {
    const [down, across] = [row, column].map((place) => (place + 0.5) / side);
    for (const one of all) one.mark(down, across);
    before.swatch.style.backgroundColor = `rgb(${pixel.join(" ")})`;
    after.swatch.style.backgroundColor = `rgb(${levels.join(" ")})`;
    for (const i of CHANNELS) inputs[i].set(pixel[i]);
    for (const o of CHANNELS) {
      outputs[o].set(sums[o]);
      for (const part of [outputs[o].frame, ...cells[o].map(({ frame }) => frame)])
        part.classList.toggle("book-chosen", o === channel);
    }
  };
  const slide = (matrix) => {
    for (const o of CHANNELS) for (const i of CHANNELS) cells[o][i].input.value = matrix[o][i];
  };
  return { lab, presets, photo, more: [photo.root, credit], load, show, mark, slide };
}
