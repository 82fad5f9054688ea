// The picture: the input on top, the weights as squares, the output at the side.

import { PLACES, START, copies, fits, matrix, output, outline, signal } from "./math.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const CELL = 24;
const SIDE = PLACES * CELL;
const GAP = 10;
const TOP = 66; // the height of the input, with its name
const TALL = 46; // the height of the largest input
const RIGHT = 140; // the width of the output
const [TALLEST, WIDEST] = [3, 4.6]; // the largest input, and a little more than the largest output
const BAR = 15; // thickness of a bar
const ARROW = 12; // how far down the arrow of the shift lies
const SPAN = signal(0).filter(Boolean).length; // places that the signal takes
const SLOW = 500; // milliseconds from one state to the next

const LEFT = SIDE + GAP;
const MIDDLE = LEFT + RIGHT / 2; // where an output of 0 stands
const FLOOR = TOP; // where an input of 0 stands
const start = (place) => place * CELL + (CELL - BAR) / 2;

/** A bar from 0 to the output's value, as attributes. */
const across = (value) => {
  const length = (value / WIDEST) * (RIGHT / 2);
  return { x: (MIDDLE + Math.min(0, length)).toFixed(2), width: Math.abs(length).toFixed(2) };
};

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** The picture; `draw(state, pointed)` eases to a state, `onPoint({ row, column } or null)` hears the pointer. */
export function picture(onPoint) {
  const places = Array.from({ length: PLACES }, (_, place) => place);
  const rect = (className, attributes = {}) => shape("rect", { class: className, ...attributes });
  const at = (row, column) => ({ "data-row": row ?? "", "data-column": column ?? "" });
  const cells = places.flatMap((row) =>
    places.map((column) => {
      const place = { x: column * CELL, y: TOP + GAP + row * CELL, width: CELL, height: CELL };
      return { row, column, hit: rect("book-cell", { ...place, ...at(row, column) }), square: rect("book-weight", { "data-met": "" }) };
    }),
  );
  const inputs = places.map((column) => ({
    hit: rect("book-hit", { x: column * CELL, y: 0, width: CELL, height: TOP, ...at(null, column) }),
    bar: rect("book-input", { x: start(column), width: BAR }),
  }));
  const outputs = places.map((row) => {
    const y = TOP + GAP + start(row);
    return {
      hit: rect("book-hit", { x: LEFT, y: TOP + GAP + row * CELL, width: RIGHT, height: CELL, ...at(row, null) }),
      bar: rect("book-output", { y, height: BAR, "data-fit": "" }),
      wanted: rect("book-wanted", { y: y - 2.5, height: BAR + 5 }),
    };
  });
  // Where the signal was before, and the columns of weights that it meets now.
  const was = signal(0).map((value, column) => {
    const height = (value / TALLEST) * TALL;
    return rect("book-was", { x: start(column), y: FLOOR - height, width: BAR, height });
  });
  const columns = { y: TOP + GAP, width: SPAN * CELL, height: SIDE, rx: 4 };
  const met = rect("book-met", columns);
  const wasMet = rect("book-was-met", { ...columns, x: START * CELL });
  const way = shape("path", { class: "book-way" });
  const far = shape("text", { class: "book-far", y: ARROW });
  const line = (x1, y1, x2, y2) => shape("line", { class: "book-zero", x1, y1, x2, y2 });
  const words = (text, attributes) => {
    const node = shape("text", { class: "book-name", ...attributes });
    node.append(text);
    return node;
  };
  const root = shape(
    "svg",
    { class: "book-layer", viewBox: `0 0 ${LEFT + RIGHT} ${TOP + GAP + SIDE}`, role: "img", "aria-label": "Input, weights and output of a layer" },
    ...cells.map(({ hit }) => hit),
    ...cells.map(({ square }) => square),
    wasMet,
    met,
    ...was.filter((_, place) => signal(0)[place]),
    way,
    far,
    line(0, FLOOR, SIDE, FLOOR),
    line(MIDDLE, TOP + GAP, MIDDLE, TOP + GAP + SIDE),
    ...inputs.flatMap(({ bar, hit }) => [bar, hit]),
    ...outputs.flatMap(({ bar, wanted, hit }) => [bar, wanted, hit]),
    words("input x", { x: 0, y: 16 }),
    words("output h", { x: MIDDLE, y: TOP, "text-anchor": "middle" }),
  );

  const numberOf = (text) => (text === "" ? null : Number(text));
  const point = ({ target }) => {
    const { row, column } = target.dataset;
    if (row !== undefined) onPoint({ row: numberOf(row), column: numberOf(column) });
  };
  root.addEventListener("pointerover", point);
  root.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && onPoint(null));

  const move = eased((numbers) => {
    cells.forEach(({ row, column, square }, index) => {
      const value = numbers[index];
      const side = 0.92 * CELL * Math.sqrt(Math.abs(value)); // the area is the weight
      const corner = (place) => (place + 0.5) * CELL - side / 2;
      set(square, { x: corner(column).toFixed(2), y: (TOP + GAP + corner(row)).toFixed(2), width: side.toFixed(2), height: side.toFixed(2) });
      square.classList.toggle("book-minus", value < 0);
    });
    inputs.forEach(({ bar }, place) => {
      const height = (numbers[cells.length + place] / TALLEST) * TALL;
      set(bar, { y: (FLOOR - height).toFixed(2), height: height.toFixed(2) });
    });
    outputs.forEach(({ bar, wanted }, place) => {
      const value = numbers[cells.length + PLACES + place];
      set(bar, across(value));
      bar.classList.toggle("book-minus", value < 0);
      set(wanted, across(numbers[cells.length + 2 * PLACES + place]));
    });
    const shift = numbers.at(-1);
    const [from, to] = [0, shift].map((moved) => (START + SPAN / 2 + moved) * CELL);
    met.setAttribute("x", ((START + shift) * CELL).toFixed(2));
    way.setAttribute("d", `M${from} ${ARROW}H${to.toFixed(2)}m-7 -5l7 5l-7 5`);
    far.setAttribute("x", (to + 7).toFixed(2));
  }, SLOW);

  const draw = (state, pointed) => {
    const goal = outline(state);
    move.to([...matrix(state).flat(), ...signal(state.shift), ...output(state), ...goal.map((value) => value ?? 0), state.shift]);
    const isMoved = state.shift > 0;
    root.classList.toggle("book-moved", isMoved);
    far.textContent = isMoved ? String(state.shift) : "";
    const fit = fits(state);
    outputs.forEach(({ bar, wanted }, place) => {
      wanted.classList.toggle("book-none", !isMoved || goal[place] === null);
      bar.dataset.fit = !isMoved || fit[place] === null ? "" : fit[place] ? "yes" : "no";
    });
    const x = signal(state.shift);
    for (const { column, square } of cells) square.dataset.met = x[column] ? "yes" : "";
    const isAbout = (row, column) => {
      if (!pointed) return false;
      if (pointed.row === null || pointed.column === null) return row === pointed.row || column === pointed.column;
      const isSame = row === pointed.row && column === pointed.column;
      return isSame || (state.share && column - row === pointed.column - pointed.row);
    };
    for (const { row, column, hit } of cells) {
      const isIn = copies(state, row, column) > 0;
      hit.classList.toggle("book-cut", !isIn);
      hit.classList.toggle("book-pointed", isIn && isAbout(row, column));
    }
    inputs.forEach(({ hit }, place) => hit.classList.toggle("book-pointed", pointed?.column === place));
    outputs.forEach(({ hit }, place) => hit.classList.toggle("book-pointed", pointed?.row === place));
  };
  return { root, draw, stop: move.stop };
}
