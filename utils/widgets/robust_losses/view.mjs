// Robust losses with one outlier: three fitted lines, and how hard the outlier pulls at each.

import { factList } from "../kit/fact_list.mjs";
import { number, placeWords } from "../kit/numbers.mjs";
import { fitted } from "./math.mjs";
import { EDGE, LOSS_RANGE, PULL_RANGE, WIDE, chartMarks, planeMarks } from "./scene.mjs";
import { facts, sentence, torchCode } from "./words.mjs";
import { choice, copyable, demoRoot, element, liveLine, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const TRAITS = ["preset", "outlier", "delta"];
const BOUND = 4;
const KEY = 0.1; // what an arrow key moves
const HINT =
  "Drag the outlier, the large point, or focus it and use the arrow keys. The small points stay.";
const LOSS_HINT = "The loss over the residual, prediction minus target. A mark at the edge lies beyond.";
const PULL_HINT = "Its derivative over the residual: how hard a point pulls at the line.";

const bounded = (value) => Math.max(-BOUND, Math.min(BOUND, value));
const rounded = (value) => bounded(Math.round(value * 20) / 20);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function panel(...children) {
  return element("div", { class: "book-panel" }, ...children);
}

function caption(text) {
  return element("p", { class: "book-caption" }, text);
}

function render({ model, el }) {
  const presets = model.get("presets");
  const points = () => [...presets[model.get("preset")].points, model.get("outlier")];

  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => update(model, { preset: name, outlier: presets[name].outlier }),
  });
  const delta = slider({
    label: "Huber's δ",
    min: 0.1,
    max: 6,
    step: 0.1,
    format: (value) => number(value, 1),
    onInput: (value) => update(model, { delta: value }),
  });

  const data = plane({
    label: "The points and three lines",
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    size: [330, 330],
  });
  const grip = data.handle({
    label: "the outlier",
    look: "outlier",
    step: KEY,
    range: [-BOUND, BOUND],
    onMove: (at) => setOutlier(at.map(rounded)),
  });
  const chart = (label, name, y) =>
    plane({ label, x: [-WIDE, WIDE], y, names: ["", name], size: [330, 280] });
  const losses = chart("The three losses over the residual", "loss", LOSS_RANGE);
  const pulls = chart("The three derivatives over the residual", "derivative", PULL_RANGE);

  const list = factList();
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Robust losses with one outlier",
    element("p", { class: "book-title" }, "Robust losses with one outlier"),
    element("div", { class: "book-row book-switches" }, preset.root, delta.root),
    element(
      "div",
      { class: "book-panels" },
      panel(data.root, caption(HINT)),
      panel(list.root, said),
    ),
    element(
      "div",
      { class: "book-panels" },
      panel(losses.root, caption(LOSS_HINT)),
      panel(pulls.root, caption(PULL_HINT)),
    ),
    torch.root,
  );
  root.classList.add("book-robust-losses");

  function setOutlier(place) {
    if (!same(place, model.get("outlier"))) update(model, { outlier: place });
    grip.place(place, placeWords(place)); // at once: another key may be pressed before the next frame
  }

  function redraw() {
    const [all, threshold] = [points(), model.get("delta")];
    const found = fitted(all, threshold);
    preset.set(model.get("preset"));
    delta.set(threshold);
    grip.place(all.at(-1), placeWords(all.at(-1)));
    data.draw(planeMarks(all, found.fits));
    const charts = chartMarks(found.fits, threshold);
    losses.draw(charts.losses);
    pulls.draw(charts.pulls);
    list.set(facts(found));
    said.textContent = sentence(found, threshold);
    torch.set(torchCode(all, found, threshold));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
