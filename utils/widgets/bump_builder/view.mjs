// The bump builder: a curve from steps of sigmoids, with weights set by hand or found by training.

import { MOST_BUMPS, MOST_STEPS, byHand, seen, training } from "./math.mjs";
import { picture } from "./picture.mjs";
import { settings } from "./settings.mjs";
import { pictureWords, sentence, torchCode } from "./words.mjs";
import { update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased, isStill } from "../kit/tween.mjs";

const WIDTH = 736; // until the picture's width is known
const PACE = 10; // steps of training a moment
const CATCH_UP = 40; // steps a frame, where a changed network trains anew
const [CLOSE, ENOUGH] = [0.25, 1000]; // the error and the steps that the task asks for
const TRAITS = ["target", "weights", "bumps", "steepness", "steps", "lr", "seed"];

function render({ model, el }) {
  const set = (changes) => update(model, changes);
  const options = settings({ get: (name) => model.get(name), set });
  const shown = picture();
  let [width, redraw, waiting] = [WIDTH, null, 0];
  let run = null; // { key, now } of the network in training
  let [state, found] = [null, null]; // what the last redraw was asked for, and found
  let closest = null; // bumps by hand that came close enough to the wiggles

  /** Train until `steps`, or a part of the way if the reader can watch. */
  function train({ target, bumps, lr, seed, steps }) {
    const key = JSON.stringify([target, bumps, lr, seed]);
    if (run?.key !== key || run.now.taken() > steps) run = { key, now: training({ target, bumps, lr, seed }) };
    const isWatched = found !== null && !isStill() && !document.hidden;
    run.now.advance(isWatched ? Math.min(steps, run.now.taken() + CATCH_UP) : steps);
    if (run.now.taken() < steps) waiting = requestAnimationFrame(redraw);
  }

  const curve = eased((outputs) => shown.draw(state, found, outputs));

  function draw(next) {
    cancelAnimationFrame(waiting);
    const isTrained = next.weights === "trained";
    if (isTrained) train(next);
    const hand = seen(byHand(next), next.target);
    const wasTrained = state?.weights === "trained";
    state = next;
    found = { ...(isTrained ? seen(run.now.layers, next.target) : hand), ofHand: hand.error, steps: isTrained ? run.now.taken() : 0 };
    if (!isTrained && next.target === "wiggles" && hand.error < CLOSE) closest = next.bumps;
    shown.say(pictureWords(next, found));
    if (isTrained && wasTrained) curve.set(found.outputs);
    else curve.to(Array.from(found.outputs));
    options.show(next);
  }

  const resized = new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (!next || next === width) return;
    width = next;
    shown.fit(width);
    redraw();
  });
  shown.fit(width);
  const leave = stage({
    model,
    el,
    names: TRAITS,
    label: "Bump builder",
    look: "book-bump-builder",
    picture: [shown.root],
    controls: options.controls,
    play: {
      every: 60,
      step: ({ weights, bumps, steps }) => {
        if (weights === "trained") return steps < MOST_STEPS ? { steps: Math.min(MOST_STEPS, steps + PACE) } : null;
        return bumps < MOST_BUMPS ? { bumps: bumps + 1 } : null;
      },
      restart: ({ weights }) => (weights === "trained" ? { steps: 0 } : { bumps: 1 }),
    },
    draw,
    says: (now) => sentence(now, found),
    more: options.more,
    code: (now) => torchCode(now, found),
    task: {
      text: `By hand, meet the wiggles with an error below ${CLOSE}. Then see what training makes of as many units in ${ENOUGH} steps.`,
      isDone: ({ target, weights, bumps }) =>
        target === "wiggles" && weights === "trained" && bumps === closest && found.steps >= ENOUGH,
      praise: "Done: good weights exist. Compare the two errors.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      closest = null;
    },
    onStop: () => {
      cancelAnimationFrame(waiting);
      resized.disconnect();
      curve.stop();
    },
  });
  resized.observe(shown.root);
  return leave;
}

export default { render };
