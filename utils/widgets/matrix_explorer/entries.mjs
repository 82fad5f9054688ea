// A 2×2 matrix that is edited entry by entry: a field to type in, and a slider below it.

import { element, liveLine } from "../kit/parts.mjs";

const MINUS = "\u2212";
const PLACES = [[0, 0], [0, 1], [1, 0], [1, 1]];

/** Which typed entry is no number within the bound, in words; "" if all are. */
export function entryProblem(texts, bound) {
  const isWrong = ([row, column]) => {
    const text = texts[row][column].trim();
    return text === "" || !(Math.abs(Number(text)) <= bound);
  };
  const wrong = PLACES.find(isWrong);
  if (!wrong) return "";
  const [row, column] = wrong.map((index) => index + 1);
  return (
    `Row ${row}, column ${column} must be a number from ${MINUS}${bound} to ${bound}. ` +
    "The picture waits with the last matrix that was complete."
  );
}

const shown = (value) => String(Math.round(value * 100) / 100);

/** Fields and sliders for entries from −bound to bound; `onEdit(matrix)` hears complete ones. */
export function matrixEntries({ bound, step, onEdit }) {
  let matrix = [[0, 0], [0, 0]];
  let known = "";
  const range = { min: -bound, max: bound, step };
  const input = (type, label) => element("input", { type, ...range, "aria-label": label });
  const cells = [0, 1].map((row) =>
    [0, 1].map((column) => ({
      field: input("number", `A, row ${row + 1}, column ${column + 1}`),
      slider: input("range", `slider for row ${row + 1}, column ${column + 1}`),
    })),
  );
  const problem = liveLine("book-problem");
  const texts = () => cells.map((row) => row.map(({ field }) => field.value));

  function check() {
    problem.textContent = entryProblem(texts(), bound);
    for (const { field } of cells.flat()) {
      const isWrong = field.value === "" || Math.abs(Number(field.value)) > bound;
      field.setAttribute("aria-invalid", String(isWrong));
    }
    return !problem.textContent;
  }

  // A field shows two decimals; an entry that was not typed keeps all of its own.
  function edited(row, column) {
    if (!check()) return;
    const typed = texts().map((line) => line.map(Number));
    matrix = matrix.map((line, i) =>
      line.map((value, j) => (Number(shown(value)) === typed[i][j] ? value : typed[i][j])),
    );
    known = JSON.stringify(matrix);
    cells[row][column].slider.value = matrix[row][column];
    onEdit(matrix);
  }

  for (const [row, column] of PLACES) {
    const { field, slider } = cells[row][column];
    field.addEventListener("input", () => edited(row, column));
    slider.addEventListener("input", () => {
      field.value = shown(Number(slider.value));
      edited(row, column);
    });
  }

  function set(given) {
    // What a reader has just typed stays as it was typed.
    if (JSON.stringify(given) === known) return;
    known = JSON.stringify(given);
    matrix = given;
    for (const [row, column] of PLACES) {
      const { field, slider } = cells[row][column];
      field.value = shown(matrix[row][column]);
      slider.value = matrix[row][column];
    }
    check();
  }

  const boxes = cells.flat().map(({ field, slider }) => element("div", {}, field, slider));
  const grid = element("div", { class: "book-matrix" }, ...boxes);
  return { root: element("div", {}, grid, problem), set };
}
