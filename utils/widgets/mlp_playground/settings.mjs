// The controls: three in sight, the rest under "More".

import { choice, element, slider } from "../kit/parts.mjs";

const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3];
const ACTIVATIONS = [["none", "none"], ["relu", "ReLU"], ["tanh", "tanh"], ["sigmoid", "sigmoid"]];

/** The stop of the slider that is nearest to a rate. */
function stopOf(rate) {
  const far = RATES.map((stop) => Math.abs(Math.log(stop / rate)));
  return far.indexOf(Math.min(...far));
}

/** { controls, more, show(state) }; `set` changes traits. */
export function settings({ presets, rate, set }) {
  const preset = choice({ label: "Data", options: Object.keys(presets).map((name) => [name, name]), onInput: (name) => set({ preset: name }) });
  const width = slider({ label: "Width", min: 1, max: 8, onInput: (value) => set({ width: value }) });
  const activation = choice({ label: "Activation", options: ACTIVATIONS, onInput: (name) => set({ activation: name }) });
  const depth = slider({ label: "Hidden layers", min: 1, max: 3, onInput: (value) => set({ depth: value }) });
  // Python may set a rate between two stops; then the stop shows what was set.
  const exact = (stop) => (stopOf(rate()) === stop ? rate() : RATES[stop]);
  const lr = slider({
    label: "Learning rate",
    min: 0,
    max: RATES.length - 1,
    format: (stop) => String(Number(exact(stop).toPrecision(3))),
    onInput: (stop) => set({ lr: RATES[stop] }),
  });
  const seed = slider({ label: "Seed", min: 0, max: 99, onInput: (value) => set({ seed: value }) });
  function show(state) {
    for (const [name, control] of Object.entries({ preset, width, activation, depth, seed })) control.set(state[name]);
    lr.set(stopOf(state.lr));
  }
  const more = [element("div", { class: "book-settings" }, depth.root, lr.root, seed.root)];
  return { controls: [preset.root, width.root, activation.root], more, show };
}
