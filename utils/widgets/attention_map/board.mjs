// The picture: letters above places, lines between them, and the table of all weights.

import { element, shape } from "../kit/parts.mjs";

const COUNT = 8;
const [STEP, BOX, LEFT] = [46, 38, 42]; // of the rows of boxes
const [TOP, BOTTOM] = [18, 148]; // the upper edges of both rows
const [CELL, EDGE] = [24, 24]; // of the table

const all = (make) => Array.from({ length: COUNT }, (_, index) => make(index));
const middle = (index) => LEFT + STEP * index + BOX / 2;

/** A mouse chooses by pointing, a finger by a touch. */
function onPointing(node, choose) {
  node.addEventListener("pointerdown", choose);
  node.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") choose();
  });
}

function boxed(index, top, look) {
  const frame = shape("rect", { x: LEFT + STEP * index, y: top, width: BOX, height: BOX, rx: 6 });
  const text = shape("text", { x: middle(index), y: top + BOX / 2 });
  return { root: shape("g", { class: look }, frame, text), text };
}

/** Letters in, answers out; `choose(place)` is called for a place that is pointed at or pressed. */
function rows(choose) {
  const lines = all(() => shape("line", { y1: TOP + BOX + 2, y2: BOTTOM - 2 }));
  const letters = all((index) => boxed(index, TOP, "book-letter"));
  const answers = all((index) => {
    const box = boxed(index, BOTTOM, "book-out");
    onPointing(box.root, () => choose(index));
    return box;
  });
  const name = (words, y) => shape("text", { class: "book-name", x: 0, y: y + BOX / 2 }, words);
  const root = shape(
    "svg",
    { viewBox: `0 0 ${LEFT + STEP * COUNT} ${BOTTOM + BOX + 4}`, class: "book-rows", "aria-hidden": true },
    name("word", TOP),
    name("says", BOTTOM),
    ...lines,
    ...[...letters, ...answers].map((box) => box.root),
  );
  return { root, lines, letters, answers };
}

/** The table: a row for each place, a column for each letter. */
function table(choose) {
  const cells = all((row) =>
    all((column) => {
      const spot = { x: EDGE + CELL * column, y: EDGE + CELL * row };
      return shape("rect", { ...spot, width: CELL - 1, height: CELL - 1, class: "book-cell" });
    }),
  );
  const heads = all((index) => shape("text", { x: EDGE + CELL * (index + 0.5), y: EDGE / 2 }));
  const sides = all((index) => shape("text", { x: EDGE / 2, y: EDGE + CELL * (index + 0.5) }));
  const mark = shape("rect", { class: "book-mark", x: EDGE - 1, width: CELL * COUNT + 1, height: CELL + 1, rx: 3 });
  const bands = all((row) => {
    const band = shape("g", { class: "book-band" }, sides[row], ...cells[row]);
    onPointing(band, () => choose(row));
    return band;
  });
  const side = EDGE + CELL * COUNT + 2;
  const root = shape("svg", { viewBox: `0 0 ${side} ${side}`, class: "book-table", "aria-hidden": true }, ...heads, ...bands, mark);
  return { root, cells, heads, sides, mark };
}

/** The whole picture. `draw(numbers)` takes the place, its weights, and all weights in one list. */
export function board(choose) {
  const upper = rows(choose);
  const lower = table(choose);
  const root = element(
    "div",
    { class: "book-board", tabindex: 0, role: "slider", "aria-label": "Chosen place", "aria-valuemin": 1, "aria-valuemax": COUNT },
    upper.root,
    lower.root,
  );
  const draw = ([place, ...numbers]) => {
    numbers.slice(0, COUNT).forEach((weight, index) => {
      const line = upper.lines[index];
      line.setAttribute("x1", middle(index));
      line.setAttribute("x2", middle(place));
      line.setAttribute("stroke-width", 0.5 + 13 * weight);
      line.setAttribute("stroke-opacity", 0.15 + 0.75 * weight);
      upper.letters[index].root.style.setProperty("--share", weight.toFixed(4));
    });
    lower.cells.flat().forEach((cell, index) => cell.style.setProperty("--share", numbers[COUNT + index].toFixed(4)));
    lower.mark.setAttribute("y", EDGE + CELL * place - 1);
  };
  /** Letters, answers and the chosen place; `hidden(row, column)` says what a mask takes away. */
  const write = (word, answer, chosen, hidden) => {
    all((index) => {
      upper.letters[index].text.textContent = word[index];
      lower.heads[index].textContent = word[index];
      upper.answers[index].text.textContent = answer[index];
      lower.sides[index].textContent = answer[index];
      const { classList } = upper.answers[index].root;
      classList.toggle("book-chosen", index === chosen);
      classList.toggle("book-wrong", answer[index] !== word[COUNT - 1 - index]);
      lower.cells[index].forEach((cell, column) => cell.classList.toggle("book-hidden", hidden(index, column)));
    });
    root.setAttribute("aria-valuenow", chosen + 1);
    root.setAttribute("aria-valuetext", `place ${chosen + 1}, says ${answer[chosen]}`);
  };
  return { root, draw, write };
}
