// The drawing of the network: units that blink out, with what they hand on.

import { INPUTS, SECOND, hidden } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { shape } from "../kit/parts.mjs";

const [WIDTH, HEIGHT] = [300, 184];
const [HEAD, PITCH] = [34, 27.5]; // middle of the first hidden unit, and from one to the next
const BOX = [48, 22];
const COLUMNS = [25, 110, 200, 275];
const MIDDLE = HEAD + 2.5 * PITCH;
const APART = 55; // from one unit to the next where there are few

const few = (count) => Array.from({ length: count }, (_, at) => MIDDLE + (at - (count - 1) / 2) * APART);

/** The picture of the network; `draw(mask, values, sums, output, relu)` shows one pass. */
export function network() {
  const heights = [few(INPUTS.length), hidden().map((_, unit) => HEAD + unit * PITCH), few(SECOND.length), few(1)];
  const unit = (column) => (y) => {
    const [width, height] = BOX;
    const words = shape("text", { class: "book-words", x: COLUMNS[column], y });
    const box = shape("rect", { x: COLUMNS[column] - width / 2, y: y - height / 2, width, height, rx: height / 2 });
    return { root: shape("g", { class: `book-unit ${column === 1 ? "book-coin" : ""}`.trim() }, box, words), words };
  };
  const units = heights.map((list, column) => list.map(unit(column)));
  const edges = heights.slice(1).map((ends, column) =>
    heights[column].map((y1) =>
      ends.map((y2) => shape("line", { class: "book-edge", x1: COLUMNS[column] + BOX[0] / 2, y1, x2: COLUMNS[column + 1] - BOX[0] / 2, y2 })),
    ),
  );
  const heads = ["input", "hidden", "linear", "output"].map((words, column) => {
    const head = shape("text", { class: "book-words book-tick", x: COLUMNS[column], y: 10 });
    head.textContent = words;
    return head;
  });
  const drawn = [...edges.flat(2), ...units.flat().map(({ root }) => root), ...heads];
  const root = shape("svg", { class: "book-network", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }, ...drawn);

  function draw(mask, values, sums, output, relu) {
    heads[2].textContent = relu ? "ReLU" : "linear";
    [INPUTS, values, sums, [output]].forEach((column, at) =>
      column.forEach((value, place) => {
        units[at][place].words.textContent = number(value);
      }),
    );
    mask.forEach((stays, place) => {
      units[1][place].root.classList.toggle("book-off", !stays);
      const touching = [...edges[0].map((ends) => ends[place]), ...edges[1][place]];
      for (const edge of touching) edge.classList.toggle("book-off", !stays);
    });
    const dropped = mask.filter((stays) => !stays).length;
    root.setAttribute("aria-label", `A network of 2, 6, 3 and 1 units; ${dropped} of the 6 hidden units are dropped`);
  }
  return { root, draw };
}
