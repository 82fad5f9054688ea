// Suppression steps: a crowded scene, its boxes by falling score, and what becomes of each.

import { list } from "./list.mjs";
import { fates, steps, tally } from "./math.mjs";
import { picture } from "./picture.mjs";
import { plain, sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1400; // milliseconds from one step to the next
const [LEAST, MOST, STEP] = [0.05, 0.95, 0.05];

const rounded = (value) => Math.round(100 * value) / 100;

function render({ model, el }) {
  const scene = model.get("scene");
  const last = scene.boxes.length;
  // A reader who turns a threshold wants to see where it leads: to the end of the story.
  const threshold = (label, name) =>
    slider({ label, min: LEAST, max: MOST, step: STEP, format: plain, onInput: (value) => update(model, { [name]: rounded(value), step: last }) });
  const overlap = threshold("IoU over", "iou_threshold");
  const score = threshold("Score ≥", "score_threshold");
  const step = slider({ label: "Step", min: 0, max: last, onInput: (value) => update(model, { step: value }) });
  const photo = picture(scene);
  const ranking = list(scene);
  const sides = element("div", { class: "book-sides" }, photo.root, ranking.root);
  const pointed = pointing(sides);

  /** All that is seen now. */
  function seen(state) {
    const all = steps(scene, state.iou_threshold, state.score_threshold);
    const now = Math.min(state.step, all.length);
    const left = tally(all.map(({ kept }) => kept), scene.digits, scene.count);
    return { all, step: now, left, scores: scene.scores, threshold: state.iou_threshold, count: scene.count };
  }

  return stage({
    model,
    el,
    names: ["iou_threshold", "score_threshold", "step"],
    label: "Suppression steps",
    look: "book-suppression-steps",
    picture: [sides],
    controls: [overlap.root, score.root, step.root],
    play: {
      every: EACH,
      auto: true,
      step: (state) => {
        const { all, step: now } = seen(state);
        return now < all.length ? { step: now + 1 } : null;
      },
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      const { all, step: now } = seen(state);
      overlap.set(state.iou_threshold);
      score.set(state.score_threshold);
      step.input.max = Math.max(1, all.length);
      step.set(now);
      const found = fates(all, now, last);
      photo.draw(found);
      ranking.draw(found);
      pointed.refresh();
    },
    says: (state) => sentence(seen(state)),
    code: (state) => torchCode(scene, seen(state).all, state.iou_threshold, state.score_threshold),
    task: {
      text: "Let each of the five digits keep exactly one box.",
      isDone: (state) => {
        const { all, step: now, left } = seen(state);
        return now === all.length && left.one === scene.count && !left.nothing;
      },
      praise: "One box for each digit, and none beside them.",
    },
    onStop: pointed.stop,
  });
}

export default { render };
