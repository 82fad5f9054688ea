// Box overlap: two boxes to drag, four scores as bars, and the way uphill on one of them.

import { bars } from "./bars.mjs";
import { board } from "./board.mjs";
import { areas, climbed, scores } from "./math.mjs";
import { boxWords, sentence, torchCode } from "./words.mjs";
import { element, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 420; // milliseconds a step
const STOPS = 12; // of the walk, at most, are drawn

const isSame = (one, other) => one.every((edge, index) => edge === other[index]);

function render({ model, el }) {
  const first = model.get("predicted");
  let home = first; // where the reader has put the predicted box
  let walk = []; // the stops since then
  let isDragged = false;
  const picture = board(
    (name) => model.get(name),
    (name, box) => {
      if (isSame(box, model.get(name))) return;
      isDragged = true;
      walk = [];
      if (name === "predicted") home = box;
      update(model, { [name]: box });
    },
  );
  const columns = bars((score) => {
    walk = [];
    update(model, { score, predicted: home });
  });
  let now = null;
  const look = eased((numbers) => {
    const [predicted, truth] = [numbers.slice(0, 4), numbers.slice(4)];
    const words = { predicted: boxWords("predicted", now.predicted), true: boxWords("true", now.true) };
    picture.draw(now.score, predicted, truth, walk.filter((_, index) => index % Math.ceil(walk.length / STOPS) === 0), words);
    columns.draw(scores(predicted, truth), now.score);
  }, EVERY);

  return stage({
    model,
    el,
    names: ["predicted", "true", "score"],
    label: "Box overlap",
    look: "book-box-overlap",
    picture: [element("div", { class: "book-sides" }, picture.root, columns.root)],
    play: {
      every: EVERY,
      step({ score, predicted, true: truth }) {
        const next = climbed(score, predicted, truth);
        if (next) walk = [...walk, predicted];
        return next && { predicted: next };
      },
      restart() {
        walk = [];
        return { predicted: home };
      },
    },
    draw(state) {
      now = state;
      const numbers = [...state.predicted, ...state.true];
      if (isDragged) look.set(numbers);
      else look.to(numbers);
      isDragged = false;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Place the boxes so that GIoU is IoU, although DIoU is at least 0.1 lower.",
      isDone({ predicted, true: truth }) {
        const { union, around } = areas(predicted, truth);
        const { IoU, DIoU } = scores(predicted, truth);
        return around - union < 1e-6 && IoU > 0 && IoU - DIoU > 0.1 - 1e-9;
      },
      praise: "Nothing in the box around both is empty, but the centres lie apart.",
    },
    onReset() {
      home = first;
      walk = [];
    },
    onStop: look.stop,
  });
}

export default { render };
