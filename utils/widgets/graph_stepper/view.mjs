// Computational-graph stepper: values go forward through a graph, gradients come back.

import { lastStep, stateAt, stepInOtherForm } from "./math.mjs";
import { draw } from "./scene.mjs";
import { number, progress, rows, sentence, torchCode, written } from "./words.mjs";
import { button, choice, copyable, demoRoot, element, follow, group, liveLine, shape, slider, toggle, update } from "../kit/parts.mjs";

const TRAITS = ["graph", "inputs", "merged", "step"];
const PAUSE = 1500; // milliseconds between steps while playing: time to read

const numbersOf = (graph) => graph.inputs.map(([, value]) => value);

const known = (look, text) =>
  element("td", { class: text ? `book-line-${look}` : "book-unknown" }, text || "not yet");

function nodeTable() {
  const body = element("tbody");
  const heads = ["Node", "Value", "Gradient of f"];
  const root = element(
    "table",
    { class: "book-nodes" },
    element("caption", { class: "book-caption" }, "What is known at this step"),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    body,
  );
  const set = (lines) =>
    body.replaceChildren(
      ...lines.map(([head, value, gradient]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, head),
          known("value", value),
          known("gradient", gradient),
        ),
      ),
    );
  return { root, set };
}

function legend() {
  const entry = (look, text) =>
    element("span", {}, element("span", { class: `book-key book-${look}` }), text);
  const closed = entry("closed", "not routed by max");
  const root = element(
    "div",
    { class: "book-row book-legend" },
    entry("done", "value, forward"),
    entry("back", "∂ gradient of f, backward"),
    closed,
  );
  const set = ({ nodes }) => {
    closed.hidden = !nodes.some(([, operation]) => operation === "max");
  };
  return { root, set };
}

function render({ model, el }) {
  const graphs = model.get("graphs");
  const read = () => {
    const settings = Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
    const graph = graphs[settings.graph];
    // A kernel may send a new graph a moment before its numbers.
    if (settings.inputs.length !== graph.inputs.length) settings.inputs = numbersOf(graph);
    return { graph, settings };
  };
  let timer = 0;
  let drawn = "";

  const go = (step) => {
    const { graph, settings } = read();
    const last = lastStep(graph, settings.merged);
    update(model, { step: Math.max(0, Math.min(step, last)) });
    if (model.get("step") === last) stop();
  };
  const stepNow = () => {
    const { graph, settings } = read();
    return stateAt(graph, settings);
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const start = () => {
    const { at, last } = stepNow();
    go(at === last ? 0 : at + 1);
    if (stepNow().at === last) return;
    timer = setInterval(() => go(stepNow().at + 1), PAUSE);
    play.textContent = "Pause";
  };
  const byHand = (act) => () => {
    stop();
    act();
  };

  const choose = choice({
    label: "f =",
    options: Object.entries(graphs).map(([name, { title }]) => [name, title]),
    onInput: (name) => {
      stop();
      const { graph, settings } = read();
      const isAtEnd = stateAt(graph, settings).at === lastStep(graph, settings.merged);
      const step = isAtEnd ? lastStep(graphs[name], settings.merged) : 0;
      update(model, { graph: name, inputs: numbersOf(graphs[name]), step });
    },
  });
  const merge = toggle({
    label: "Merge −, exp, 1 + and 1 / into one node σ",
    onInput: (merged) => {
      const { graph, settings } = read();
      update(model, { merged, step: stepInOtherForm(graph, settings) });
    },
  });
  const play = button("Play", () => (timer ? stop() : start()));
  const heading = element("p", { class: "book-heading" });
  const steps = element(
    "div",
    { class: "book-row" },
    button("Start", byHand(() => go(0))),
    button("Back", byHand(() => go(stepNow().at - 1))),
    button("Next", byHand(() => go(stepNow().at + 1))),
    button("End", byHand(() => go(Infinity))),
    play,
    heading,
  );
  const said = liveLine("book-note book-sentence");
  const svg = shape("svg", { class: "book-graph", role: "img" });
  const sliders = group("Inputs");
  const key = legend();
  const table = nodeTable();
  const torch = copyable("The same in torch");
  let inputs = [];

  const root = demoRoot(
    "Computational-graph stepper",
    element("p", { class: "book-title" }, "Computational-graph stepper"),
    element("div", { class: "book-choices" }, choose.root, merge.root),
    steps,
    said,
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, svg, key.root),
      element("div", { class: "book-panel" }, sliders, table.root),
    ),
    torch.root,
  );
  root.classList.add("book-graph-stepper");

  /** A slider for each input; built anew for another graph only, so that none loses the focus. */
  function makeSliders(graph) {
    inputs = graph.inputs.map(([name], at) =>
      slider({
        label: written(name),
        min: -graph.bound,
        max: graph.bound,
        step: 0.1,
        format: number,
        onInput: (value) =>
          update(model, { inputs: read().settings.inputs.map((old, index) => (index === at ? value : old)) }),
      }),
    );
    const title = sliders.querySelector("legend");
    sliders.replaceChildren(title, ...inputs.map((input) => input.root));
  }

  function redraw() {
    const { graph, settings } = read();
    if (settings.graph !== drawn) makeSliders(graph);
    drawn = settings.graph;
    choose.set(settings.graph);
    merge.set(settings.merged && Boolean(graph.merged));
    merge.input.disabled = !graph.merged;
    inputs.forEach((input, at) => input.set(settings.inputs[at]));
    draw(svg, graph, settings);
    key.set(graph);
    said.textContent = sentence(graph, settings);
    heading.textContent = progress(stateAt(graph, settings));
    table.set(rows(graph, settings));
    torch.set(torchCode(graph, settings));
  }

  const stopFollowing = follow(model, TRAITS, redraw);
  el.append(root);
  return () => {
    clearInterval(timer);
    stopFollowing();
    root.remove();
  };
}

export default { render };
