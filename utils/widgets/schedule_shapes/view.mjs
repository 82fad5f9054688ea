// Schedule shapes: a learning rate that changes, and a noisy walk that follows it.

import { SCHEDULES, STEPS, expected, rates, run } from "./math.mjs";
import { drawnAt, picture, powerOf } from "./picture.mjs";
import { sentence, short, torchCode } from "./words.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const PEAKS = [0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.35, 1.5];
const WANTED = 0.015; // the mean loss that the task asks for
const EVERY = 60; // milliseconds from one step to the next
const WARM = ["warm-up + cosine", "one-cycle"];
const SEEDS = 100;

const nearestPeak = (peak) =>
  PEAKS.reduce((best, stop, index) => (Math.abs(stop - peak) < Math.abs(PEAKS[best] - peak) ? index : best), 0);

function render({ model, el }) {
  const set = (changes) => update(model, changes);
  const schedule = choice({
    label: "Shape",
    options: SCHEDULES.map((name) => [name, name]),
    onInput: (name) => set({ schedule: name }),
  });
  // A peak that was set in Python need not be a stop of the slider.
  const peakAt = (index) => (nearestPeak(model.get("peak")) === index ? model.get("peak") : PEAKS[index]);
  const peak = slider({
    label: "Peak",
    min: 0,
    max: PEAKS.length - 1,
    format: (index) => String(Number(peakAt(index).toPrecision(3))),
    onInput: (index) => set({ peak: PEAKS[index] }),
  });
  const warmup = slider({
    label: "Warm-up",
    min: 0,
    max: 50,
    step: 5,
    format: (steps) => `${steps} %`,
    onInput: (steps) => set({ warmup: steps }),
  });
  const steps = slider({ label: "Step", min: 0, max: STEPS, onInput: (step) => set({ step }) });
  const seed = slider({ label: "Noise, seed", min: 0, max: SEEDS - 1, onInput: (next) => set({ seed: next }) });
  const shown = picture({ scrub: (step) => step !== model.get("step") && set({ step }) });

  let [step, key] = [0, ""];
  const look = eased((numbers) => {
    const parts = [STEPS, STEPS + 1, STEPS + 1].reduce(
      ({ from, cut }, count) => ({ from: from + count, cut: [...cut, numbers.slice(from, from + count)] }),
      { from: 0, cut: [] },
    );
    const [rate, powers, means] = parts.cut;
    const flat = numbers.slice(parts.from);
    const places = powers.map((_, t) => [flat[2 * t], flat[2 * t + 1]]);
    shown.draw({ rates: rate, powers, means, places, step });
  });

  function draw(state) {
    schedule.set(state.schedule);
    peak.set(nearestPeak(state.peak));
    warmup.set(state.warmup);
    warmup.root.classList.toggle("book-idle", !WARM.includes(state.schedule));
    steps.set(state.step);
    seed.set(state.seed);
    const found = run(state);
    step = state.step;
    const numbers = [
      ...found.rates,
      ...found.losses.map(powerOf),
      ...found.means.map(powerOf),
      ...found.places.flatMap(drawnAt),
    ];
    // A step of the story jumps; another schedule is eased in.
    const next = JSON.stringify([state.schedule, state.peak, state.warmup, state.seed]);
    if (next === key) look.set(numbers);
    else look.to(numbers);
    key = next;
    shown.say(`Learning rate and loss by step; after step ${step} the loss is ${short(found.losses[step])}`);
  }

  return stage({
    model,
    el,
    names: ["schedule", "peak", "warmup", "step", "seed"],
    label: "Schedule shapes",
    look: "book-schedule-shapes",
    picture: [shown.root],
    controls: [schedule.root, peak.root],
    play: {
      every: EVERY,
      auto: true,
      step: ({ step: now }) => (now < STEPS ? { step: now + 1 } : null),
      restart: () => ({ step: 0 }),
    },
    draw,
    says: sentence,
    more: [warmup.root, steps.root, seed.root],
    code: torchCode,
    task: {
      text: `Bring the end of the dashed line below ${WANTED}.`,
      isDone: (state) => expected(rates(state)).at(-1) < WANTED,
      praise: "Bold first, calm at the end: no constant rate gets there.",
    },
    onStop: () => {
      look.stop();
      shown.stop();
    },
  });
}

export default { render };
