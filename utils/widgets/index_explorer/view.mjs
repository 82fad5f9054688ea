// Index explorer: what the brackets pick from a table, and where it lies in memory.

import { CONTROLLED, buildControls, readEntries, writeEntries } from "./controls.mjs";
import { SIZES, between, cellsOf, indexOf, isSlice, moved, placeOf, resized, tableOf, viewOf } from "./math.mjs";
import { memoryStrip } from "./strip.mjs";
import { expression, notes, pickSentence, placeSentence, problem, torchCode, tupleText } from "./words.mjs";
import { cellWidth, numberGrid } from "../kit/number_grid.mjs";
import { copyable, demoRoot, element, follow, liveLine, update } from "../kit/parts.mjs";

const LARGEST_CELL = 40; // pixels
const UNKNOWN_WIDTH = 320; // pixels, until the demo stands in a page
const PICKED = 0.7; // strength of the colour of a picked cell
const COUNT = SIZES[0] * SIZES[1];
const TABLE_KEYS = "Drag over cells, or move the picked block by arrow keys and resize it with Shift.";
const VIEW_KEYS = "Arrow keys, Home and End choose a number.";

const clamp = (at, size) => Math.max(0, Math.min(at, size - 1));

function figure(grid) {
  const caption = element("figcaption", { class: "book-caption" });
  const root = element("figure", { class: "book-panel" }, caption, grid.root);
  return { root, caption };
}

/** All that follows from the entries; the view is empty where torch refuses them. */
function scene(entries) {
  const trouble = problem(entries);
  const cells = trouble ? [] : cellsOf(entries);
  const table = trouble ? [0, 0] : tableOf(entries);
  const order = new Map(cells.map((cell, at) => [String(cell), at]));
  // A single axis has no direction; torch writes it as a row, even where it was a column of x.
  const isColumn = isSlice(entries[0]) && !isSlice(entries[1]);
  const turn = ([row, column]) => (isColumn ? [column, row] : [row, column]);
  return { entries, trouble, cells, table, order, turn, view: trouble ? null : viewOf(entries) };
}

function render({ model, el }) {
  let now = scene(readEntries(model));
  let grabbed = [0, 0];
  let drawn = "";

  const position = () => model.get("position").map((at, side) => clamp(at, now.table[side]));
  const select = (row, column) => {
    const next = now.turn([row, column]).map((at, side) => clamp(at, now.table[side]));
    if (String(next) !== String(position())) update(model, { position: next });
  };
  const write = (entries) => {
    if (JSON.stringify(entries) !== JSON.stringify(readEntries(model))) writeEntries(model, entries);
  };
  const pickBlock = (...cell) =>
    write(cell.map((at, axis) => between(grabbed[axis], at, SIZES[axis])));
  const moveBlock = (rows, columns, isShift) => {
    const change = isShift ? resized : moved;
    const by = [rows, columns];
    write(readEntries(model).map((entry, axis) => (by[axis] ? change(entry, SIZES[axis], by[axis]) : entry)));
  };
  const moveSelected = (rows, columns) => {
    const [row, column] = now.turn(position());
    select(row + rows, column + columns);
  };

  const controls = buildControls(model);
  const written = element("code", { class: "book-expression" });
  const said = liveLine("book-note book-short-note");
  const table = numberGrid({
    onGrab: (...cell) => {
      grabbed = cell;
    },
    onPick: pickBlock,
    onMove: moveBlock,
  });
  table.root.classList.add("book-block");
  const view = numberGrid({ onPick: select, onMove: moveSelected });
  const [tableFigure, viewFigure] = [table, view].map(figure);
  const facts = element("dl", { class: "book-view-notes" });
  const found = liveLine("book-result");
  const right = element("div", { class: "book-panel" }, viewFigure.root, found);
  const strip = memoryStrip();
  const memory = figure(strip);
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Index explorer",
    element("p", { class: "book-title" }, "Index explorer"),
    controls.root,
    element("p", { class: "book-formula" }, "y = ", written),
    facts,
    said,
    element("div", { class: "book-panels" }, tableFigure.root, right),
    memory.root,
    torch.root,
  );
  root.classList.add("book-index-explorer");

  function drawGrids(place, width) {
    const { cells, order, entries, trouble } = now;
    const chosen = cells.length ? place : -1;
    const look = (row, column) => {
      const at = row * SIZES[1] + column;
      if (!order.has(String([row, column]))) return { kind: "plain", text: at };
      return { kind: at === chosen ? "chosen" : "picked", share: PICKED, text: at };
    };
    const size = cellWidth(width, SIZES[1], LARGEST_CELL);
    const label = `x, ${SIZES.join(" \u00d7 ")}`;
    tableFigure.caption.textContent = `${label}: drag to pick; the corners give the order`;
    table.draw({ rows: SIZES[0], columns: SIZES[1], size, look, indices: true, label: `${label}. ${TABLE_KEYS}` });
    table.highlight(cells.map((cell, at) => [...cell, at]));

    right.hidden = trouble !== "";
    memory.root.hidden = trouble !== "";
    if (trouble) return;
    const [rows, columns] = now.turn(now.table);
    const shape = `y, shape ${tupleText(now.view.shape)}`;
    viewFigure.caption.textContent = cells.length ? shape : `${shape}: no numbers`;
    view.root.style.display = cells.length ? "" : "none";
    if (!cells.length) return;
    const viewLook = (row, column) => {
      const at = placeOf(now.view, indexOf(entries, now.turn([row, column])));
      return { kind: at === chosen ? "chosen" : "picked", share: PICKED, text: at };
    };
    const indices = [false, "columns", true][now.view.shape.length];
    view.draw({ rows, columns, size, look: viewLook, indices, label: `${shape}. ${VIEW_KEYS}` });
    view.highlight([now.turn(position())]);
  }

  function drawMemory(place, width) {
    const { entries, cells, table: [rows, columns], view: { strides, shape } } = now;
    const places = cells.map(([row, column]) => row * SIZES[1] + column);
    const lines = Array.from({ length: columns ? rows : 0 }, (_, row) =>
      places.slice(row * columns, (row + 1) * columns),
    );
    const steps = shape.map((size, axis) => (size > 1 ? `+${strides[axis]} along axis ${axis}` : ""));
    const told = steps.filter(Boolean).join(", ");
    const name = `Memory: ${COUNT} places in one line${cells.length && told ? `; the arcs are the strides, ${told}` : ""}`;
    memory.caption.textContent = name;
    strip.draw({ name, count: COUNT, rowLength: SIZES[1], rows: lines, selected: cells.length ? place : -1, width });
    found.textContent = cells.length ? placeSentence(entries, position()) : "";
  }

  function redraw() {
    const entries = readEntries(model);
    const width = tableFigure.root.clientWidth || UNKNOWN_WIDTH;
    const wanted = JSON.stringify([entries, model.get("position"), width]);
    if (wanted === drawn) return;
    drawn = wanted;
    now = scene(entries);
    const { trouble } = now;
    controls.set(entries);
    written.textContent = expression(entries);
    said.textContent = trouble || pickSentence(entries);
    said.classList.toggle("book-problem", trouble !== "");
    facts.replaceChildren(
      ...(trouble ? [] : notes(entries)).flatMap(([name, value]) => [
        element("div", {}, element("dt", {}, name), element("dd", {}, value)),
      ]),
    );
    torch.set(torchCode(entries));
    const place = trouble ? -1 : placeOf(now.view, indexOf(entries, position()));
    drawGrids(place, width);
    if (!trouble) drawMemory(place, memory.root.clientWidth || UNKNOWN_WIDTH);
  }

  const stopFollowing = follow(model, CONTROLLED, redraw);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(redraw);
  });
  observer.observe(tableFigure.root);
  el.append(root);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
    stopFollowing();
    root.remove();
  };
}

export default { render };
