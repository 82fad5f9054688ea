// 2×2 matrix explorer: what a matrix does to the unit circle and to one vector.

import { factList } from "../kit/fact_list.mjs";
import { matrixEntries } from "./entries.mjs";
import { gauge } from "./gauge.mjs";
import { apply, direction, nextEnd, snapped, stepped } from "../kit/matrix.mjs";
import { EDGE, marks, specialLines } from "./scene.mjs";
import { taskOf } from "./tasks.mjs";
import { placeWords, sentence, torchCode, viewFacts } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { choice, element, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const BOUND = 2; // of every entry
const STEP = 0.1; // between entries that are not typed
const NEAR = 2; // degrees from which a dragged x finds a special line
const TRAITS = ["matrix", "preset", "angle", "view"];
const [TURN, EACH] = [4, 100]; // degrees that x turns in so many milliseconds
const SHOWN = ["long", "short", "diagonal", "square", "parallelogram", "image", "kept"]; // looks that both a mark and a number have

const rounded = (value) => Math.round(value / STEP) / Math.round(1 / STEP);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const nameOf = (matrix) =>
    Object.keys(presets).find((name) => same(presets[name], matrix)) ?? "custom";
  const setMatrix = (matrix) => {
    if (!same(matrix, model.get("matrix"))) update(model, { matrix, preset: nameOf(matrix) });
  };
  const setAngle = (angle) => {
    if (angle !== model.get("angle")) update(model, { angle });
  };
  const lines = () => specialLines(model.get("matrix"), model.get("view"));

  const preset = choice({
    label: "Matrix",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, matrix: presets[name] }),
  });
  const view = choice({
    label: "Show",
    options: [
      ["norms", "how far it stretches"],
      ["box", "Frobenius norm"],
      ["area", "areas"],
      ["eigenvectors", "eigenvectors"],
    ],
    onInput: (name) => update(model, { view: name }),
  });
  const entries = matrixEntries({ bound: BOUND, step: STEP, onEdit: setMatrix });
  const drawing = plane({
    label: "The plane, and what A makes of it",
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    names: ["x₁", "x₂"],
    steps: [1, 1],
  });
  const columns = [0, 1].map((column) =>
    drawing.handle({
      label: `column ${column + 1} of A`,
      look: "column",
      form: "square",
      step: STEP,
      onMove(place) {
        const entry = (side) => Math.max(-BOUND, Math.min(BOUND, rounded(place[side])));
        setMatrix(
          model.get("matrix").map((row, side) =>
            row.map((value, index) => (index === column ? entry(side) : value)),
          ),
        );
        placeColumn(column); // at once: another key may be pressed before the next frame
      },
    }),
  );
  const pointer = drawing.handle({
    label: "vector x, its angle in degrees",
    look: "x",
    range: [0, 360],
    onMove([x, y]) {
      if (!x && !y) return;
      const angle = (Math.atan2(y, x) * 180) / Math.PI;
      setAngle(snapped(Math.round(angle), lines(), NEAR));
    },
    onStep(right, up) {
      const sense = Math.sign(right + up);
      const isFar = !Number.isFinite(right);
      setAngle((isFar ? nextEnd : stepped)(model.get("angle"), sense, lines()));
    },
  });
  const facts = factList();
  const written = [0, 1].map(() => [0, 1].map(() => element("span", {})));
  const bracket = element("div", { class: "book-bracket" }, ...written.flat());
  const [before, after] = [0, 1].map(() => [0, 1].map(() => element("span", {})));
  const factor = (name, look, node) => element("div", { class: `book-factor ${look}` }, node, element("span", { class: "book-under" }, name));
  const vector = (cells) => element("div", { class: "book-vector" }, ...cells);
  const product = [
    factor("A", "book-image", bracket),
    factor("x", "book-x", vector(before)),
    element("span", { class: "book-gives" }, "="),
    factor("Ax", "book-image", vector(after)),
  ];
  const short = element("div", { class: "book-brief" });
  const hint = element("div", { class: "book-caption" }, "Squares are the columns of A; the round point is x. Drag them, or use the arrow keys; Home and End take x to the next special line.");
  const side = element("div", { class: "book-side" }, element("div", { class: "book-equals" }, element("span", { class: "book-lead" }, "A ="), ...product), short);
  const sides = element("div", { class: "book-sides" }, drawing.root, side);
  const pointed = pointing(sides);
  let named = null;

  function placeColumn(column) {
    const at = model.get("matrix").map((row) => row[column]);
    columns[column].place(at, placeWords(at));
  }

  // What is drawn, on its way from one matrix to the next.
  const morph = eased(([a, b, c, d]) => {
    const state = { ...read(), matrix: [[a, b], [c, d]] };
    drawing.draw(marks(state));
    for (const look of SHOWN) {
      for (const node of drawing.root.querySelectorAll(`:is(.book-mark, .book-head, .book-words).book-${look}`)) node.dataset.about = look;
    }
    pointed.refresh();
  }, 500);

  function draw(state) {
    const { matrix, angle } = state;
    preset.set(state.preset);
    view.set(state.view);
    entries.set(matrix);
    written.forEach((row, i) => row.forEach((one, j) => (one.textContent = number(matrix[i][j]))));
    const x = direction(angle);
    const image = apply(matrix, x);
    for (const row of [0, 1]) [before[row].textContent, after[row].textContent] = [number(x[row]), number(image[row])];
    for (const column of columns.keys()) placeColumn(column);
    pointer.place(x, `${number(angle)} degrees; Ax at ${placeWords(image)}`, angle);
    // A chosen matrix arrives in time, one that is dragged at once.
    const isChosen = named !== null && state.preset !== named && state.preset !== "custom";
    named = state.preset;
    (isChosen ? morph.to : morph.set)(matrix.flat());
    const list = viewFacts(state);
    facts.set(list);
    short.replaceChildren(
      ...list.map(([look, name, value, , bar]) =>
        element("div", look ? { "data-about": look } : {}, element("span", { class: `book-key book-${look || "none"}` }), element("span", {}, name), element("b", {}, value), ...gauge(look, bar)),
      ),
    );
  }

  return stage({
    model,
    el,
    names: TRAITS,
    label: "2×2 matrix explorer",
    look: "book-matrix-explorer",
    picture: [sides],
    controls: [preset.root, view.root],
    play: {
      every: EACH,
      auto: true,
      rest: 1000,
      step: ({ angle }) => (angle < 360 - TURN ? { angle: snapped(angle + TURN, lines(), NEAR) } : null),
      restart: () => ({ angle: 0 }),
    },
    draw,
    says: sentence,
    more: [entries.root, facts.root, hint],
    code: torchCode,
    task: taskOf,
    onStop() {
      morph.stop();
      pointed.stop();
    },
  });
}

export default { render };
