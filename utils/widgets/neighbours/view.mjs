// Nearest neighbours: the regions that k votes cut out of a plane.

import { legend, voteControls } from "./controls.mjs";
import { wrongPoints } from "./math.mjs";
import { onTaps, pointLayer } from "./points.mjs";
import { textures } from "../kit/badges.mjs";
import { RANGE, SIZE, marks, regionLayer } from "./scene.mjs";
import { errorSentence, neighbourRows, torchCode, voteSentence } from "./words.mjs";
import { copyable, demoRoot, element, liveLine, shape, show, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const SIDE = 100; // of the square in which points lie
const MOST = 48; // points
const TRAITS = ["points", "preset", "k", "distance", "query", "leave_out", "new_class"];
const HINT =
  "Tap an empty place to add a point. Drag points, or the query (?), or focus one and use the arrow " +
  "keys; Delete removes a point. A point with a dashed ring is predicted wrong.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const inside = (value) => Math.max(0, Math.min(SIDE, Math.round(value)));

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const points = () => model.get("points");
  let chosen = Math.max(0, points().length - 1);

  function setPoints(list) {
    const name = Object.keys(presets).find((key) => same(presets[key], list)) ?? "custom";
    update(model, { points: list, preset: name });
  }

  function setQuery(place) {
    const query = place.map(inside);
    if (!same(query, model.get("query"))) update(model, { query });
  }

  function add(place) {
    if (points().length === MOST) {
      problem.textContent = `${MOST} points are all that the plane holds. Remove one first.`;
      return;
    }
    chosen = points().length;
    setPoints([...points(), [...place.map(inside), model.get("new_class")]]);
  }

  function remove(index) {
    const isFocused = document.activeElement?.closest(".book-datum") != null;
    setPoints(points().filter((_, other) => other !== index));
    chosen = Math.max(0, Math.min(index, points().length - 1));
    redraw(); // at once, so that the focus finds its next point
    if (isFocused) layer.focus(chosen);
  }

  function move(index, place) {
    const before = points()[index];
    if (!before) return; // a key on a point that the next frame takes off
    const point = [...place.map(inside), before[2]];
    if (same(point, before)) return;
    setPoints(points().map((old, other) => (other === index ? point : old)));
    layer.place(index, point); // at once: another key may be pressed before the next frame
  }

  function choose(index) {
    if (index === chosen) return;
    chosen = index;
    redraw();
  }

  const controls = voteControls({
    onSet: (changes) => update(model, changes),
    onPreset: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, points: presets[name] }),
    onChoose: choose,
    onAdd: () => add(model.get("query")),
    onRemove: () => remove(chosen),
  });
  const problem = liveLine("book-problem");

  const drawing = plane({
    label: "The plane: points, the region of each class, and the query",
    x: RANGE,
    y: RANGE,
    names: ["x₁", "x₂"],
    size: [SIZE, SIZE],
  });
  const texture = textures();
  const areas = regionLayer(texture.fill);
  drawing.root.prepend(texture.root, areas.root);
  const query = drawing.handle({ label: "query", look: "query", range: [0, SIDE], step: 2, onMove: moveQuery });
  query.root.append(shape("text", { class: "book-letter", y: 0.5 }, "?"));
  const layer = pointLayer({
    drawing,
    before: query.root,
    side: SIDE,
    onMove: move,
    onChoose: choose,
    onRemove: remove,
  });
  const [least, greatest] = RANGE;
  const across = greatest - least;
  onTaps(drawing.root, (left, top) => add([least + left * across, greatest - top * across]));

  function moveQuery(place) {
    setQuery(place);
    placeQuery();
  }

  function placeQuery() {
    const place = model.get("query");
    query.place(place, `at ${place.join(", ")}`);
  }

  const said = liveLine("book-note book-short-note book-result");
  const neighbours = element("ol", { class: "book-neighbour-list" });
  const error = element("p", { class: "book-error" });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Nearest neighbours",
    element("p", { class: "book-title" }, "Nearest neighbours"),
    controls.root,
    problem,
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, drawing.root, element("p", { class: "book-caption" }, HINT)),
      element(
        "div",
        { class: "book-panel" },
        legend(texture.fill),
        said,
        element("p", { class: "book-heading" }, "Who votes, the nearest first"),
        neighbours,
        error,
      ),
    ),
    torch.root,
  );
  root.classList.add("book-neighbours");

  function redraw() {
    const state = read();
    const wrong = new Set(wrongPoints(state.points, state));
    chosen = Math.max(0, Math.min(chosen, state.points.length - 1));
    if (state.points.length < MOST) problem.textContent = "";
    controls.set(state, chosen);
    placeQuery();
    layer.set(state.points, chosen, wrong);
    areas.set(state.points, state);
    drawing.draw(marks(state));
    said.textContent = voteSentence(state);
    neighbours.replaceChildren(
      ...neighbourRows(state).map(([letter, place, far]) =>
        element("li", {}, element("b", {}, letter), ` ${place} `, element("span", { class: "book-value" }, far)),
      ),
    );
    error.textContent = errorSentence(state);
    torch.set(torchCode(state));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
