// The roofline on two logarithmic axes, with a dot for each operation; the matrix product can be dragged.

import { attainable, operations, wall } from "./math.mjs";
import { power } from "../kit/numbers.mjs";
import { onArrows, shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [480, 330];
const FRAME = { left: 50, right: 470, top: 24, bottom: 288 };
const [X, Y] = [[-1.6, 3.4], [-1.7, 6.3]]; // powers of ten of FLOP a byte, and of GFLOP/s
const ROOM = 120; // pixels that the name of a region needs
const RADIUS = 15;
export const GLYPHS = ["+", "Av", "AB", "∗"];
const PRODUCT = 2; // which of them is the matrix product

const across = (x) => FRAME.left + ((x - X[0]) / (X[1] - X[0])) * (FRAME.right - FRAME.left);
const down = (y) => FRAME.bottom - ((y - Y[0]) / (Y[1] - Y[0])) * (FRAME.bottom - FRAME.top);
const clamp = (x) => Math.max(X[0], Math.min(X[1], x));
const list = (points) => points.map(([x, y]) => `${across(x).toFixed(2)},${down(y).toFixed(2)}`).join(" ");

function text(x, y, words, look, anchor = "middle") {
  const node = shape("text", { x, y, class: look, "text-anchor": anchor });
  node.textContent = words;
  return node;
}

function backdrop() {
  const nodes = [];
  for (let x = Math.ceil(X[0]); x <= X[1]; x++) {
    nodes.push(shape("line", { class: "book-rule", x1: across(x), x2: across(x), y1: FRAME.top, y2: FRAME.bottom }));
    nodes.push(text(across(x), FRAME.bottom + 14, x === 0 ? "1" : x === 1 ? "10" : power(x), "book-tick"));
  }
  for (let y = Math.ceil(Y[0]); y <= Y[1]; y++) {
    nodes.push(shape("line", { class: "book-rule", x1: FRAME.left, x2: FRAME.right, y1: down(y), y2: down(y) }));
    if (y % 3 === 0) nodes.push(text(FRAME.left - 6, down(y), `1 ${["G", "T", "P"][y / 3]}`, "book-tick", "end"));
  }
  nodes.push(text(6, 10, "FLOP a second", "book-axis", "start"));
  nodes.push(text((FRAME.left + FRAME.right) / 2, HIGH - 8, "FLOP a byte", "book-axis"));
  return shape("g", { "aria-hidden": true }, ...nodes);
}

/**
 * Returns { root, draw(place, state, words) }: `place` holds the powers of ten of peak, bandwidth and n
 * that are drawn, `state` those that are meant. `onDrag(intensity)` hears where the matrix product is
 * dragged, `onStep(steps)` its arrow keys.
 */
export function chart({ range, onDrag, onStep }) {
  const [memory, arithmetic] = ["memory", "arithmetic"].map((name) => shape("polygon", { class: `book-area book-${name}` }));
  const [slope, flat] = ["memory", "arithmetic"].map((name) => shape("polyline", { class: `book-roof book-${name}` }));
  const corner = shape("line", { class: "book-corner", y2: FRAME.bottom });
  const names = ["memory limits", "arithmetic limits"].map((words) => text(0, FRAME.bottom - 14, words, "book-region"));
  const stems = GLYPHS.map(() => shape("line", { class: "book-stem", y2: FRAME.bottom }));
  const dots = GLYPHS.map((glyph, index) => {
    const node = shape("g", { class: "book-dot", "data-about": `operation-${index}` }, shape("circle", { r: RADIUS }), text(0, 0.5, glyph, "book-glyph"));
    return node;
  });
  const product = dots[PRODUCT];
  product.classList.add("book-product");
  const told = { tabindex: 0, role: "slider", "aria-label": "Size of the matrix product", "aria-valuemin": range[0], "aria-valuemax": range[1] };
  for (const [name, value] of Object.entries(told)) product.setAttribute(name, value);
  const order = [0, 1, 3, PRODUCT];
  const root = shape("svg", { class: "book-chart", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "group" }, backdrop(), memory, arithmetic, corner, ...stems, ...names, slope, flat, ...order.map((index) => dots[index]));

  const intensityAt = ({ clientX }) => {
    const { a: scale, e: left } = root.getScreenCTM(); // the drawing may be narrower than its frame
    const x = (clientX - left) / scale;
    return 10 ** (X[0] + ((x - FRAME.left) / (FRAME.right - FRAME.left)) * (X[1] - X[0]));
  };
  product.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  product.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    product.focus({ preventScroll: true });
    product.setPointerCapture(event.pointerId);
  });
  product.addEventListener("pointermove", (event) => {
    if (product.hasPointerCapture(event.pointerId)) onDrag(intensityAt(event));
  });
  onArrows(product, (rows, columns) => onStep(columns - rows));

  function draw([p, b, size], { n, peak, bandwidth }, words) {
    const roof = (x) => Math.min(p, x + b);
    const bend = clamp(p - b);
    const [left, right] = [[X[0], roof(X[0])], [X[1], roof(X[1])]];
    const top = [bend, roof(bend)];
    slope.setAttribute("points", list([left, top]));
    flat.setAttribute("points", list([top, right]));
    memory.setAttribute("points", list([left, top, [bend, Y[0]], [X[0], Y[0]]]));
    arithmetic.setAttribute("points", list([top, right, [X[1], Y[0]], [bend, Y[0]]]));
    for (const name of ["x1", "x2"]) corner.setAttribute(name, across(bend));
    corner.setAttribute("y1", down(top[1]));
    const ends = [FRAME.left, across(bend), FRAME.right];
    names.forEach((node, index) => {
      node.setAttribute("x", (ends[index] + ends[index + 1]) / 2);
      node.style.display = ends[index + 1] - ends[index] < ROOM ? "none" : "";
    });
    const meant = operations(n);
    operations(10 ** size).forEach(({ intensity, name }, index) => {
      const x = Math.log10(intensity);
      const [cx, cy] = [across(x), down(roof(x))];
      dots[index].setAttribute("transform", `translate(${cx.toFixed(2)} ${cy.toFixed(2)})`);
      for (const side of ["x1", "x2"]) stems[index].setAttribute(side, cx);
      stems[index].setAttribute("y1", cy);
      const what = wall(meant[index].intensity, peak, bandwidth);
      for (const other of ["memory", "arithmetic"]) dots[index].classList.toggle(`book-${other}`, other === what);
      dots[index].dataset.reached = `${name}: ${attainable(meant[index].intensity, peak, bandwidth)}`;
    });
    root.setAttribute("aria-label", words);
    product.setAttribute("aria-valuenow", n);
    product.setAttribute("aria-valuetext", `n = ${n}`);
  }
  return { root, draw };
}
