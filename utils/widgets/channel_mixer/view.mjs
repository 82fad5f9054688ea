// Channel mixer: three channels flow through nine weights into three others.

import { update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { hasEqualRows, meetingAt, mix, spread, thinned, toLevels } from "./math.mjs";
import { build } from "./nodes.mjs";
import { sentence, torchCode } from "./words.mjs";

const NAMES = ["photo", "preset", "matrix", "position", "channel"];
const MORPH = 900; // milliseconds from one matrix to the next
const REST = 1300; // milliseconds that it stays
const THIN = 2; // small pictures show every second pixel
const VISIBLE = 15; // levels that a picture strays from its mean, or it looks empty

const asRows = (numbers) => [0, 1, 2].map((row) => numbers.slice(3 * row, 3 * row + 3));

function render({ model, el }) {
  const recipes = model.get("recipes");
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos"))) {
    const pixels = decodePixels(photo.pixels);
    photos[name] = { ...photo, pixels, tiny: thinned(pixels, photo.width, THIN) };
  }
  const side = Object.values(photos)[0].width;
  let loaded = ""; // the photograph that is drawn
  let shown = null; // the weights that are drawn, as nine numbers
  let isByHand = false; // a slider is followed at once, a preset morphs
  let isDrawing = false; // what is drawn at once is told at once as well
  let redraw = () => {};

  const move = (position) => {
    const bounded = position.map((place) => Math.min(side - 1, Math.max(0, place)));
    if (String(bounded) !== String(model.get("position"))) update(model, { position: bounded });
  };
  const act = {
    model,
    pick: (preset) => update(model, { preset, matrix: recipes[preset] }),
    point: (down, across) => move([down, across].map((share) => Math.floor(share * side))),
    step: (rows, columns) => {
      const [row, column] = model.get("position");
      move([row + rows, column + columns]);
    },
    weigh: (o, i, weight) => {
      isByHand = true;
      const matrix = model.get("matrix").map((row) => [...row]);
      matrix[o][i] = weight;
      update(model, { preset: "custom", matrix });
    },
    choose: (channel) => {
      if (channel !== model.get("channel")) update(model, { channel });
    },
  };
  const nodes = build({ photos, recipes, side, small: Math.ceil(side / THIN), act });
  const read = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  const meeting = ({ photo, position: [row, column] }, matrix) =>
    meetingAt(photos[photo].pixels, matrix, row * side + column);
  const isThere = ({ matrix }) => String(shown) === String(matrix.flat());
  const mark = (state) => nodes.mark(state.position, meeting(state, asRows(shown)), state.channel);

  const morph = eased((numbers) => {
    shown = numbers;
    const state = read();
    nodes.show(photos[state.photo], asRows(numbers));
    mark(state);
    if (!isDrawing && isThere(state)) redraw(); // arrived: now the sums can be told
  }, MORPH);

  const draw = (state) => {
    isDrawing = true;
    nodes.presets.set(state.preset);
    nodes.photo.set(state.photo);
    nodes.slide(state.matrix);
    const isNew = state.photo !== loaded;
    if (isNew) {
      loaded = state.photo;
      nodes.load(photos[loaded]);
    }
    const numbers = state.matrix.flat();
    if (isNew || (isByHand && !isThere(state))) morph.set(numbers);
    else morph.to(numbers);
    isByHand = false;
    isDrawing = false;
    mark(state);
  };
  const next = ({ preset }) => {
    const names = Object.keys(recipes);
    const name = names[names.indexOf(preset) + 1];
    return name ? { preset: name, matrix: recipes[name] } : null;
  };
  const pointer = pointing(nodes.lab);
  return stage({
    model,
    el,
    names: NAMES,
    label: "Channel mixer",
    look: "book-channel-mixer",
    picture: [nodes.lab],
    controls: [nodes.presets.root],
    play: { step: next, restart: () => next({ preset: "" }), every: MORPH + REST, auto: true },
    draw,
    says: (state) => sentence(state, isThere(state) ? meeting(state, state.matrix) : null),
    more: nodes.more,
    code: (state) => torchCode(state, side),
    task: {
      text: "Take all colour away with weights of your own, and keep the picture.",
      isDone({ preset, matrix, photo }) {
        if (preset !== "custom" || !hasEqualRows(matrix)) return false;
        return spread(toLevels(mix(photos[photo].tiny, matrix))) > VISIBLE;
      },
      praise: "Equal rows make equal channels, and where the channels are equal there is no colour.",
    },
    onReady(again) {
      redraw = again;
    },
    onStop() {
      morph.stop();
      pointer.stop();
    },
  });
}

export default { render };
