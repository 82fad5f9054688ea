// The lens: the window of a pixel, times the weights, and the products, as cells on a canvas.

import { colourOf, isBright } from "./colours.mjs";
import { element } from "../kit/parts.mjs";
import { number } from "../kit/numbers.mjs";

export const NUMBERS_FROM = 19; // pixels of a cell from which on its number can be read
const LETTERS = "11px system-ui, sans-serif";
const GAP = 4; // pixels between the windows of channels, at least
const WIDE_GAP = 26; // pixels, at most
const SIGN = 18; // pixels for ×, = and Σ, at least
const WIDE_SIGN = 64; // pixels, at most
const LARGEST = 24; // pixels of a cell, and of one in a small window
const LARGEST_OF_FEW = 46;
const LINE = 16; // pixels for the names above the grids
const NAMES = 64; // pixels for the names beside them
const ROOMY = 400; // pixels from which on there is room for three grids side by side
const PARTS = ["window", "weights", "products"];
const OUTSIDE = 0.35; // how much of the ground is left where the window sticks out

const many = (count, made) => Array.from({ length: count }, (_, at) => made(at));

/** One window in a wide lens: window, weights and products side by side under their names. */
function asRow({ rows, columns, parts }, width, height) {
  const room = width / parts - SIGN;
  const largest = rows * columns > 9 ? LARGEST : LARGEST_OF_FEW;
  const cell = Math.floor(Math.min(room / columns, (height - LINE) / rows, largest));
  const top = LINE + Math.round((height - LINE - cell * rows) / 2);
  const sign = Math.min(WIDE_SIGN, width / parts - cell * columns);
  const wide = cell * columns + sign;
  const left = (part) => Math.round(width - (parts - part) * wide); // the last sign leads to the sum
  return {
    cells: many(parts, () => cell),
    signs: many(parts, (part) => [left(part + 1) - sign / 2, top + (cell * rows) / 2]),
    places: many(parts, (part) => [[left(part), top]]),
    names: many(parts, (part) => [left(part) + (cell * columns) / 2, top - LINE / 2]),
  };
}

/** One window in a narrow lens: window over weights, small, so that the products have room for numbers. */
function asFraction({ rows, columns }, width, height) {
  const small = Math.floor((height - 2 * LINE) / 2 / rows);
  const room = width - 3 * SIGN - small * columns;
  const large = Math.floor(Math.min((height - LINE) / rows, room / columns, LARGEST));
  const [first, last] = [SIGN, width - SIGN - large * columns]; // where the columns begin
  const second = 2 * LINE + small * rows; // where the weights begin
  const top = LINE + Math.round((height - LINE - large * rows) / 2);
  const middle = first + (small * columns) / 2;
  return {
    cells: [small, small, large],
    signs: [
      [first / 2, second + (small * rows) / 2],
      [(first + small * columns + last) / 2, top + (large * rows) / 2],
      [width - SIGN / 2, top + (large * rows) / 2],
    ],
    places: [[[first, LINE]], [[first, second]], [[last, top]]],
    names: [
      [middle, LINE / 2],
      [middle, second - LINE / 2],
      [last + (large * columns) / 2, top - LINE / 2],
    ],
  };
}

/** A row each for window, weights and products, folded where their cells would be too small. */
function asLines({ channels, rows, columns, parts }, width, height) {
  const start = width > ROOMY || channels === 1 ? NAMES : 0;
  let best = { cell: 0 };
  for (const folds of channels === 1 ? [1] : [1, 2]) {
    const aside = Math.ceil(channels / folds);
    const lines = parts * folds;
    const wide = (width - start - (aside - 1) * GAP) / aside / columns;
    const cell = Math.floor(2 * Math.min(wide, (height - (lines - 1) * GAP) / lines / rows)) / 2;
    if (cell > best.cell) best = { cell, aside, folds };
  }
  const { aside } = best;
  const [grid, high] = [best.cell * columns, best.cell * rows + GAP];
  const wide = aside === 1 ? 0 : Math.min(grid + WIDE_GAP, Math.floor((width - start - grid) / (aside - 1)));
  const top = Math.max(0, Math.round((height - high * parts * best.folds + GAP) / 2));
  const line = (part, channel) => top + (part + parts * Math.floor(channel / aside)) * high;
  return {
    cells: many(parts, () => best.cell),
    signs: [],
    places: many(parts, (part) => many(channels, (at) => [start + (at % aside) * wide, line(part, at)])),
    names: start && best.folds === 1 ? many(parts, (part) => [start / 2 - 4, line(part, 0) + (high - GAP) / 2]) : [],
  };
}

/**
 * How the grids of a meeting are laid out in `width` × `height` pixels. Returns { cells, places,
 * names, signs }: cells[part] are the pixels of a cell, places[part][channel] is the upper left
 * corner [x, y] of a grid, names[part] and signs[part] the places of its name and of the sign that
 * belongs to it, if there is room for them.
 */
export function layoutOf(form, width, height) {
  const { channels, rows, columns, parts } = form;
  if (channels > 1) return asLines(form, width, height);
  if (width > ROOMY || parts === 1) return asRow(form, width, height);
  return (columns > rows ? asLines : asFraction)(form, width, height);
}

/** The parts of a meeting that are drawn: numbers, what they are divided by, and their colours. */
function partsOf({ window, weight, products }, { largest, isInk }) {
  const most = (values) => Math.max(...values.map(Math.abs), 1e-9);
  const seen = { values: window, largest, isInk };
  if (!weight) return [seen];
  return [seen, { values: weight, largest: most(weight) }, { values: products, largest: most(products) }];
}

/** A number in the width of a cell: one decimal, without the 0 before it. */
const short = (value) => number(value, 1).replace(/^(\D?)0(\.\d)/, "$1$2").replace(/^\D?\.0$/, "0").replace(/\.0$/, "");

/** The lens. `draw(meeting, source)`: `source` is { largest, isInk } of the maps that are looked at. */
export function lens() {
  const canvas = element("canvas", { class: "book-lens", role: "img" });
  const pen = canvas.getContext("2d");

  const cell = (x, y, side, value, share, isInk) => {
    pen.globalAlpha = value === null ? OUTSIDE : 1;
    pen.fillStyle = `rgb(${colourOf(share, isInk).join(" ")})`;
    pen.fillRect(x, y, side - (side > 8 ? 1 : 0), side - (side > 8 ? 1 : 0));
    pen.globalAlpha = 1;
    if (side < NUMBERS_FROM || value === null) return;
    pen.fillStyle = isBright(share, isInk) ? "#10121f" : "#f4f5fb";
    pen.fillText(short(value), x + (side - 1) / 2, y + (side - 1) / 2 + 0.5, side - 2);
  };
  const draw = (found, source) => {
    const { clientWidth: width, clientHeight: height } = canvas;
    const sharp = devicePixelRatio || 1;
    [canvas.width, canvas.height] = [width * sharp, height * sharp];
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.font = LETTERS;
    [pen.textAlign, pen.textBaseline] = ["center", "middle"];
    const { channels, rows, columns, weight } = found;
    const parts = partsOf(found, source);
    const { cells, places, names, signs } = layoutOf({ channels, rows, columns, parts: parts.length }, width, height);
    for (const [part, { values, largest, isInk }] of parts.entries()) {
      const side = cells[part];
      pen.fillStyle = `rgb(${colourOf(0).join(" ")})`;
      // White ink would be lost on white paper.
      for (const [left, top] of places[part]) pen.fillRect(left - 1, top - 1, columns * side + 1, rows * side + 1);
      for (const [at, value] of values.entries()) {
        const [left, top] = places[part][Math.floor(at / (rows * columns))];
        const [row, column] = [Math.floor(at / columns) % rows, at % columns];
        cell(left + column * side, top + row * side, side, value, (value ?? 0) / largest, isInk);
      }
    }
    pen.fillStyle = getComputedStyle(canvas).color;
    for (const [part, [x, y]] of names.entries()) pen.fillText(PARTS[part], x, y);
    pen.font = LETTERS.replace("11px", "17px");
    const marks = weight ? ["×", "=", "Σ"] : ["→"];
    for (const [part, [x, y]] of signs.entries()) pen.fillText(marks[part], x, y);
  };
  return { root: canvas, draw };
}
