// Jacobian shape puzzle: a chain of matrices, multiplied from the input side or the loss side.

import { ORDERS, mostKept, nextAt, chainAt, products, total } from "./math.mjs";
import { riddles } from "./riddles.mjs";
import { chainPicture } from "./scene.mjs";
import { costSentence, costTexts, pictureLabel, productName, sizeName, stepSentence, torchCode, whole } from "./words.mjs";
import { button, choice, copyable, demoRoot, element, follow, group, liveLine, slider, update } from "../kit/parts.mjs";

const TRAITS = ["sizes", "order", "step", "puzzle", "answer"];
const FEWEST = 2; // functions
const MOST = 4;
const LARGEST = 64;
const NEW_SIZE = 8; // of a hidden size that is put in
const UNKNOWN_WIDTH = 300; // pixels, until the demo stands in a page
const WIDEST = 640;
const HEADS = { forward: "From the input side: forward mode", reverse: "From the loss side: reverse mode" };
const CAPTION =
  "Read it from right to left: x runs through the functions, y comes out. A box is as tall as the " +
  "output of its function is long, and as wide as its input; neighbours share a size.";
const COUNTED = ["first", "second", "third"];
const KEPT =
  "Kept at most: both factors of a product, the product, and Jacobians that wait. Functions run " +
  "from the input on, so forward mode uses each Jacobian at once; reverse mode keeps all of them " +
  "until the last function has run.";

/** Sliders for all sizes; those that a short chain lacks are hidden. */
function sizeSliders(read, onSizes) {
  const sliders = Array.from({ length: MOST + 1 }, (_, index) =>
    slider({
      label: "size",
      min: 1,
      max: LARGEST,
      onInput: (value) => onSizes(read().map((size, at) => (at === index ? value : size))),
    }),
  );
  const root = element("div", { class: "book-settings" }, ...sliders.map((part) => part.root));
  const set = (sizes) => {
    for (const [index, part] of sliders.entries()) {
      part.root.hidden = index >= sizes.length;
      if (part.root.hidden) continue;
      const name = sizeName(index, sizes.length);
      const role = index === 0 ? "input" : index === sizes.length - 1 ? "output" : "hidden";
      part.root.querySelector("label").textContent = `${name}, ${role}`;
      part.set(sizes[index]);
    }
  };
  return { root, set };
}

/** The costs of both orders side by side; the products that are done are marked. */
function costTable(sizes, order, step) {
  const all = ORDERS.map((name) => products(sizes, name));
  const cell = (marks, ...parts) => element("td", { class: marks }, ...parts);
  const head = (text) => element("th", { scope: "col" }, text);
  const rows = all[0].map((_, at) => {
    const cells = all.map((list, side) => {
      const isDone = ORDERS[side] === order && at < step;
      const isNext = ORDERS[side] === order && at === step;
      const name = element("strong", {}, `${isDone ? "✓ " : isNext ? "▸ " : ""}${productName(list[at])}`);
      const parts = costTexts(list[at]).map((text) => element("span", {}, text));
      return cell(isDone ? "book-done" : "", name, ...parts);
    });
    return element("tr", {}, element("th", { scope: "row" }, COUNTED[at]), ...cells);
  });
  const foot = (name, measure) => {
    const values = ORDERS.map((side) => measure(sizes, side));
    const cells = values.map((value) => {
      const isLess = value < Math.max(...values);
      const mark = element("span", {}, isLess ? "✓\u00a0fewer" : "\u00a0");
      return cell(isLess ? "book-less" : "", element("span", {}, whole(value)), mark);
    });
    return element("tr", { class: "book-sum" }, element("th", { scope: "row" }, name), ...cells);
  };
  const heads = ORDERS.map((name) => head(HEADS[name]));
  return [
    element("thead", {}, element("tr", {}, element("td"), ...heads)),
    element("tbody", {}, ...rows, foot("in all", total), foot("kept", mostKept)),
  ];
}

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const sizes = () => model.get("sizes");
  const last = () => sizes().length - 2; // the number of products
  const step = () => Math.min(model.get("step"), last());
  const setSizes = (changed) => update(model, { sizes: changed, step: Math.min(step(), changed.length - 2) });
  const go = (to) => update(model, { step: Math.max(0, Math.min(to, last())) });
  const same = (one, other) => String(one) === String(other);
  const presetOf = (given) => Object.keys(presets).find((name) => same(presets[name], given)) ?? "";

  const preset = choice({
    label: "Chain",
    options: [...Object.keys(presets).map((name) => [name, name]), ["", "your own"]],
    onInput: (name) => name && update(model, { sizes: presets[name], step: 0 }),
  });
  const functions = choice({
    label: "Functions",
    options: Array.from({ length: MOST - FEWEST + 1 }, (_, at) => [at + FEWEST, at + FEWEST]),
    onInput: (value) => {
      const wanted = Number(value) - 1;
      const hidden = [...sizes().slice(1, -1), ...Array(MOST).fill(NEW_SIZE)].slice(0, wanted);
      update(model, { sizes: [sizes()[0], ...hidden, sizes().at(-1)], step: 0 });
    },
  });
  const order = choice({
    label: "Multiply",
    options: ORDERS.map((name) => [name, HEADS[name].split(":")[0].replace("From", "from")]),
    onInput: (name) => update(model, { order: name, step: 0 }),
  });
  const sliders = sizeSliders(sizes, setSizes);
  const heading = element("p", { class: "book-heading" });
  const steps = element(
    "div",
    { class: "book-row" },
    button("Start", () => go(0)),
    button("Back", () => go(step() - 1)),
    button("Multiply", () => go(step() + 1)),
    button("Result", () => go(last())),
    heading,
  );
  const said = liveLine("book-note book-step");
  const picture = chainPicture();
  const frame = element("div", { class: "book-frame-of-chain" }, picture.root);
  const table = element("table", { class: "book-costs" });
  const verdict = liveLine("book-result");
  const puzzles = riddles({
    puzzles: model.get("puzzles"),
    onPuzzle: (puzzle) => update(model, { puzzle, answer: [] }),
    onAnswer: (answer) => update(model, { answer }),
  });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Jacobian shape puzzle",
    element("p", { class: "book-title" }, "Jacobian shape puzzle"),
    element("div", { class: "book-row book-switches" }, preset.root, functions.root, order.root),
    sliders.root,
    steps,
    said,
    frame,
    element("p", { class: "book-caption" }, CAPTION),
    element("p", { class: "book-heading" }, "Multiplications in both orders"),
    table,
    element("p", { class: "book-caption" }, KEPT),
    verdict,
    group("Puzzles", puzzles.root),
    torch.root,
  );
  root.classList.add("book-jacobian-chain");

  function redraw() {
    const state = read();
    const done = step();
    const width = Math.min(WIDEST, frame.clientWidth || UNKNOWN_WIDTH);
    preset.set(presetOf(state.sizes));
    functions.set(state.sizes.length - 1);
    order.set(state.order);
    sliders.set(state.sizes);
    heading.textContent = `${done} of ${last()} products done`;
    said.textContent = stepSentence(state.sizes, state.order, done);
    const label = pictureLabel(chainAt(state.sizes, state.order, done), products(state.sizes, state.order)[done]);
    picture.draw({ ...state, step: done, width, label });
    table.replaceChildren(...costTable(state.sizes, state.order, done));
    verdict.textContent = costSentence(state.sizes);
    puzzles.draw(state.puzzle, state.answer, Math.min(420, width - 40));
    torch.set(torchCode(state.sizes));
  }

  const stopFollowing = follow(model, TRAITS, redraw);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(redraw);
  });
  observer.observe(frame);
  el.append(root);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
    stopFollowing();
    root.remove();
  };
}

export default { render };
