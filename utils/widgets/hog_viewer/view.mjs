// HOG viewer: a photograph, and the directions of its edges counted in cells.

import { factList } from "../kit/fact_list.mjs";
import { bounded, brightness, cellAround, cellHistograms, histogramAt, largestBin, strengths } from "./math.mjs";
import { histogramRows, lineDrawing, stage } from "./scene.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";
import { button, choice, copyable, demoRoot, element, group, liveLine, show, slider, update } from "../kit/parts.mjs";

const MOST = 18; // orientations
const SETTINGS = ["photo", "cell", "orientations", "contrast"];
const PRESETS = {
  Usual: { photo: "cat", cell: 8, orientations: 9, contrast: 1 },
  Fine: { cell: 4, orientations: 18 },
  Coarse: { cell: 25, orientations: 9 },
  "Two directions": { cell: 8, orientations: 2 },
  "Poor light": { contrast: 0.2 },
};
const HINT =
  "Press, drag or use the arrow keys in either picture to choose a cell. A line runs along the edge, at " +
  "right angles to the gradient; the stronger the line, the more votes.";
const BARS =
  "Angles of the gradient, from 0° (to the right) towards 90° (down). The longest bar is full at " +
  "contrast 1.";

function render({ model, el }) {
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos")))
    photos[name] = { ...photo, pixels: decodePixels(photo.pixels) };
  const side = Object.values(photos)[0].width;
  const read = () => Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
  let cells;
  let strength;

  const place = () => {
    const [row, column] = model.get("chosen");
    return [bounded(row, cells.rows), bounded(column, cells.columns)];
  };
  const choose = (row, column) => {
    const chosen = [bounded(row, cells.rows), bounded(column, cells.columns)];
    if (String(chosen) !== String(model.get("chosen"))) update(model, { chosen });
  };
  // The chosen cell stays where it is on the photograph, whatever its size. `anchor` is the cell that
  // was chosen last; without it, a slide to large cells and back would end elsewhere.
  let anchor = null;
  const set = (changes) => {
    const cell = model.get("cell");
    const after = changes.cell ?? cell;
    if (after === cell) {
      update(model, changes);
      return;
    }
    const chosen = place();
    if (String(anchor?.shown) !== String(chosen)) anchor = { chosen, cell };
    anchor.shown = cellAround(anchor.chosen, anchor.cell, after, side);
    update(model, { ...changes, chosen: anchor.shown });
  };

  const photo = choice({
    label: "Photograph",
    options: Object.keys(photos).map((name) => [name, name]),
    onInput: (name) => set({ photo: name }),
  });
  const contrast = slider({
    label: "Contrast",
    min: 0.2,
    max: 1,
    step: 0.01,
    format: (value) => value.toFixed(2),
    onInput: (value) => set({ contrast: value }),
  });
  const cell = slider({ label: "Cell size", min: 4, max: 32, onInput: (value) => set({ cell: value }) });
  const orientations = slider({
    label: "Directions",
    min: 2,
    max: MOST,
    onInput: (value) => set({ orientations: value }),
  });
  const examples = Object.entries(PRESETS).map(([name, changes]) => button(name, () => set(changes)));

  const act = {
    onPoint: (y, x) => choose(y / model.get("cell"), x / model.get("cell")),
    onStep(rows, columns) {
      const [row, column] = place();
      choose(row + rows, column + columns);
    },
  };
  const keys = "arrow keys, Home and End choose a cell";
  const canvas = element("canvas");
  const picture = stage(`Photograph: ${keys}`, side, act, canvas);
  const lines = lineDrawing(side);
  const edges = stage(`Edge directions: ${keys}`, side, act, lines.root);
  const heading = () => element("p", { class: "book-heading" });
  const [pictureTitle, edgesTitle, barsTitle] = [heading(), heading(), heading()];
  const said = liveLine("book-note book-short-note book-result");
  const numbers = factList();
  const bars = histogramRows(MOST);
  const credit = element("p", { class: "book-caption" });
  const torch = copyable("The same in torch");
  const panel = (...parts) => element("div", { class: "book-panel" }, ...parts);
  const caption = (text) => element("p", { class: "book-caption" }, text);
  const root = demoRoot(
    "HOG viewer",
    element("p", { class: "book-title" }, "HOG viewer: the edge directions of a photograph"),
    element(
      "div",
      { class: "book-controls" },
      group("Picture", photo.root, contrast.root),
      group("Counting", cell.root, orientations.root),
    ),
    element("div", { class: "book-row book-examples", role: "group", "aria-label": "Examples" }, ...examples),
    element(
      "div",
      { class: "book-panels" },
      panel(pictureTitle, picture.root),
      panel(edgesTitle, edges.root),
    ),
    caption(HINT),
    said,
    panel(numbers.root),
    element(
      "div",
      { class: "book-panels" },
      panel(barsTitle, caption(BARS), bars.root),
      panel(torch.root),
    ),
    credit,
  );
  root.classList.add("book-hog-viewer");

  function draw() {
    const state = read();
    const shown = photos[state.photo];
    const image = brightness(shown.pixels, state.contrast);
    cells = cellHistograms(image, side, side, state);
    strength = strengths(cells.values);
    photo.set(state.photo);
    contrast.set(state.contrast);
    cell.set(state.cell);
    orientations.set(state.orientations);
    paint(canvas, new Uint8ClampedArray(image.map((value) => 255 * value)), side, side);
    lines.set(cells, strength.shares, state);
    for (const view of [picture, edges]) view.cover(state.cell);
    pictureTitle.textContent = `${side} × ${side} pixels`;
    edgesTitle.textContent = `${cells.rows} × ${cells.columns} cells of ${state.cell} × ${state.cell}`;
    credit.textContent = `Photograph: ${shown.credit}.`;
    drawChosen();
  }

  function drawChosen() {
    const state = read();
    const chosen = place();
    const { orientations: bins } = state;
    const histogram = histogramAt(cells, bins, chosen);
    const best = largestBin(histogram);
    for (const view of [picture, edges]) view.choose(chosen, state.cell);
    barsTitle.textContent = `Votes of cell ${chosen.join(", ")}`;
    bars.set(histogram, best, (histogram[best] ?? 0) / state.contrast);
    said.textContent = sentence({ histogram, best, place: chosen, orientations: bins });
    numbers.set(facts({ cells, histogram, best, full: strength.full, state, side }));
    torch.set(torchCode(state, side, chosen));
  }

  // A new cell alone leaves the pictures as they are.
  let settings = "";
  const redraw = () => {
    const now = JSON.stringify(read());
    if (now === settings) drawChosen();
    else draw();
    settings = now;
  };
  return show(el, root, model, [...SETTINGS, "chosen"], redraw);
}

export default { render };
