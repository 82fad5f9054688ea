// Padding and stride explorer: a window over an input, and every number that it gives.

import { axisOf, positionNear } from "../kit/convolution.mjs";
import { LEGIBLE, cellWidth, numberGrid, swatch } from "../kit/number_grid.mjs";
import { CONTROLLED, buildControls, readSettings } from "./controls.mjs";
import { inputGrid, legend, meetingsAt, outputGrid, scene } from "./scene.mjs";
import { products, resultSentence, sizeFormulas, torchCode, useSentence } from "./words.mjs";
import { button, copyable, demoRoot, element, follow, liveLine, update } from "../kit/parts.mjs";

const LARGEST_CELL = 38; // pixels
const KERNEL_CELL = 22; // pixels
const UNKNOWN_WIDTH = 320; // pixels, until the demo stands in a page
const STEP_TIME = 700; // milliseconds between the steps of Play
const KEYS = "Arrow keys, Home and End choose an output number.";
const LETTERS = "n input size, k kernel size, p padding, s stride, d dilation";

const dims = (pair) => pair.join(" × ");
const each = (pair) => `${dims([...new Set(pair)])} on each side`;
const line = (...content) => element("div", { class: "book-line" }, ...content);

function productLines({ input, kernel }, meetings) {
  const { lines, sum } = products(meetings, input, kernel);
  const rows = lines.map((terms, row) =>
    line(
      row ? "+ " : "  ",
      ...terms.flatMap(({ text, padding }, index) => [
        index ? " + " : "",
        padding ? element("span", { class: "book-outside" }, text) : text,
      ]),
    ),
  );
  return [...rows, line("= ", element("strong", {}, String(sum)))];
}

function captioned(grid) {
  const caption = element("p", { class: "book-caption" });
  return { root: element("div", { class: "book-panel" }, caption, grid.root), caption };
}

function render({ model, el }) {
  let now = scene(readSettings(model));
  let drawn = "";
  let width = 0;
  let playing = 0;

  const bounded = (place) =>
    place.map((at, side) => Math.max(0, Math.min(at, now.shape[side] - 1)));
  const position = () => bounded(model.get("position"));
  const select = (row, column) => {
    const next = bounded([row, column]);
    if (!now.trouble && String(next) !== String(position())) update(model, { position: next });
  };
  const move = (rows, columns) => select(position()[0] + rows, position()[1] + columns);
  const pickInput = (...cell) =>
    select(...cell.map((at, side) => positionNear(axisOf(now.settings, side), at)));
  const step = (by) => {
    const [rows, columns] = now.shape;
    const [row, column] = position();
    const index = (row * columns + column + by + rows * columns) % (rows * columns);
    select(Math.floor(index / columns), index % columns);
  };
  const isLast = () => String(position()) === String(now.shape.map((size) => size - 1));
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.textContent = "Play";
    said.setAttribute("aria-live", "polite");
  };
  const start = () => {
    if (isLast()) select(0, 0);
    play.textContent = "Pause";
    // A screen reader could not keep up with every step.
    said.setAttribute("aria-live", "off");
    playing = setInterval(() => (isLast() ? stop() : step(1)), STEP_TIME);
  };

  const controls = buildControls(model, () => redraw());
  const trouble = liveLine("book-problem");
  const input = numberGrid({ onPick: pickInput, onMove: move });
  const output = numberGrid({ onPick: select, onMove: move });
  const kernel = numberGrid();
  const [inputPanel, outputPanel, kernelPanel] = [input, output, kernel].map(captioned);
  const key = element("div", { class: "book-row book-legend" });
  const uses = element("p", { class: "book-uses" });
  const play = button("Play", () => (playing ? stop() : start()));
  const steps = [button("Previous", () => step(-1)), play, button("Next", () => step(1))];
  const said = liveLine("book-result");
  const sum = element("div", { class: "book-products" });
  const selected = element(
    "div",
    { class: "book-selected" },
    element("div", { class: "book-row" }, ...steps),
    said,
    element("div", { class: "book-row" }, kernelPanel.root, sum),
  );
  const left = element("div", { class: "book-panel" }, inputPanel.root, key, uses);
  const right = element("div", { class: "book-panel" }, outputPanel.root, selected);
  const sizes = element("div", { class: "book-formula" });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Padding and stride explorer",
    element("p", { class: "book-title" }, "Padding and stride explorer"),
    controls.root,
    trouble,
    element("div", { class: "book-panels" }, left, right),
    element("p", { class: "book-heading" }, "The size of the output"),
    element("p", { class: "book-caption" }, LETTERS),
    sizes,
    torch.root,
  );
  root.classList.add("book-padding-stride");

  function drawGrids(shown) {
    const { settings, shape } = now;
    const { padding, input_size, kernel_size } = settings;
    const show = (grid, { caption }, cells, text) => {
      const size = cellWidth(width || UNKNOWN_WIDTH, cells.columns, LARGEST_CELL);
      grid.draw({ ...cells, size, indices: true, label: `${text}. ${KEYS}` });
      caption.textContent = size < LEGIBLE ? `${text}; cells too small for numbers` : text;
    };
    const padded = padding.some(Boolean) && !settings.transposed;
    const edge = padded ? `, padding ${each(padding)}` : "";
    show(input, inputPanel, inputGrid(now, shown), `Input ${dims(input_size)}${edge}`);
    right.hidden = Boolean(now.trouble);
    if (now.trouble) return;
    show(output, outputPanel, outputGrid(now, shown), `Output ${dims(shape)}`);
    kernelPanel.caption.textContent = `Kernel ${dims(kernel_size)}`;
  }

  function drawWords() {
    const { settings } = now;
    trouble.textContent = now.trouble;
    key.replaceChildren(
      ...legend(now).map(([kind, share, text]) => element("span", {}, swatch(kind, share), text)),
    );
    uses.textContent = now.trouble ? "" : useSentence(settings);
    sizes.replaceChildren(
      ...sizeFormulas(settings).map(([name, text]) => line(`${name.padEnd(6)} = ${text}`)),
    );
    torch.set(torchCode(settings));
  }

  function drawPosition() {
    const { settings, kernel: weights } = now;
    const place = position();
    const meetings = now.trouble ? [] : meetingsAt(now, place);
    input.highlight(meetings.map(({ input: cell, kernel: [i, j] }) => [...cell, weights[i][j]]));
    if (now.trouble) return;
    output.highlight([place]);
    const [rows, columns] = settings.kernel_size;
    const label = `Kernel: ${weights.map((row) => row.join(" ")).join("; ")}`;
    const look = (i, j) => ({ kind: "plain", text: weights[i][j] });
    kernel.draw({ label, rows, columns, size: KERNEL_CELL, look });
    // A window meets the whole kernel; in a transposed convolution only some entries arrive.
    kernel.highlight(settings.transposed ? meetings.map((meeting) => meeting.kernel) : []);
    said.textContent = resultSentence(settings, place, now.output, meetings);
    sum.replaceChildren(...productLines(now, meetings));
  }

  function redraw() {
    const settings = readSettings(model);
    const shown = model.get("cells_show");
    width = left.clientWidth;
    const wanted = JSON.stringify([settings, shown, width]);
    controls.set(settings);
    if (wanted !== drawn) {
      drawn = wanted;
      now = scene(settings);
      if (now.trouble) stop();
      drawGrids(shown);
      drawWords();
    }
    drawPosition();
  }

  const stopFollowing = follow(model, [...CONTROLLED, "position"], redraw);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    if (left.clientWidth === width) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(redraw);
  });
  observer.observe(left);
  el.append(root);
  return () => {
    stop();
    observer.disconnect();
    cancelAnimationFrame(waiting);
    stopFollowing();
    root.remove();
  };
}

export default { render };
