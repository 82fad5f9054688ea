// HOG viewer: the directions of a photograph's edges, counted in cells and drawn over it.

import { factList } from "../kit/fact_list.mjs";
import { bounded, brightness, cellAround, cellHistograms, histogramAt, isLevel, largestBin, strengths, votesIn } from "./math.mjs";
import { bars, board, magnifier } from "./scene.mjs";
import { facts, sentence, tally, torchCode } from "./words.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const MOST = 18; // orientations
const TRAITS = ["photo", "cell", "orientations", "contrast", "chosen", "opacity"];
const EACH = 350; // milliseconds from one opacity of the story to the next
const FADE = 0.1; // how much of the photograph goes with each
const PRESETS = {
  Usual: { photo: "cat", cell: 8, orientations: 9, contrast: 1 },
  Fine: { cell: 4, orientations: 18 },
  Coarse: { cell: 25, orientations: 9 },
  "Two directions": { cell: 8, orientations: 2 },
  "Poor light": { contrast: 0.2 },
};

function render({ model, el }) {
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos")))
    photos[name] = { ...photo, pixels: decodePixels(photo.pixels) };
  const side = Object.values(photos)[0].width;
  const countOf = (cell) => Math.floor(side / cell);

  const placeOf = ({ chosen, cell }) => chosen.map((place) => bounded(place, countOf(cell)));
  const place = () => placeOf({ chosen: model.get("chosen"), cell: model.get("cell") });
  const choose = (row, column) => {
    const chosen = placeOf({ chosen: [row, column], cell: model.get("cell") });
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

  const dial = (label, name, min, max, step, format) =>
    slider({ label, min, max, step, format, onInput: (value) => set({ [name]: value }) });
  const percent = (value) => `${Math.round(100 * value)} %`;
  const knobs = {
    opacity: dial("Photo", "opacity", 0, 1, 0.01, percent),
    cell: dial("Cell size", "cell", 4, 32, 1),
    orientations: dial("Directions", "orientations", 2, MOST, 1),
    contrast: dial("Contrast", "contrast", 0.2, 1, 0.01, (value) => value.toFixed(2)),
    photo: choice({
      label: "Photograph",
      options: Object.keys(photos).map((name) => [name, name]),
      onInput: (name) => set({ photo: name }),
    }),
  };
  const examples = Object.entries(PRESETS).map(([name, changes]) => button(name, () => set(changes)));

  const strokes = board("Photograph and strokes: arrow keys, Home and End choose a cell", side, MOST, {
    onPoint: (y, x) => choose(y / model.get("cell"), x / model.get("cell")),
    onStep(rows, columns) {
      const [row, column] = place();
      choose(row + rows, column + columns);
    },
  });
  const lens = magnifier(MOST);
  const chart = bars(MOST);
  const count = element("div", { class: "book-caption" });
  const title = element("div", { class: "book-caption" });
  const credit = element("div", { class: "book-caption" });
  const numbers = factList();
  const cellOf = element("div", { class: "book-cell" }, title, lens.root, chart.root);
  const sides = element("div", { class: "book-sides" }, element("div", {}, strokes.root, count), cellOf);
  const lights = pointing(sides);
  const fading = eased(([opacity]) => strokes.fade(opacity));
  const moving = eased(strokes.choose, 200);

  let image;
  let cells;
  let strength;
  let counted = "";
  /** A new cell or opacity alone leaves what is counted as it is. */
  function countAgain(state) {
    const now = JSON.stringify([state.photo, state.cell, state.orientations, state.contrast]);
    if (now === counted) return;
    counted = now;
    image = brightness(photos[state.photo].pixels, state.contrast);
    cells = cellHistograms(image, side, side, state);
    strength = strengths(cells.values);
    paint(strokes.canvas, new Uint8ClampedArray(image.map((value) => 255 * value)), side, side);
    strokes.draw(cells, strength.shares, state);
    count.textContent = tally(cells, state);
    credit.textContent = `Photograph: ${photos[state.photo].credit}.`;
  }

  function drawCell(state, chosen, { histogram, best }) {
    const { cell } = state;
    const [top, left] = chosen.map((where) => where * cell);
    const greys = Array.from({ length: cell * cell }, (_, at) => {
      const [y, x] = [top + Math.floor(at / cell), left + (at % cell)];
      return Math.round(255 * image[y * side + x]);
    });
    paint(lens.canvas, greys, cell, cell);
    lens.draw(votesIn(image, side, side, state, chosen), best, state);
    chart.draw(histogram, best, (histogram[best] ?? 0) / state.contrast);
    title.textContent = `Cell ${chosen.join(", ")}: every pixel votes`;
    moving.to([top, left, cell]);
  }

  /** The histogram of the chosen cell, and its largest bin. */
  const about = (state) => {
    countAgain(state);
    const histogram = histogramAt(cells, state.orientations, placeOf(state));
    return { histogram, best: largestBin(histogram) };
  };

  return stage({
    model,
    el,
    names: TRAITS,
    label: "HOG viewer",
    look: "book-hog-viewer",
    picture: [sides],
    controls: [knobs.opacity.root, knobs.cell.root],
    play: {
      every: EACH,
      auto: true,
      rest: 1500,
      step: ({ opacity }) => (opacity > 0 ? { opacity: Number(Math.max(0, opacity - FADE).toFixed(2)) } : null),
      restart: () => ({ opacity: 1 }),
    },
    draw(state) {
      const found = about(state);
      for (const [name, knob] of Object.entries(knobs)) knob.set(state[name]);
      fading.to([state.opacity]);
      drawCell(state, placeOf(state), found);
      numbers.set(facts({ ...found, cells, full: strength.full, state, side }));
    },
    says: (state) => sentence({ ...about(state), place: placeOf(state), state }),
    more: [
      element("div", { class: "book-controls" }, knobs.orientations.root, knobs.contrast.root, knobs.photo.root),
      element("div", { class: "book-row", role: "group", "aria-label": "Examples" }, ...examples),
      numbers.root,
      credit,
    ],
    code: (state) => torchCode(state, side, placeOf(state)),
    task: {
      text: "Find a cell with over 40 % of its votes at 90°. How do its strokes lie?",
      isDone: (state) => isLevel(about(state).histogram),
      praise: "Level: a gradient that points up or down belongs to a level edge.",
    },
    onStop() {
      lights.stop();
      fading.stop();
      moving.stop();
    },
  });
}

export default { render };
