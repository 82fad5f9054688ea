// Precision and recall: boxes come by falling score, and a curve grows.

import { averagePrecision, curve, heights, match } from "./math.mjs";
import { board, chart, strip } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 1100; // milliseconds from one box to the next
const EASE = 500;

function render({ model, el }) {
  const { truths, boxes, scores, ...rest } = model.get("scene");
  const count = truths.length;
  const scene = board({ truths, boxes, ...rest });
  const drawn = chart(count);
  const line = strip(scores, (value) => update(model, { shown: value }));
  const area = element("b", { class: "book-area" });
  const tally = element("div", { class: "book-tally" }, element("span", {}, "area = AP"), area);
  const threshold = slider({
    label: "IoU threshold",
    min: 0.5,
    max: 0.95,
    step: 0.05,
    format: (value) => number(value),
    onInput: (value) => update(model, { threshold: value }),
  });
  const shown = slider({ label: "Boxes that have come", min: 0, max: boxes.length, onInput: (value) => update(model, { shown: value }) });
  const picture = element("div", { class: "book-sides" }, scene.root, drawn.root, tally, line.root);
  const pointed = pointing(picture);

  const seen = (state) => {
    const found = match(boxes, truths, state.threshold);
    return { found, hits: found.slice(0, state.shown).map(({ object }) => object >= 0) };
  };
  let now = null;
  const grow = eased((numbers) => {
    const [highs, point] = [numbers.slice(0, count), numbers.slice(count, count + 2)];
    const points = [...now.points.slice(0, -1), ...(now.points.length ? [point] : [])];
    drawn.draw(highs, points, now.hits);
    area.textContent = number(highs.reduce((sum, height) => sum + height, 0) / count);
    pointed.refresh();
  }, EASE);

  return stage({
    model,
    el,
    names: ["threshold", "shown"],
    label: "Precision and recall",
    look: "book-precision-recall",
    picture: [picture],
    controls: [threshold.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ shown: at }) => (at < boxes.length ? { shown: at + 1 } : null),
      restart: () => ({ shown: 0 }),
    },
    draw(state) {
      const { hits } = seen(state);
      threshold.set(state.threshold);
      shown.set(state.shown);
      scene.draw(hits);
      line.draw(hits);
      now = { hits, points: curve(hits, count) };
      grow.to([...heights(hits, count), ...(now.points.at(-1) ?? [0, 1])]);
    },
    says: (state) => sentence(seen(state).found, scores, state.shown, state.threshold, count),
    more: [shown.root],
    code: (state) => torchCode(scores, seen(state).hits, count),
    task: {
      text: "Make the curve start at precision 0, and let all boxes come.",
      isDone: (state) => {
        const { hits } = seen(state);
        return hits.length === boxes.length && !hits[0] && averagePrecision(hits, count) > 0;
      },
      praise: "Now the surest box is a false alarm, and lowers each precision behind it.",
    },
    onStop: () => {
      grow.stop();
      pointed.stop();
    },
  });
}

export default { render };
