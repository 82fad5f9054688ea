// Pixel painter: the three numbers behind one pixel, and where they lie in memory.

import { factList } from "../kit/fact_list.mjs";
import { choice, copyable, demoRoot, element, group, liveLine, show, slider, update } from "../kit/parts.mjs";
import { cellTable, memoryLine } from "./cells.mjs";
import { CHANNELS, LARGEST, alone, numberAt, painted, pixelAt, placesOf, stepped } from "./math.mjs";
import { expression, facts, memoryParts, memorySentence, placeText, planeText, sentence, torchCode } from "./words.mjs";

const TRAITS = ["picture", "preset", "row", "column", "order", "channel"];
const ORDERS = [
  ["channels first", "first (PyTorch)"],
  ["channels last", "last (NumPy, Matplotlib)"],
];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const code = () => element("code", { class: "book-indexed" });
const dot = (name) => element("span", { class: `book-dot book-${name}`, "aria-hidden": true });

/** Three sliders, each with its index before it and its place below; and how to set them. */
function lightSliders(onInput) {
  const parts = CHANNELS.map((name, channel) => {
    const index = code();
    const label = element("span", {}, dot(name), `${name} `, index);
    const place = element("p", { class: "book-caption book-place" });
    const made = slider({ label, min: 0, max: LARGEST, onInput: (value) => onInput(channel, value) });
    made.root.classList.add(`book-${name}`);
    return { ...made, index, place };
  });
  function set({ picture, row, column, order }) {
    const light = pixelAt(picture, row, column);
    for (const [channel, { set: move, index, place }] of parts.entries()) {
      move(light[channel]);
      index.textContent = expression(order, channel, row, column);
      place.textContent = placeText(order, channel, row, column);
    }
  }
  return { nodes: parts.flatMap(({ root, place }) => [root, place]), set };
}

/** The three channels as small tables; each is the label of a radio button that chooses it. */
function channelChoice(onInput) {
  // Random, because a page can hold several demos, and a name joins buttons.
  const name = `book-channel-${Math.random().toString(36).slice(2)}`;
  const parts = CHANNELS.map((channel) => {
    const input = element("input", { type: "radio", name, value: channel });
    input.addEventListener("change", () => onInput(channel));
    const [table, index] = [cellTable({ small: true }), code()];
    const title = element("span", { class: "book-pick" }, input, channel);
    return { input, table, index, root: element("label", { class: "book-channel" }, title, index, table.root) };
  });
  function set({ picture, row, column, order, channel }) {
    for (const [k, { input, table, index }] of parts.entries()) {
      input.checked = CHANNELS[k] === channel;
      index.textContent = planeText(order, k);
      table.draw({ lights: picture[k].flat().map((value) => alone(k, value)), row, column });
    }
  }
  const root = group("See the numbers of one channel", ...parts.map((part) => part.root));
  root.classList.add("book-channels");
  return { root, set };
}

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const nameOf = (picture) => Object.keys(presets).find((name) => same(presets[name], picture)) ?? "custom";
  const choose = ([row, column]) => {
    const now = [model.get("row"), model.get("column")];
    if (!same(now, [row, column])) update(model, { row, column });
  };

  const preset = choice({
    label: "Picture",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) =>
      update(model, name === "custom" ? { preset: name } : { preset: name, picture: presets[name] }),
  });
  const order = choice({
    label: "Channels",
    options: ORDERS,
    onInput: (name) => update(model, { order: name }),
  });
  const canvas = cellTable({
    onPick: (row, column) => choose([row, column]),
    onMove: (rows, columns) => choose(stepped([model.get("row"), model.get("column")], [rows, columns])),
  });
  const sliders = lightSliders((channel, value) => {
    const { picture: old, row, column } = read();
    const picture = painted(old, channel, row, column, value);
    update(model, { picture, preset: nameOf(picture) });
  });
  const light = group("The chosen pixel", ...sliders.nodes);
  const notes = factList();
  const said = liveLine("book-result");
  const channels = channelChoice((name) => update(model, { channel: name }));
  const numbers = cellTable({ numbers: true });
  const numbersCaption = element("p", { class: "book-caption book-shown" });
  const memory = memoryLine();
  const memoryCaption = element("p", { class: "book-caption" });
  const memoryAxis = element("div", { class: "book-segments", "aria-hidden": true });
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Pixel painter",
    element("p", { class: "book-title" }, "Pixel painter"),
    element("div", { class: "book-row book-switches" }, preset.root, order.root),
    element(
      "div",
      { class: "book-panels" },
      element(
        "div",
        { class: "book-panel" },
        element("p", { class: "book-caption" }, "Press a pixel, or use the arrow keys"),
        canvas.root,
      ),
      element("div", { class: "book-panel" }, light, said),
    ),
    element(
      "div",
      { class: "book-panels" },
      element("div", { class: "book-panel" }, channels.root, notes.root),
      element("div", { class: "book-panel" }, numbersCaption, numbers.root),
    ),
    element("div", { class: "book-panel" }, memoryCaption, memory.root, memoryAxis),
    torch.root,
  );
  root.classList.add("book-pixel-painter");

  function redraw() {
    const state = read();
    const { picture, row, column } = state;
    const channel = CHANNELS.indexOf(state.channel);
    const values = picture[channel].flat();
    const told = memorySentence(state);
    preset.set(state.preset);
    order.set(state.order);
    canvas.draw({
      name: `Picture, 8 × 8 pixels; row ${row}, column ${column} is chosen. Arrow keys, Home and End choose a pixel.`,
      lights: values.map((_, place) => pixelAt(picture, Math.floor(place / 8), place % 8)),
      row,
      column,
    });
    sliders.set(state);
    notes.set(facts(state.order));
    said.textContent = sentence(state);
    channels.set(state);
    const title = `The numbers of ${state.channel}, ${planeText(state.order, channel)}`;
    numbersCaption.textContent = title;
    numbers.draw({
      name: `${title}: ${picture[channel].map((line) => line.join(" ")).join("; ")}`,
      lights: values.map((value) => [value, value, value]),
      values,
      row,
      column,
    });
    memoryCaption.textContent = told;
    const lights = Array.from({ length: 3 * values.length }, (_, place) => {
      const [k, i, j] = numberAt(state.order, place);
      return alone(k, picture[k][i][j]);
    });
    memory.draw({ name: told, lights, places: placesOf(state.order, row, column) });
    memoryAxis.replaceChildren(...memoryParts(state.order).map((part) => element("span", {}, part)));
    torch.set(torchCode(state));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
