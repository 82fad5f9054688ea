// Linear classifier in the plane: three weight vectors, their regions, and how they are trained.

import { factList } from "../kit/fact_list.mjs";
import { DECAYS, RATES, biasSlider, rounded, stopSlider } from "./controls.mjs";
import { BOUND, evaluate, gradient, stepped } from "./math.mjs";
import { SIZE, marks, pointLayer, regionLayer, scoreTable, tapped } from "./scene.mjs";
import { facts, placeWords, pointWords, sentence, torchCode } from "./words.mjs";
import { LETTERS, textures } from "../kit/badges.mjs";
import { button, choice, copyable, demoRoot, element, follow, group, liveLine, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const STEP = 0.1; // of an arrow key
const PACE = 40; // milliseconds from one step of training to the next
const LONGEST = 600; // steps that one press of Train takes at most
const TRAITS = ["preset", "weights", "biases", "kind", "decay", "lr", "selected", "steps"];
const HINT =
  "Drag the squares at the arrows' tips, or focus one and use the arrow keys. Tap a point to choose " +
  "it. A point with a dashed ring is given a wrong class.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const [presets, start] = [model.get("presets"), model.get("start")];
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const points = () => presets[model.get("preset")];
  let timer = 0;
  let left = 0; // steps that are still to be taken

  function restart(changes = {}) {
    stop();
    update(model, { ...changes, ...start, steps: 0 });
  }

  function step() {
    const state = read();
    update(model, { ...stepped(points(), state), steps: state.steps + 1 });
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    train.textContent = "Train";
    said.setAttribute("aria-live", "polite");
  }

  function play() {
    if (timer) return stop();
    left = LONGEST;
    train.textContent = "Stop";
    said.setAttribute("aria-live", "off"); // thirty sentences a second help nobody
    timer = setInterval(() => {
      const slopes = gradient(points(), read());
      const isDone = [...slopes.weights.flat(), ...slopes.biases].every((slope) => Math.abs(slope) < 1e-9);
      if (!left || isDone) return stop();
      left -= 1;
      step();
    }, PACE);
  }

  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => restart({ preset: name }),
  });
  const kind = choice({
    label: "Loss",
    options: [["hinge", "hinge (SVM), margin 1"], ["cross-entropy", "cross-entropy (softmax)"]],
    onInput: (name) => update(model, { kind: name }),
  });
  const decay = stopSlider({ label: "Regularisation λ", name: "decay", stops: DECAYS, model });
  const rate = stopSlider({ label: "Learning rate", name: "lr", stops: RATES, model });
  const biases = LETTERS.map((_, k) => biasSlider({ k, model, bound: BOUND, step: STEP }));
  const picked = slider({
    label: "Chosen point",
    min: 1,
    max: 15,
    onInput: (value) => update(model, { selected: value - 1 }),
  });
  const train = button("Train", play);
  const buttons = element(
    "div",
    { class: "book-row book-buttons" },
    button("One step", () => {
      stop();
      step();
    }),
    train,
    button("Start again", () => restart()),
  );

  const drawing = plane({
    label: "The plane: points, regions, and the three weight vectors",
    x: [-BOUND, BOUND],
    y: [-BOUND, BOUND],
    names: ["x₁", "x₂"],
    size: [SIZE, SIZE],
  });
  const texture = textures();
  const areas = regionLayer(texture.fill);
  const layer = pointLayer();
  drawing.root.prepend(texture.root, areas.root);
  const tips = LETTERS.map((letter, k) =>
    drawing.handle({
      label: `weights of class ${letter}`,
      look: `class-${k}`,
      form: "square",
      step: STEP,
      onMove(place) {
        const row = place.map((value) => rounded(value, STEP));
        if (same(row, model.get("weights")[k])) return;
        update(model, { weights: model.get("weights").map((old, other) => (other === k ? row : old)) });
        placeTip(k); // at once: another key may be pressed before the next frame
      },
    }),
  );
  tips[0].root.parentNode.before(layer.root);
  drawing.root.addEventListener("click", (event) => {
    if (event.target.closest(".book-handle")) return;
    const box = drawing.root.getBoundingClientRect();
    const scale = SIZE / box.width;
    const index = tapped(points(), [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]);
    if (index >= 0) update(model, { selected: index });
  });

  const list = factList();
  const table = scoreTable();
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Linear classifier in the plane",
    element("p", { class: "book-title" }, "Linear classifier in the plane"),
    element("div", { class: "book-row book-switches" }, preset.root, kind.root),
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, drawing.root, element("p", { class: "book-caption" }, HINT), buttons, list.root),
      element(
        "div",
        { class: "book-panel" },
        group("Training", rate.root, decay.root),
        group("Biases", ...biases.map((bias) => bias.root)),
        group("One point", picked.root, table.root),
        said,
      ),
    ),
    torch.root,
  );
  root.classList.add("book-linear-classifier");

  function placeTip(k) {
    const at = model.get("weights")[k];
    tips[k].place(at, placeWords(at));
  }

  function redraw() {
    const state = read();
    const { scores, predicted } = evaluate(points(), state);
    const chosen = scores[state.selected];
    preset.set(state.preset);
    kind.set(state.kind);
    decay.set(state.decay);
    rate.set(state.lr);
    for (const [k, bias] of biases.entries()) bias.set(state.biases[k]);
    picked.set(state.selected + 1);
    picked.input.setAttribute("aria-valuetext", pointWords(points(), state.selected, chosen));
    for (const k of tips.keys()) placeTip(k);
    areas.set(state);
    drawing.draw(marks(state));
    layer.set(points(), state.selected, predicted);
    list.set(facts(points(), state));
    table.set(chosen, points()[state.selected][2], state.kind, state.selected);
    said.textContent = sentence(points(), state);
    torch.set(torchCode(points(), state));
  }

  const stopFollowing = follow(model, TRAITS, redraw);
  el.append(root);
  return () => {
    stop();
    stopFollowing();
    root.remove();
  };
}

export default { render };
