// Class maps: digits on a picture, a map for each class, and what the last layer costs.

import { mapList, sight, sums } from "./board.mjs";
import { CLASSES, STEP, classMaps, headWeights, means, ranked, scene, within } from "./math.mjs";
import { areFound, inOrder, sentence, thousands, torchCode, weightWords } from "./words.mjs";
import { unpack } from "../kit/convnet.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const MANY = 30000; // weights of the dense layer that the task asks for
const LARGEST = headWeights(48).dense;

function bar(look, title) {
  const text = element("span", { class: "book-count" });
  const fill = element("i", { class: "book-fill" });
  const root = element("div", { class: `book-cost ${look}` }, element("span", {}, title), element("span", { class: "book-track" }, fill), text);
  const draw = (count) => root.style.setProperty("--share", count / LARGEST);
  const name = (count) => {
    text.textContent = weightWords(count);
  };
  return { root, draw, name };
}

function render({ model, el }) {
  const layers = unpack(model.get("trained"));
  const inks = Object.fromEntries(
    Object.entries(model.get("examples")).map(([name, text]) => [name, Float64Array.from(decodePixels(text), (ink) => ink / 255)]),
  );
  let seen = null; // what the last redraw found
  let [home, isBack] = [null, false]; // where the digit of the story began, and whether it returns

  const left = sight((index, place) => update(model, { [index ? "at_second" : "at_first"]: place }));
  const right = mapList((label) => update(model, { chosen: label }));
  const division = sums();
  const dense = bar("book-dense", "Dense layer");
  const mean = bar("book-lean", "1×1 layer, means");
  const picture = element(
    "div",
    { class: "book-picture" },
    left.root,
    right.root,
    element("div", { class: "book-foot" }, division.root, element("div", { class: "book-costs" }, dense.root, mean.root)),
  );
  const names = Object.keys(inks).sort();
  const first = choice({ label: "Digit", options: names.map((name) => [name, name]), onInput: (name) => update(model, { first: name }) });
  const second = choice({
    label: "and",
    options: [...names, "none"].map((name) => [name, name]),
    onInput: (name) => update(model, { second: name }),
  });
  const size = slider({
    label: "Picture",
    min: 20,
    max: 48,
    step: STEP,
    format: (side) => `${side}×${side}`,
    onInput: (side) => update(model, { side }),
  });

  const looks = eased((numbers) => {
    const [top, ...rest] = numbers;
    const places = (rest.length - 1) / CLASSES;
    const maps = Array.from({ length: CLASSES }, (_, label) => rest.slice(label * places, (label + 1) * places));
    const { chosen, lead, colours } = seen;
    const over = chosen >= 0 ? [chosen] : lead.slice(0, 2);
    left.drawHeat(over.map((label) => ({ map: maps[label], colour: colours[label] })), top);
    right.drawHeat(maps, colours, top);
    dense.draw(rest.at(-1));
  }, 200);

  function draw(state) {
    const digits = [
      [state.first, state.at_first],
      [state.second, state.at_second],
    ];
    const laid = digits.filter(([name]) => name !== "none").map(([name, place]) => ({ ink: inks[name], place }));
    const pixels = scene(laid, state.side);
    const maps = classMaps(layers, pixels, state.side);
    const scores = means(maps);
    const lead = ranked(scores);
    const pair = inOrder(lead, state);
    const colours = Array.from({ length: CLASSES }, (_, label) => (label === pair[1] ? 1 : 0));
    const weights = headWeights(state.side);
    seen = { scores, lead, colours, weights, chosen: state.chosen };
    first.set(state.first);
    second.set(state.second);
    size.set(state.side);
    left.drawInk(pixels, state.side);
    for (const [index, [name, place]] of digits.entries()) left.handles[index].set(name, place, state.side);
    right.drawInk(pixels, state.side);
    right.name(scores, pair);
    right.select(state.chosen);
    division.draw(maps, state.chosen >= 0 ? [state.chosen] : pair, colours);
    dense.name(weights.dense);
    mean.name(weights.mean);
    mean.draw(weights.mean);
    looks.to([Math.max(...maps.map((map) => Math.max(...map))), ...maps.flatMap((map) => [...map]), weights.dense]);
  }

  return stage({
    model,
    el,
    names: ["first", "second", "at_first", "at_second", "side", "chosen"],
    label: "Class maps",
    look: "book-class-maps",
    picture: [picture],
    controls: [first.root, second.root, size.root],
    play: {
      every: 120,
      // Across to the right edge, and back to where it was.
      step({ at_first: place, side }) {
        const [row, column] = within(place, side);
        if (!isBack) {
          home ??= column;
          const next = within([row, column + 1], side);
          if (next[1] > column) return { at_first: next };
          isBack = true;
        }
        return column > home ? { at_first: [row, column - 1] } : null;
      },
      restart({ at_first: [row, column] }) {
        [home, isBack] = [column, false];
        return { at_first: [row, 0] };
      },
    },
    draw,
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: `A dense layer of over ${thousands(MANY)} weights, and both digits found.`,
      isDone: (state) => seen.weights.dense > MANY && state.second !== "none" && areFound(state, seen.lead),
      praise: "There: the picture grew, and the means cost what they did.",
    },
    onReset() {
      [home, isBack] = [null, false];
    },
    onStop: () => looks.stop(),
  });
}

export default { render };
