// Quantisation levels: weights as dots that move to few levels, and what the net then gets right.

import { bytes, distance, levelsOfRows, nextBits, rightCount, rounded } from "./math.mjs";
import { rowsOfWeights } from "./rows.mjs";
import { side } from "./side.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, onArrows, slider, toggle, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 1100; // milliseconds for each number of bits
const [FEWEST, MOST] = [2, 8];
const [INK, PIXELS] = [16, 64];
const ENOUGH = 300; // images of the task

/** Counts of images that are right, for each setting, each computed once. */
function counter(net, { ink, labels }) {
  const greys = Float64Array.from(decodePixels(ink), (value) => value / INK);
  const classes = [...labels].map(Number);
  const images = classes.map((_, index) => greys.subarray(PIXELS * index, PIXELS * (index + 1)));
  const found = new Map();
  const count = (settings) => {
    const key = JSON.stringify(settings ?? null);
    if (!found.has(key)) found.set(key, rightCount(net, images, classes, settings));
    return found.get(key);
  };
  const byBits = ({ affine, per_row }) =>
    Array.from({ length: MOST - FEWEST + 1 }, (_, index) => count({ bits: FEWEST + index, affine, per_row }));
  return { total: classes.length, floats: () => count(), byBits };
}

function render({ model, el }) {
  const net = model.get("net");
  const counts = counter(net, model.get("images"));
  const look = (row) => {
    if (row !== model.get("row")) update(model, { row });
  };
  const picture = rowsOfWeights(net.W1, look);
  onArrows(picture.root, (down, across) => {
    look(Math.max(-1, Math.min(net.W1.length - 1, model.get("row") + (down || across))));
  });
  const beside = side(counts.total, (bits) => update(model, { bits }));
  const bits = slider({ label: "Bits", min: FEWEST, max: MOST, onInput: (value) => update(model, { bits: value }) });
  const perRow = toggle({ label: "Per row", onInput: (isOn) => update(model, { per_row: isOn }) });
  const affine = toggle({ label: "Affine", onInput: (isOn) => update(model, { affine: isOn }) });
  const dots = eased(picture.draw, 500);
  let seen = null; // what the last redraw found

  return stage({
    model,
    el,
    names: ["bits", "affine", "per_row", "row"],
    label: "Quantisation levels",
    look: "book-quantisation-levels",
    picture: [element("div", { class: "book-board" }, picture.root, beside.root)],
    controls: [bits.root, perRow.root, affine.root],
    play: {
      every: EVERY,
      step: (state) => {
        const next = nextBits(state.bits);
        return next === null ? null : { bits: next };
      },
      restart: () => ({ bits: FEWEST }),
    },
    draw(state) {
      const rows = rounded(net.W1, state);
      const all = counts.byBits(state);
      const floats = counts.floats();
      const isFirst = seen === null;
      seen = { rows, levels: levelsOfRows(net.W1, state), right: all[state.bits - FEWEST], floats };
      bits.set(state.bits);
      perRow.set(state.per_row);
      affine.set(state.affine);
      picture.mark(state, seen.levels, rows);
      if (isFirst) dots.set(net.W1.flat()); // the story starts at the floats
      dots.to(rows.flat());
      beside.draw(state, all, floats, { size: bytes(net, state), error: distance(net.W1, rows) });
    },
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: `Get ${ENOUGH} of 360 images right with ${FEWEST} bits a weight.`,
      isDone: ({ bits: chosen }) => chosen === FEWEST && seen.right >= ENOUGH,
      praise: `Four values for a weight are enough here, if they lie where the weights of its row are.`,
    },
    onStop: dots.stop,
  });
}

export default { render };
