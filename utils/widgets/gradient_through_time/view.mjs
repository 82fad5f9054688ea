// Gradient through time: it sets out at the last state, and shrinks or grows step by step.

import { MOST, picture, stateName } from "./chain.mjs";
import { clipped, gradients, states } from "./math.mjs";
import { described, sentence, short, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { slider, toggle, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 350; // milliseconds a step back
const ENOUGH = 0.1; // what the task wants to arrive at the first state
const LONG = 12; // steps of the chain that the task is about

const come = ({ at, steps }) => Math.min(at, steps);

function render({ model, el }) {
  const drawing = picture();
  const { columns, weights, ghost } = drawing;
  const pointed = pointing(drawing.root);
  const whole = (changes) => update(model, { ...changes, at: MOST });
  const radius = slider({
    label: "Factor",
    min: 0.5,
    max: 1.5,
    step: 0.05,
    format: (value) => number(value),
    onInput: (value) => whole({ radius: Math.round(100 * value) / 100 }),
  });
  const tanh = toggle({ label: "tanh", onInput: (isOn) => whole({ tanh: isOn }) });
  const clip = toggle({ label: "Clip weights to 1", onInput: (isOn) => whole({ clip: isOn }) });
  const steps = slider({ label: "Steps", min: 4, max: MOST, onInput: (value) => whole({ steps: value }) });

  const moves = eased((logs) => {
    columns.forEach((one, index) => one.set(logs[index]));
    weights.set(logs[MOST + 1]);
    ghost.set(logs[MOST + 2]);
  }, 300);
  let found = null;

  return stage({
    model,
    el,
    names: ["radius", "tanh", "clip", "steps", "at"],
    label: "Gradient through time",
    look: "book-gradient-through-time",
    picture: [drawing.root],
    controls: [radius.root, tanh.root, clip.root],
    more: [steps.root],
    play: {
      every: EACH,
      auto: true,
      step: (state) => (come(state) < state.steps ? { at: come(state) + 1 } : null),
      restart: () => ({ at: 0 }),
    },
    draw(state) {
      const back = come(state);
      found = gradients(state);
      found.shown = state.clip ? clipped(found.weights) : found.weights;
      radius.set(state.radius);
      tanh.set(state.tanh);
      clip.set(state.clip);
      steps.set(state.steps);
      drawing.last.textContent = stateName(state.steps);
      const all = states(state);
      const isWhole = back === state.steps;
      const logs = columns.map((one, index) => {
        one.root.hidden = index > state.steps;
        if (one.root.hidden) return 0;
        one.dial.set(all[index]);
        const isReached = index >= state.steps - back;
        one.root.classList.toggle("book-here", index === state.steps - back);
        one.root.classList.toggle("book-ahead", !isReached);
        one.tag.textContent = isReached ? `${stateName(index)}: ${short(found.lengths[index])}` : stateName(index);
        return isReached ? Math.log10(found.lengths[index]) : 0;
      });
      weights.root.classList.toggle("book-ahead", !isWhole);
      weights.tag.textContent = isWhole ? short(found.shown) : "";
      moves.to([...logs, isWhole ? Math.log10(found.shown) : 0, isWhole && state.clip ? Math.log10(found.weights) : 0]);
      drawing.chart.setAttribute("aria-label", described(state, back, found));
      pointed.refresh();
    },
    says: (state) => sentence(state, come(state), found, found.shown),
    code: torchCode,
    task: {
      text: "With tanh on, bring a tenth back over 12 steps or more.",
      isDone: (state) => state.tanh && state.steps >= LONG && come(state) === state.steps && gradients(state).lengths[0] >= ENOUGH,
      praise: "There: the factor makes up for slopes below 1.",
    },
    onStop() {
      moves.stop();
      pointed.stop();
    },
  });
}

export default { render };
