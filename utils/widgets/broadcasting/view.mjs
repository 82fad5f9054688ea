// Broadcasting: two shapes become one, and every copy that is only pretended.

import { onArrows, shape, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { controls } from "./controls.mjs";
import { broadcastShape } from "./math.mjs";
import { broadcastPicture } from "./picture.mjs";
import { indexAt, progress, scene, selectedCell } from "./scene.mjs";
import { LAST_STEP, cellSentence, stepCount, stepSentence, torchCode } from "./words.mjs";

const NAMES = ["a_shape", "b_shape", "operation", "step", "index"];
const STRETCH = 1000; // milliseconds
const FILL = { told: 3000, changed: 1000 };
const REST = 400;
const LOOK = 2000; // at the result, before the story that leads there begins
const TASK = {
  text: "Press the sizes of b, or its +, until the result is (2, 3, 4).",
  isDone: ({ a_shape: a, b_shape: b }) => a.length < 3 && String(broadcastShape(a, b)) === "2,3,4",
  praise: "b brought the axis that a does not have, and each 1 was stretched.",
};

// The story begins with the axis on the right, if there is one.
const FIRST = 2;
const first = (a, b) => (a.length || b.length ? FIRST : 0);

function render({ model, el }) {
  let redraw = () => {};
  let busy = () => {};
  let fault = ""; // of what was typed
  const hand = controls(model, (sentence) => {
    if (sentence === fault) return;
    fault = sentence;
    redraw();
  });
  const picture = broadcastPicture(hand.sizes);
  let now = null;
  let pair = ""; // the shapes that are drawn
  let told = null; // the step that Play has told last
  let at = null; // the step that is drawn
  let isDrawing = false;
  const moment = { come: [0, 0, 0, 0, 0], filled: 0 };
  const isAtRest = () => String(moment.come) === String(progress(now)) && (!now.done || !now.place || moment.filled === 1);
  const show = () => {
    picture.show(moment);
    if (!isDrawing) busy(!isAtRest());
  };
  const stretch = eased((numbers) => {
    moment.come = numbers;
    show();
  }, STRETCH);
  const filling = ([share]) => {
    moment.filled = share;
    show();
    // At rest the sentence may name the number that is lit.
    if (share === 1 && !isDrawing) redraw();
  };
  // Number by number in the story, faster after a change of shapes.
  const slowly = eased(filling, FILL.told);
  const soon = eased(filling, FILL.changed);
  const empty = () => {
    for (const fill of [soon, slowly]) fill.set([0]);
  };
  const fillUp = () => {
    const isTold = told === LAST_STEP;
    (isTold ? soon : slowly).stop();
    (isTold ? slowly : soon).to([1]);
  };

  /** At once to where all that moves would come to rest. */
  const settle = () => {
    if (isAtRest()) return;
    stretch.set(progress(now));
    if (now.done) for (const fill of [soon, slowly]) fill.set([1]);
  };

  const select = (cell) => now.place && update(model, { index: indexAt(now, cell) });
  const pick = ({ clientX, clientY }) => {
    const cell = picture.cellAt(clientX, clientY);
    if (cell) select(cell);
  };
  for (const kind of ["pointerdown", "pointermove"]) picture.root.addEventListener(kind, pick);
  onArrows(picture.root, (down, right) => {
    const [row, column] = selectedCell(now) ?? [0, 0];
    select([row + down, column + right]);
  });

  const draw = (state) => {
    isDrawing = true;
    now = scene(state);
    if (state.step !== told) told = null;
    hand.set(now, state);
    picture.set(now);
    const drawn = String([now.a, "and", now.b]);
    const isOther = pair !== "" && pair !== drawn;
    pair = drawn;
    if (isOther) told = null;
    if (isOther || (told === FIRST && at !== FIRST)) stretch.set(progress({ at: isOther ? now.at : 0, compared: 0 }));
    at = state.step;
    if (isOther || !now.done) empty();
    stretch.to(progress(now));
    if (now.done) fillUp();
    isDrawing = false;
    show();
  };
  const tell = (step) => {
    told = step;
    return { step };
  };
  const observer = new ResizeObserver(() => picture.resize());
  observer.observe(picture.root);
  return stage({
    model,
    el,
    names: NAMES,
    label: "Broadcasting",
    look: "book-broadcasting",
    picture: [picture.root],
    controls: hand.inSight,
    play: {
      step({ a_shape: a, b_shape: b, ...rest }) {
        const { at, done } = scene({ a_shape: a, b_shape: b, ...rest });
        if (done && told !== null) return moment.filled < 1 && now.place ? {} : null;
        if (done) return tell(first(a, b));
        return tell(at + 1 < stepCount(a, b) - 1 ? at + 1 : LAST_STEP);
      },
      restart: ({ a_shape: a, b_shape: b }) => tell(first(a, b)),
      every: STRETCH + REST,
      auto: true,
      rest: LOOK,
      onPause: settle,
    },
    draw,
    says({ a_shape: a, b_shape: b, operation }) {
      if (fault) return fault;
      const { at, done, place } = now;
      return stepSentence(at, a, b) + (done && place && moment.filled === 1 ? ` ${cellSentence(place, a, b, operation)}.` : "");
    },
    more: hand.more,
    code: ({ a_shape: a, b_shape: b, operation }) => torchCode(a, b, operation),
    task: TASK,
    onReady(again, player) {
      redraw = again;
      busy = player.busy;
    },
    onReset() {
      told = null;
      hand.restore();
    },
    onStop() {
      observer.disconnect();
      stretch.stop();
      soon.stop();
      slowly.stop();
    },
  });
}

export default { render };
