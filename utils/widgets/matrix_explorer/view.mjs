// 2×2 matrix explorer: what a matrix does to the unit circle and to one vector.

import { factList } from "../kit/fact_list.mjs";
import { matrixEntries } from "./entries.mjs";
import { apply, direction, nextEnd, snapped, stepped } from "../kit/matrix.mjs";
import { marks, specialLines } from "./scene.mjs";
import { eigenFacts, eigenSentence, normFacts, normSentence, number, placeWords, torchCode } from "./words.mjs";
import { choice, copyable, demoRoot, element, group, liveLine, show, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const BOUND = 2; // of every entry
const STEP = 0.1; // between entries that are not typed
const EDGE = 2.9; // of the plane: no image of the unit circle reaches beyond 2 · √2
const NEAR = 2; // degrees from which a dragged x finds a special line
const TRAITS = ["matrix", "preset", "angle", "view"];
const HINT =
  "Orange goes in, blue comes out. Drag the squares (the columns of A) or the round point (x); " +
  "or focus one and use the arrow keys. Home and End take x to the next special line.";

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
      ["norms", "ellipse and norms"],
      ["eigenvectors", "eigenvectors"],
    ],
    onInput: (name) => update(model, { view: name }),
  });
  const entries = matrixEntries({ bound: BOUND, step: STEP, onEdit: setMatrix });
  const drawing = plane({
    label: "The plane: the unit circle and its image under A",
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    names: ["x₁", "x₂"],
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
  const said = liveLine("book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "2×2 matrix explorer",
    element("p", { class: "book-title" }, "2×2 matrix explorer"),
    element("div", { class: "book-row book-switches" }, preset.root, view.root),
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, drawing.root, element("p", { class: "book-caption" }, HINT)),
      element("div", { class: "book-panel" }, group("A", entries.root), facts.root, said),
    ),
    torch.root,
  );
  root.classList.add("book-matrix-explorer");

  function placeColumn(column) {
    const at = model.get("matrix").map((row) => row[column]);
    columns[column].place(at, placeWords(at));
  }

  function redraw() {
    const state = read();
    const { matrix, angle } = state;
    const isNorms = state.view === "norms";
    const x = direction(angle);
    preset.set(state.preset);
    view.set(state.view);
    entries.set(matrix);
    for (const column of columns.keys()) placeColumn(column);
    pointer.place(x, `${number(angle)} degrees; Ax at ${placeWords(apply(matrix, x))}`, angle);
    drawing.draw(marks(state));
    facts.set((isNorms ? normFacts : eigenFacts)(matrix, angle));
    said.textContent = (isNorms ? normSentence : eigenSentence)(matrix, angle);
    torch.set(torchCode(state));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
