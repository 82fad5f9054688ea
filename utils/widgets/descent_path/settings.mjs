// What stands under "More": examples to start from, the surface, noise and momentum, numbers.

import { choice, element, slider } from "../kit/parts.mjs";
import { factList } from "../kit/fact_list.mjs";
import { short } from "./words.mjs";

const SURFACES = [
  ["parabola", "parabola, a/2 · w²"],
  ["bowl", "bowl, ½ w₁² + a/2 · w₂²"],
  ["data", "regression on 64 examples"],
];
const BATCHES = [["full", "full (64)"], ["16", "16"], ["4", "4"], ["1", "1"]];
const HUNDRED = 100; // the slider of momentum stops at hundredths

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The rest of the controls; `set` changes traits. Returns { nodes, show(state, found, facts) }. */
export function rest({ model, set }) {
  const presets = model.get("presets");
  const presetOf = (state) =>
    Object.keys(presets).find((name) =>
      Object.entries(presets[name]).every(([trait, value]) => trait === "steps" || same(value, state[trait])),
    ) ?? "custom";
  let named = "custom";
  const preset = choice({
    label: "Example",
    options: [...Object.keys(presets), "custom"].map((name) => [name, name]),
    onInput: (name) => (name === "custom" ? preset.set(named) : set(presets[name])),
  });
  const surface = choice({ label: "Loss", options: SURFACES, onInput: (name) => set({ surface: name }) });
  const batch = choice({
    label: "Batch size",
    options: BATCHES,
    onInput: (size) => set({ batch_size: size === "full" ? size : Number(size) }),
  });
  // Python may set what lies between two stops; then the stop shows what was set.
  const stopped = (name, label, range, unit = 1) => {
    const stopOf = () => Math.round(model.get(name) * unit);
    const exact = (stop) => (stopOf() === stop ? model.get(name) : stop / unit);
    const control = slider({
      label,
      min: range[0] * unit,
      max: range[1] * unit,
      format: (stop) => short(exact(stop)),
      onInput: (stop) => set({ [name]: stop / unit }),
    });
    return { ...control, show: () => control.set(stopOf()) };
  };
  const curvature = stopped("curvature", "Curvature a", [1, 50]);
  const momentum = stopped("momentum", "Momentum", [0, 0.99], HUNDRED);
  const seed = stopped("seed", "Seed", [0, 99]);
  const list = factList();

  function show(state, found, numbers) {
    const isData = state.surface === "data";
    named = presetOf(state);
    preset.set(named);
    surface.set(state.surface);
    batch.set(String(state.batch_size));
    batch.input.disabled = !isData;
    for (const control of [curvature, momentum, seed]) control.show();
    curvature.input.disabled = isData;
    seed.input.disabled = !found.isNoisy;
    list.set(numbers);
  }

  const nodes = [
    element("div", { class: "book-row book-switches" }, preset.root, surface.root, batch.root),
    element("div", { class: "book-settings" }, curvature.root, momentum.root, seed.root),
    element("div", { class: "book-panel" }, list.root),
  ];
  return { nodes, show };
}
