// Pixel painter: the three numbers behind one pixel, and where they lie in memory.

import { factList } from "../kit/fact_list.mjs";
import { choice, element, group, newId, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { cellTable, memoryLine } from "./cells.mjs";
import { CHANNELS, LARGEST, alone, numberAt, painted, pixelAt, placesOf, stepped, walked } from "./math.mjs";
import { expression, facts, memoryParts, memorySentence, placeText, planeText, sentence, torchCode } from "./words.mjs";

const TRAITS = ["picture", "preset", "row", "column", "order", "channel"];
const ORDERS = [
  ["channels first", "first (PyTorch)"],
  ["channels last", "last (NumPy, Matplotlib)"],
];
const HOP = 350; // milliseconds from one pixel to the next
const NO_GREEN = [150, 0, 240]; // what is left of the sky

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const code = () => element("code", { class: "book-indexed" });
const dot = (name) => element("span", { class: `book-dot book-${name}`, "aria-hidden": true });

/** Three sliders, each with its index before it; and how to set them. */
function lightSliders(onInput) {
  const parts = CHANNELS.map((name, channel) => {
    const index = code();
    const label = element("span", {}, dot(name), `${name} `, index);
    const made = slider({ label, min: 0, max: LARGEST, onInput: (value) => onInput(channel, value) });
    made.root.classList.add(`book-${name}`);
    return { ...made, index };
  });
  function set({ picture, row, column, order }) {
    const light = pixelAt(picture, row, column);
    for (const [channel, { set: move, index }] of parts.entries()) {
      move(light[channel]);
      index.textContent = expression(order, channel, row, column);
    }
  }
  return { nodes: parts.map(({ root }) => root), set };
}

/** The three channels as small tables; each is the label of a radio button that chooses it. */
function channelChoice(onInput) {
  // Random, because a page can hold several demos, and a name joins buttons.
  const name = newId("book-channel");
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
  const root = group("Write the numbers of one channel", ...parts.map((part) => part.root));
  root.classList.add("book-channels");
  return { root, set };
}

/** Memory as one line, with its caption above and what its parts are below. */
function memoryPanel() {
  const line = memoryLine();
  const caption = element("div", { class: "book-caption" });
  const axis = element("div", { class: "book-segments", "aria-hidden": true });
  function set(state) {
    const told = memorySentence(state);
    caption.textContent = told;
    const lights = Array.from({ length: 3 * state.picture[0].flat().length }, (_, place) => {
      const [k, i, j] = numberAt(state.order, place);
      return alone(k, state.picture[k][i][j]);
    });
    line.draw({ name: told, lights, places: placesOf(state.order, state.row, state.column), walked: walked(state.order, state.row, state.column) });
    axis.replaceChildren(...memoryParts(state.order).map((part) => element("span", {}, part)));
  }
  return { root: element("div", {}, caption, line.root, axis), set };
}

function render({ model, el }) {
  const presets = model.get("presets");
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
    numbers: true,
    onPick: (row, column) => choose([row, column]),
    onMove: (rows, columns) => choose(stepped([model.get("row"), model.get("column")], [rows, columns])),
  });
  const sliders = lightSliders((channel, value) => {
    const [old, row, column] = ["picture", "row", "column"].map((name) => model.get(name));
    const picture = painted(old, channel, row, column, value);
    update(model, { picture, preset: nameOf(picture) });
  });
  const channels = channelChoice((name) => update(model, { channel: name }));
  const memory = memoryPanel();
  const shown = element("div", { class: "book-caption book-shown" });
  const places = CHANNELS.map((name) => element("div", { class: `book-place book-${name}` }));
  const notes = factList();
  const easel = element("div", {}, shown, canvas.root);
  const side = element("div", { class: "book-side" }, channels.root, memory.root);

  function draw(state) {
    const { picture, row, column } = state;
    const channel = CHANNELS.indexOf(state.channel);
    const values = picture[channel].flat();
    preset.set(state.preset);
    order.set(state.order);
    shown.textContent = `The numbers of ${state.channel}, ${planeText(state.order, channel)}`;
    canvas.draw({
      name: `Picture, 8 × 8 pixels; row ${row}, column ${column} is chosen. Arrow keys, Home and End choose a pixel.`,
      lights: values.map((_, place) => pixelAt(picture, Math.floor(place / 8), place % 8)),
      values,
      row,
      column,
    });
    sliders.set(state);
    channels.set(state);
    memory.set(state);
    for (const [k, node] of places.entries()) {
      node.textContent = `${CHANNELS[k]}: ${placeText(state.order, k, row, column)}`;
    }
    notes.set(facts(state.order));
  }

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Pixel painter",
    look: "book-pixel-painter",
    picture: [element("div", { class: "book-painting" }, easel, side)],
    controls: sliders.nodes,
    play: {
      every: HOP,
      step: ({ row, column }) => {
        if (column < 7) return { column: column + 1 };
        return row < 7 ? { row: row + 1, column: 0 } : null;
      },
      restart: () => ({ row: 0, column: 0 }),
    },
    draw,
    says: sentence,
    more: [
      element("div", { class: "book-controls" }, preset.root, order.root),
      element("div", { class: "book-places" }, ...places),
      notes.root,
    ],
    code: torchCode,
    task: {
      text: "Take the green out of a bit of sky.",
      isDone: ({ picture }) =>
        picture[0].some((line, i) => line.some((_, j) => same(pixelAt(picture, i, j), NO_GREEN))),
      praise: "Without its green, the sky is violet.",
    },
  });
}

export default { render };
