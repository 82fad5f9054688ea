// Broadcasting stepper: two shapes become one, and every copy that is only pretended.

import { CONTROLLED, readSettings, shapeControls, sliceControls, stepControls } from "./controls.mjs";
import { caption, columns, extent, legend, operandGrid, resultGrid, scene, selectedCell, sliceSentence } from "./scene.mjs";
import { cellSentence, shapeText, stepSentence, torchCode } from "./words.mjs";
import { cellWidth, numberGrid, swatch } from "../kit/number_grid.mjs";
import { copyable, demoRoot, element, follow, liveLine, update } from "../kit/parts.mjs";

const LARGEST_CELL = 38; // pixels
const UNKNOWN_WIDTH = 240; // pixels, until the demo stands in a page
const KEYS = "Arrow keys, Home and End choose a number.";

function figure(grid) {
  const title = element("figcaption", { class: "book-caption" });
  const empty = element("p", { class: "book-empty" }, "no numbers");
  const root = element("figure", { class: "book-panel" }, title, grid.root, empty);
  return { grid, root, title, empty };
}

/** The table of shapes: a line for each operand, what the comparison says, the result. */
function shapeTable(now) {
  const axes = columns(now);
  const line = (head, cellOf) =>
    element("tr", {}, element("th", { scope: "row" }, head), ...axes.map(cellOf));
  const operand = (name) =>
    line(name, ({ [name]: { text, isAdded }, isCurrent }) => {
      const marks = [isAdded && text && "book-added", isCurrent && "book-current"];
      return element("td", { class: marks.filter(Boolean).join(" ") }, text);
    });
  return element(
    "table",
    { class: "book-shapes" },
    element(
      "thead",
      {},
      line("axis", ({ head }) => element("th", { scope: "col" }, head)),
    ),
    element(
      "tbody",
      {},
      operand("a"),
      operand("b"),
      line("fits?", ({ verdict, fits }) =>
        element("td", { class: fits === null ? "" : fits ? "book-fits" : "book-clash" }, verdict),
      ),
      line("result", ({ size }) => element("td", {}, size)),
    ),
  );
}

function render({ model, el }) {
  let now = scene(readSettings(model));
  let drawn = "";

  const select = (row, column) => {
    if (!now.place) return;
    const { result } = now;
    const table = [1, 1, ...result].slice(-2);
    const cell = [row, column].map((at, side) => Math.max(0, Math.min(at, table[side] - 1)));
    const index = [0, 0, 0, 0, ...now.place.slice(0, -2), ...cell].slice(-4);
    if (String(cell) !== String(selectedCell(now))) update(model, { index });
  };
  const move = (rows, steps) => {
    if (!now.place) return;
    const [row, column] = selectedCell(now);
    select(row + rows, column + steps);
  };

  const shapes = shapeControls(model);
  const steps = stepControls(model);
  const slices = sliceControls(model);
  const said = liveLine("book-note book-short-note book-rule");
  const table = element("div", { class: "book-shapes-frame" });
  const figures = {
    a: figure(numberGrid()),
    b: figure(numberGrid()),
    c: figure(numberGrid({ onPick: select, onMove: move })),
  };
  const slice = element("p", { class: "book-caption book-operands-slice" });
  const sum = liveLine("book-result");
  const key = element("div", { class: "book-row book-legend" });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Broadcasting stepper",
    element("p", { class: "book-title" }, "Broadcasting stepper"),
    shapes.root,
    steps.root,
    said,
    table,
    slices.root,
    slice,
    element("div", { class: "book-operands" }, ...Object.values(figures).map((part) => part.root)),
    sum,
    key,
    torch.root,
  );
  root.classList.add("book-broadcasting");

  function drawFigure({ grid, root: frame, title, empty }, text, axes, cells) {
    const hasNumbers = cells.rows * cells.columns > 0;
    title.textContent = text;
    grid.root.style.display = hasNumbers ? "" : "none";
    empty.hidden = hasNumbers;
    if (!hasNumbers) return;
    const size = cellWidth(frame.clientWidth || UNKNOWN_WIDTH, cells.columns, LARGEST_CELL);
    const indices = axes > 1 || (axes === 1 && "columns");
    grid.draw({ ...cells, size, indices, label: text + (now.place ? `. ${KEYS}` : "") });
    grid.highlight(now.place ? [selectedCell(now)] : []);
  }

  function redraw() {
    const settings = readSettings(model);
    const wanted = JSON.stringify([settings, figures.a.root.clientWidth]);
    if (wanted === drawn) return;
    drawn = wanted;
    now = scene(settings);
    const { a, b, at, result, done, place } = now;
    shapes.set(settings);
    steps.set();
    slices.set(now);
    said.textContent = stepSentence(at, a, b);
    said.classList.toggle("book-problem", done && !result);
    table.replaceChildren(...(now.axes.length ? [shapeTable(now)] : []));
    slice.textContent = sliceSentence(now);
    drawFigure(figures.a, caption(now, "a"), extent(now, "a").length, operandGrid(now, "a"));
    drawFigure(figures.b, `+ ${caption(now, "b")}`, extent(now, "b").length, operandGrid(now, "b"));
    figures.c.root.hidden = !(done && result);
    if (done && result) {
      drawFigure(figures.c, `= c ${shapeText(result)}`, result.length, resultGrid(now));
    }
    sum.textContent = place ? cellSentence(place, a, b) : "";
    key.replaceChildren(
      ...legend(now).map(([kind, share, text]) => element("span", {}, swatch(kind, share), text)),
    );
    torch.set(torchCode(a, b));
  }

  const stopFollowing = follow(model, CONTROLLED, redraw);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(redraw);
  });
  observer.observe(figures.a.root);
  el.append(root);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
    stopFollowing();
    root.remove();
  };
}

export default { render };
