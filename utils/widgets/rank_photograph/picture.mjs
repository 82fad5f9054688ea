// The photograph, the sum of its layers, the newest layer, and the curve of singular values.

import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";
import { greys, rebuilt, signedGreys } from "./math.mjs";

const [MOST, LEAST] = [2, -4]; // powers of ten on the axis of singular values
const LINES = [1, 0, -1, -2, -3];

/** A picture under a title. */
function photo(look, title, ...nodes) {
  const caption = element("figcaption", { class: "book-caption" }, title);
  const root = element("figure", { class: `book-frame book-${look}` }, caption, ...nodes);
  return { root, caption };
}

/** The three pictures in a row. */
export function pictures(side) {
  const [original, sum, layer, column, row] = Array.from({ length: 5 }, () => element("canvas", { role: "img" }));
  column.classList.add("book-column");
  row.classList.add("book-row-strip");
  const product = element("div", { class: "book-product" }, row, column, layer);
  const frames = [photo("original", "photograph", original), photo("sum", "", sum), photo("layer", "", product)];
  const root = element("div", { class: "book-frames" }, ...frames.map((frame) => frame.root));
  for (const [canvas, words] of [[column, "The column of the newest layer"], [row, "The row of the newest layer"]])
    canvas.setAttribute("aria-label", words);

  /** `bytes` are the photograph's, `parts` its layers, `count` of which are added up. */
  function draw(bytes, parts, count) {
    paint(original, bytes, side, side);
    paint(sum, greys(rebuilt(parts, 0, count)), side, side);
    paint(layer, signedGreys(rebuilt(parts, count - 1, count)), side, side);
    paint(column, signedGreys(parts.columns[count - 1]), 1, side);
    paint(row, signedGreys(parts.rows[count - 1]), side, 1);
    frames[1].caption.textContent = count === 1 ? "1 layer" : `sum of ${count} layers`;
    frames[2].caption.textContent = `layer ${count} = column × row`;
    original.setAttribute("aria-label", "The photograph");
    sum.setAttribute("aria-label", frames[1].caption.textContent);
    layer.setAttribute("aria-label", `Layer ${count} alone; grey is zero`);
  }
  return { root, draw };
}

/** The singular values as bars; `pick(count)` hears how many layers the reader wants. */
export function curve(side, pick) {
  const up = (value) => (100 * (Math.log10(Math.max(value, 10 ** LEAST)) - LEAST)) / (MOST - LEAST);
  const bars = shape("g");
  const drawing = shape("svg", { viewBox: `0 0 ${side} 100`, preserveAspectRatio: "none", "aria-hidden": true }, bars);
  const rules = LINES.map((power) => {
    const line = element("div", { class: "book-level" }, element("i"), element("span", {}, String(10 ** power)));
    line.style.bottom = `${up(10 ** power)}%`;
    return line;
  });
  const handle = element("div", { class: "book-knob", tabindex: 0, role: "slider", "aria-label": "Last layer", "aria-valuemin": 1, "aria-valuemax": side });
  const stem = element("div", { class: "book-stem" });
  const field = element("div", { class: "book-spectrum" }, drawing);
  const axis = element("div", { class: "book-axis" }, ...rules, field, stem, handle);
  const names = element("div", { class: "book-names" }, element("span", {}, "singular value of each layer"), element("span", {}, `layer ${side}`));
  const root = element("div", { class: "book-curve" }, axis, names);
  let count = 1;

  const clamped = (wanted) => Math.max(1, Math.min(side, wanted));
  const at = ({ clientX }) => {
    const { left, width } = field.getBoundingClientRect();
    return clamped(Math.ceil(((clientX - left) / width) * side));
  };
  let isHeld = false;
  axis.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    isHeld = true;
    axis.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
    pick(at(event));
  });
  axis.addEventListener("pointermove", (event) => isHeld && pick(at(event)));
  axis.addEventListener("lostpointercapture", () => {
    isHeld = false;
  });
  onArrows(handle, (rows, columns) => pick(clamped(count + columns - rows)));

  /** Draw the bars of all values, those of the first `wanted` layers filled. */
  function draw(values, wanted, words) {
    count = wanted;
    bars.replaceChildren(
      ...values.map((value, index) => {
        const height = up(value);
        const look = index < wanted ? "book-bar book-kept" : "book-bar";
        return shape("rect", { class: look, x: index + 0.12, width: 0.76, y: 100 - height, height });
      }),
    );
    const left = `calc((100% - var(--gutter)) * ${(wanted - 0.5) / side})`;
    handle.style.left = stem.style.left = left;
    handle.style.bottom = `${up(values[wanted - 1])}%`;
    stem.style.height = handle.style.bottom;
    handle.setAttribute("aria-valuenow", wanted);
    handle.setAttribute("aria-valuetext", words);
  }
  return { root, draw };
}
