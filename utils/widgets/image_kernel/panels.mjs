// The view of the image kernel explorer: all its nodes, and how settings are drawn.

import { correlate2d, offsetOf, productsAt, toGrey } from "./math.mjs";
import { paint } from "../kit/pixels.mjs";
import { editor, picture, productTable, tiles } from "./nodes.mjs";
import { MEANINGS, rangeSentence, tidy, torchCode } from "./words.mjs";
import { choice, copyable, demoRoot, element, group, liveLine, slider } from "../kit/parts.mjs";

/** Room for the widest padding around the picture, in input pixels. */
export const MARGIN = 2;

const caption = () => element("p", { class: "book-caption" });

function panel(heading, ...parts) {
  const title = element("p", { class: "book-heading" }, heading);
  return { root: element("div", { class: "book-panel" }, title, ...parts), title };
}

/** Make every node once; a picture is `side` input pixels wide, `act` is what controls do. */
export function build(names, side, act) {
  const photo = choice({
    label: "Photograph",
    options: names.map((name) => [name, name]),
    onInput: (name) => act.set({ photo: name }),
  });
  const view = choice({
    label: "Output shown",
    options: [
      ["raw", "raw, rescaled"],
      ["clipped", "clipped to 0\u2013255"],
    ],
    onInput: (name) => act.set({ view: name }),
  });
  const size = choice({
    label: "Size",
    options: [3, 5].map((count) => [count, `${count} \u00d7 ${count}`]),
    onInput: (count) => act.resize(Number(count)),
  });
  const padding = slider({
    label: "Padding",
    min: 0,
    max: MARGIN,
    onInput: (value) => act.move({ padding: value }),
  });
  const stride = slider({
    label: "Stride",
    min: 1,
    max: 4,
    onInput: (value) => act.move({ stride: value }),
  });
  const presets = tiles("Kernel", Object.keys(MEANINGS), act.pick);
  const weights = editor(act.edit);
  const keys = "arrow keys, Home and End move the";
  const input = picture(`Input picture: ${keys} window`, side, act.pointInput, act.step);
  const output = picture(`Output picture: ${keys} pixel`, side, act.pointOutput, act.step);
  const inputPanel = panel("Input", input.stage);
  const outputPanel = panel("Output", output.stage);
  const [meaning, formula, range, credit] = [caption(), caption(), caption(), caption()];
  inputPanel.root.append(formula);
  outputPanel.root.append(range);
  const products = productTable();
  const sum = liveLine("book-sum");
  const swatch = element("span", { class: "book-swatch", "aria-hidden": "true" });
  const code = copyable("The same in torch");
  const root = demoRoot(
    "Image kernel explorer",
    element("p", { class: "book-title" }, "Image kernel explorer"),
    presets.root,
    meaning,
    element("div", { class: "book-panels" }, inputPanel.root, outputPanel.root),
    element("div", { class: "book-controls" }, photo.root, view.root, padding.root, stride.root),
    element(
      "div",
      { class: "book-panels" },
      group("Weights", weights.grid, weights.by, size.root, weights.note),
      group("Products", products.root, element("div", { class: "book-row" }, sum, swatch)),
    ),
    element("div", { class: "book-panel" }, code.root),
    credit,
  );
  root.classList.add("book-image-kernel");
  const choices = { photo, view, padding, stride };
  const titles = { input: inputPanel.title, output: outputPanel.title };
  const texts = { ...titles, meaning, formula, range, credit, sum };
  return { root, choices, size, presets, weights, input, output, products, texts, swatch, code };
}

/** Draw everything but the selected pixel; returns the output and its grey levels. */
export function draw(view, state, photo) {
  const { pixels, width, height } = photo;
  const { kernel, padding, stride } = state;
  const size = kernel.length;
  const output = correlate2d(pixels, width, height, kernel, state);
  const grey = toGrey(output.values, state.view);
  for (const [name, control] of Object.entries(view.choices)) control.set(state[name]);
  view.size.set(size);
  view.presets.set(state.preset);
  view.weights.set(state);
  view.input.show(pixels, width, height, MARGIN, 1);
  const near = MARGIN - padding;
  const frame = `M${near} ${near}h${width + 2 * padding}v${height + 2 * padding}H${near}z`;
  const inside = `M${MARGIN} ${MARGIN}h${width}v${height}H${MARGIN}z`;
  view.input.ring.setAttribute("d", padding ? frame + inside : "");
  view.output.show(grey.greys, output.columns, output.rows, offsetOf(size, state, MARGIN), stride);
  const { texts } = view;
  const padded = `, padded to ${height + 2 * padding} \u00d7 ${width + 2 * padding}`;
  texts.input.textContent = `Input ${height} \u00d7 ${width}${padding ? padded : ""}`;
  texts.output.textContent = `Output ${output.rows} \u00d7 ${output.columns}`;
  const steps = `\u230a(${width} + 2 \u00d7 ${padding} \u2212 ${size}) / ${stride}\u230b`;
  texts.formula.textContent =
    `Output size: ${steps} + 1 = ${output.columns} window positions a side.`;
  texts.meaning.textContent = MEANINGS[state.preset];
  texts.range.textContent = rangeSentence(grey, output.values.length, state.view);
  texts.credit.textContent = `Photograph: ${photo.credit}.`;
  view.code.set(torchCode(state, photo, grey));
  return { ...output, greys: grey.greys };
}

/** Draw the selected output pixel, its window and its products. */
export function drawPosition(view, state, photo, output, [row, column]) {
  const { kernel, padding, stride, divisor } = state;
  const size = kernel.length;
  const { pixels, width, height } = photo;
  const { cells, sum, result } = productsAt(pixels, width, height, kernel, state, [row, column]);
  const offset = offsetOf(size, state, MARGIN);
  const corner = MARGIN - padding;
  view.input.select(corner + column * stride, corner + row * stride, size);
  view.output.select(offset + column * stride, offset + row * stride, stride);
  const place = `y[0, 0, ${row}, ${column}]`;
  view.products.set(`${place}: pixel \u00d7 weight = product`, cells);
  const grey = output.greys[row * output.columns + column];
  const lost = state.view === "clipped" && (result < 0 || result > 255);
  view.texts.sum.textContent =
    `Sum ${tidy(sum)} \u00f7 ${tidy(divisor)} = ${tidy(result)} \u2192 grey ${grey}${lost ? " (cut off)" : ""}`;
  view.swatch.style.backgroundColor = `rgb(${grey}, ${grey}, ${grey})`;
}

/** Draw what a kernel makes of every second pixel. */
export function paintThumb(canvas, { pixels, width, height }, { kernel, divisor, view }) {
  const options = { padding: 0, stride: 2, divisor };
  const { values, rows, columns } = correlate2d(pixels, width, height, kernel, options);
  paint(canvas, toGrey(values, view).greys, columns, rows);
}
