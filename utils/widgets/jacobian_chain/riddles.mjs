// The puzzles of the Jacobian chain: what they ask, what an answer gets back, how it is given.

import { askedShape, shapes, shownShapes, verdict } from "./math.mjs";
import { looseBoxes } from "./scene.mjs";
import { boxName, shapeText } from "./words.mjs";
import { button, choice, element, liveLine } from "../kit/parts.mjs";

const LETTERS = "ABCD";
const LARGEST = 64;
const numbersOf = (letter, count) => `${letter} has ${count} number${count === 1 ? "" : "s"}`;
const askedBox = ({ asked: [first, last] }) => ({ first, last });

/** The question of a puzzle. */
export function task(puzzle) {
  const { sizes } = puzzle;
  const ends = `${numbersOf("x", sizes[0])}, ${numbersOf("y", sizes.at(-1))}`;
  if (puzzle.kind === "order") {
    return `${ends}. The Jacobians of the chain were shuffled. In which order do they multiply?`;
  }
  const [first, last] = puzzle.asked;
  const asked = boxName(askedBox(puzzle));
  return first === last
    ? `${ends}. The shape of ${asked} was lost. Which one fits?`
    : `${ends}. Which shape has the product ${asked}?`;
}

/** The boxes that a puzzle shows, from left to right. */
export function shownBoxes(puzzle) {
  if (puzzle.kind === "order") {
    return shownShapes(puzzle).map((shape, at) => ({ name: LETTERS[at], shape }));
  }
  const [first, last] = puzzle.asked;
  const all = shapes(puzzle.sizes).map((shape, index) => {
    const isAsked = first === last && first === index + 1;
    const name = boxName({ first: index + 1, last: index + 1 });
    return { name, shape: isAsked ? null : shape };
  });
  return all.reverse();
}

const PLACES = ["left", "second", "third", "fourth"];

function neighbour(puzzle, kind) {
  const [first, last] = puzzle.asked;
  const isRows = kind === "rows";
  if (isRows && last === puzzle.sizes.length - 1) return "there is a row for each number of y";
  if (!isRows && first === 1) return "there is a column for each number of x";
  const beside = isRows ? last + 1 : first - 1;
  const name = boxName({ first: beside, last: beside });
  return isRows
    ? `the rows must match the columns of ${name}, the neighbour on the left`
    : `the columns must match the rows of ${name}, the neighbour on the right`;
}

/** What an answer gets back. */
export function feedback(puzzle, answer) {
  const found = verdict(puzzle, answer);
  const isOrder = puzzle.kind === "order";
  const told = {
    incomplete: () =>
      isOrder
        ? "Choose a box for every place first."
        : `Write rows and columns first, whole numbers from 1 to ${LARGEST}.`,
    twice: () => `Not yet: box ${LETTERS[found.place - 1]} can stand in one place only.`,
    end: () => `Not yet: the left box has ${found.has} rows, but ${numbersOf("y", found.wants)}.`,
    joint: () =>
      `Not yet: the ${PLACES[found.at - 1]} box has ${found.columns} columns, and the next one ` +
      `${found.rows} rows. They do not join.`,
    swapped: () => "Not yet: the right numbers the other way round. A row belongs to an output.",
    rows: () => `Not yet: ${neighbour(puzzle, "rows")}.`,
    columns: () => `Not yet: ${neighbour(puzzle, "columns")}.`,
    "": () => {
      if (!isOrder) return `Right: ${boxName(askedBox(puzzle))} is ${shapeText(askedShape(puzzle))}.`;
      const boxes = answer.map((place) => `${LETTERS[place - 1]} (${shapeText(shownShapes(puzzle)[place - 1])})`);
      return `Right: ${boxes.join(" times ")} is ${shapeText([puzzle.sizes.at(-1), puzzle.sizes[0]])}.`;
    },
  };
  return { isRight: found.kind === "", text: told[found.kind]() };
}

/** An answer without the empty fields at its end, to compare. */
const filled = (answer) => String(answer.slice(0, answer.findLastIndex((value) => value) + 1));

/** A drop-down list for each place of an order puzzle. */
function placeFields(puzzle, onAnswer) {
  const options = [[0, "?"], ...puzzle.shown.map((_, at) => [at + 1, LETTERS[at]])];
  const fields = puzzle.shown.map((_, at) =>
    choice({
      label: `${PLACES[at][0].toUpperCase()}${PLACES[at].slice(1)} box`,
      options,
      onInput: () => onAnswer(read()),
    }),
  );
  const read = () => fields.map(({ input }) => Number(input.value));
  const set = (answer) => {
    for (const [at, field] of fields.entries()) field.set(answer[at] ?? 0);
  };
  return { nodes: fields.map(({ root }) => root), read, set };
}

/** The typed number, or 0 for what is none that fits. */
function typed(input) {
  const value = Number(input.value);
  const isGood = Number.isInteger(value) && value >= 1 && value <= LARGEST;
  input.setAttribute("aria-invalid", String(input.value !== "" && !isGood));
  return isGood ? value : 0;
}

/** Two fields for a shape. */
function shapeFields(onAnswer) {
  const inputs = ["Rows", "Columns"].map((name) =>
    element("input", {
      type: "number",
      min: 1,
      max: LARGEST,
      autocomplete: "off",
      "aria-label": name,
      oninput: () => onAnswer(read()),
    }),
  );
  const read = () => inputs.map(typed);
  const nodes = inputs.map((input) =>
    element("label", { class: "book-field" }, input.ariaLabel, input),
  );
  const set = (answer) => {
    // What the reader has typed stays, unless the answer comes from elsewhere.
    if (filled(read()) === filled(answer)) return;
    for (const [at, input] of inputs.entries()) {
      input.value = answer[at] || "";
      typed(input);
    }
  };
  return { nodes, read, set };
}

/** The panel of puzzles; `onPuzzle(number)` and `onAnswer(answer)` hear the reader. */
export function riddles({ puzzles, onPuzzle, onAnswer }) {
  let shown = 0; // the number of the puzzle
  let fields = null;
  let told = ""; // the answer that the feedback is about
  const select = choice({
    label: "Puzzle",
    options: puzzles.map((_, at) => [at + 1, `${at + 1} of ${puzzles.length}`]),
    onInput: (value) => onPuzzle(Number(value)),
  });
  const asked = element("p", { class: "book-task" });
  const picture = looseBoxes();
  const places = element("div", { class: "book-row book-switches book-answer" });
  const said = liveLine("");
  const puzzle = () => puzzles[shown - 1];
  const say = (text, answer, kind = "") => {
    told = filled(answer);
    said.textContent = text;
    said.className = `book-note book-feedback ${kind}`;
  };
  const check = button("Check", () => {
    const answer = fields.read();
    const { isRight, text } = feedback(puzzle(), answer);
    say(text, answer, isRight ? "book-right" : "book-problem");
  });
  const next = button("Next puzzle", () => onPuzzle((shown % puzzles.length) + 1));
  const buttons = element("div", { class: "book-row" }, check, next);
  const root = element("div", {}, select.root, asked, picture.root, places, buttons, said);
  root.classList.add("book-riddles");

  function draw(number, answer, width) {
    const isNew = number !== shown;
    if (isNew || filled(answer) !== told) say("Answer, then check.", answer);
    if (isNew) {
      shown = number;
      fields = puzzle().kind === "order" ? placeFields(puzzle(), onAnswer) : shapeFields(onAnswer);
      places.replaceChildren(...fields.nodes);
      asked.textContent = task(puzzle());
      select.set(number);
    }
    fields.set(answer);
    picture.draw(shownBoxes(puzzle()), Math.max(...puzzle().sizes), width);
  }

  return { root, draw };
}
