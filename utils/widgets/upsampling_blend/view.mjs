// Up-sampling: scores on a coarse grid become the mask of a scene.

import { bars, board, ladder, votes } from "./board.mjs";
import { SIDE, ious, maskOf, sharesAt, stages, unpack } from "./math.mjs";
import { SKIPS, pixelWords, sentence, torchCode, wayWord } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 900; // milliseconds from one epoch to the next
const SIDES = [8, 16, 32]; // of the grids of scores
const GOOD = 0.87; // the mean IoU of the task

function render({ model, el }) {
  const { picture, truth: text, nets } = model.get("kept");
  const truth = decodePixels(text);
  const frames = Object.fromEntries(Object.entries(nets).map(([skips, net]) => [skips, net.map(unpack)]));
  const { kinds } = ious(truth, truth);
  let seen = null; // what the last redraw found

  const scene = board(decodePixels(picture), truth, (pixel) => update(model, { pixel }));
  const grids = ladder(SIDES, (count) => update(model, { skips: count }));
  const overlap = bars(kinds);
  const framed = votes();
  const skips = slider({ label: "Skips", min: 0, max: 2, format: (count) => SKIPS[count], onInput: (count) => update(model, { skips: count }) });
  const way = slider({ label: "Enlarge", min: 0, max: 2, step: 0.1, format: wayWord, onInput: (value) => update(model, { way: value }) });
  const epoch = slider({ label: "Epoch", min: 0, max: 4, onInput: (count) => update(model, { epoch: count }) });
  const strength = slider({ label: "Mask", min: 0, max: 1, step: 0.1, format: (share) => `${Math.round(100 * share)} %`, onInput: (share) => update(model, { strength: share }) });

  const masks = eased((logits) => scene.draw(maskOf(logits), model.get("strength")), 300);
  const heights = eased((values) => {
    overlap.draw(values.slice(0, kinds.length));
    framed.draw(values.slice(kinds.length));
  }, 300);

  function draw(state) {
    const levels = stages(frames[state.skips][state.epoch], state.way);
    const logits = levels.at(-1);
    const { each, mean } = ious(maskOf(logits), truth);
    const shares = sharesAt(logits, state.pixel);
    const said = shares.indexOf(Math.max(...shares));
    seen = { mean, shares, said, right: truth[state.pixel[0] * SIDE + state.pixel[1]] };
    skips.set(state.skips);
    way.set(state.way);
    epoch.set(state.epoch);
    strength.set(state.strength);
    scene.point(state.pixel, pixelWords(seen));
    grids.draw(levels.slice(0, -1), state.pixel);
    overlap.say(each, mean);
    framed.say(shares, said);
    masks.to(logits);
    heights.to([...each, ...shares]);
  }

  return stage({
    model,
    el,
    names: ["skips", "way", "epoch", "pixel", "strength"],
    label: "Up-sampling",
    look: "book-upsampling-blend",
    picture: [element("div", { class: "book-desk" }, scene.root, grids.root, overlap.root, framed.root)],
    controls: [skips.root, way.root, epoch.root],
    play: {
      every: EACH,
      step: ({ epoch: now }) => (now < 4 ? { epoch: now + 1 } : null),
      restart: () => ({ epoch: 0 }),
    },
    draw,
    says: (state) => sentence(state, seen),
    more: [strength.root],
    code: torchCode,
    task: {
      text: `Reach a mean IoU of ${GOOD}.`,
      isDone: () => seen.mean >= GOOD,
      praise: "Finer maps say where, and the learned kernels fit them.",
    },
    onStop() {
      masks.stop();
      heights.stop();
    },
  });
}

export default { render };
