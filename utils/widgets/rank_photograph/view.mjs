// A photograph as a sum of layers: how few of them do?

import { decompose, errors, fewest, stored } from "./math.mjs";
import { curve, pictures } from "./picture.mjs";
import { layersOf, sentence, share, torchCode } from "./words.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 650; // milliseconds from one stop of the story to the next
const STOPS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 26, 30, 35, 40, 50];
const [NEAR, TURNED] = [0.04, "turned rocket"];

/** A function that gives pixels and layers of a picture, worked out once. */
function gallery(files) {
  const known = {};
  return (name) => {
    if (!known[name]) {
      const bytes = decodePixels(files[name].pixels);
      const parts = decompose(Array.from(bytes, (byte) => byte / 255), Math.sqrt(bytes.length));
      known[name] = { bytes, parts, errors: errors(parts.values) };
    }
    return known[name];
  };
}

function render({ model, el }) {
  const files = model.get("pictures");
  const shown = gallery(files);
  const side = shown(model.get("picture")).parts.values.length;
  const setLayers = (layers) => update(model, { layers });
  const photos = pictures(side);
  const values = curve(side, setLayers);
  const layers = slider({ label: "Layers", min: 1, max: side, onInput: setLayers });
  const picture = choice({
    label: "Photograph",
    options: Object.keys(files).map((name) => [name, name]),
    onInput: (name) => update(model, { picture: name }),
  });

  return stage({
    model,
    el,
    names: ["picture", "layers"],
    label: "A photograph as a sum of layers",
    look: "book-rank-photograph",
    picture: [photos.root, values.root],
    controls: [layers.root, picture.root],
    play: {
      every: EACH,
      auto: true,
      step({ layers: now }) {
        const next = STOPS.find((stop) => stop > now);
        return next ? { layers: next } : null;
      },
      restart: () => ({ layers: STOPS[0] }),
    },
    draw(state) {
      const { bytes, parts, errors: list } = shown(state.picture);
      layers.set(state.layers);
      picture.set(state.picture);
      photos.draw(bytes, parts, state.layers);
      values.draw(parts.values, state.layers, `${layersOf(state.layers)}, error ${share(list[state.layers])}`);
      photos.root.querySelector(".book-original").setAttribute("title", files[state.picture].credit);
    },
    says: (state) => sentence(state.layers, stored(state.layers, side), side * side, shown(state.picture).errors[state.layers]),
    code: (state) => torchCode(state.picture, state.layers, shown(state.picture).errors[state.layers]),
    task: {
      text: "Four layers bring the rocket within 4 %. How few do for the turned one?",
      isDone: (state) => state.picture === TURNED && state.layers === fewest(shown(TURNED).errors, NEAR),
      praise: "Sixteen against four: no column times a row draws a slanted edge.",
    },
  });
}

export default { render };
