// Ring steps: workers in a ring, chunks that go round, and what each worker sends.

import { bars } from "./bars.mjs";
import { ringSent, starSent, steps } from "./math.mjs";
import { ring } from "./ring.mjs";
import { phase, sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 1200; // milliseconds a step
const MOVE = 800; // of which the chunks move
const WANTED = 3; // times as much in the star, in the task

function render({ model, el }) {
  const drawing = ring();
  const chart = bars();
  const root = element("div", { class: "book-sides" }, drawing.root, chart.root);
  const pointer = pointing(root);
  const workers = slider({ label: "Workers", min: 3, max: 6, onInput: (value) => update(model, { workers: value }) });
  const clock = slider({ label: "Step", min: 0, max: 6, onInput: (step) => update(model, { step }) });
  const stepOf = (state) => Math.min(state.step, steps(state.workers));
  let now = null;
  let shown = 0;
  const move = eased(([time]) => {
    drawing.draw(now.world, time, now.words, now.phase);
    pointer.refresh();
  }, MOVE);

  return stage({
    model,
    el,
    names: ["workers", "step"],
    label: "Ring steps",
    look: "book-ring-steps",
    picture: [root],
    controls: [clock.root, workers.root],
    play: {
      every: EVERY,
      auto: true,
      step: (state) => (stepOf(state) < steps(state.workers) ? { step: stepOf(state) + 1 } : null),
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      const [world, step] = [state.workers, stepOf(state)];
      now = { world, words: sentence(world, step), phase: phase(world, step) };
      clock.input.max = steps(world);
      clock.set(step);
      workers.set(world);
      chart.draw(world, step);
      if (shown === world) move.to([step]);
      else move.set([step]);
      shown = world;
    },
    says: (state) => sentence(state.workers, stepOf(state)),
    code: (state) => torchCode(state.workers),
    task: {
      text: `Find for how many workers a star's middle sends ${WANTED} times as much.`,
      isDone: ({ workers: world }) => starSent(world) === WANTED * ringSent(steps(world), world),
      praise: "5 gradients against 10/6. The star sends n/2 times as much.",
    },
    onStop() {
      move.stop();
      pointer.stop();
    },
  });
}

export default { render };
