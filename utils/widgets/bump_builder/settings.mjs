// The controls: three in sight, the rest under "More".

import { choice, element, slider } from "../kit/parts.mjs";
import { LEAST_STEEP, MOST_BUMPS, MOST_STEEP, MOST_STEPS, TARGETS } from "./math.mjs";

const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3];
const STOPS = 46; // of the steepness, at equal ratios

const clipped = (value) => Math.max(LEAST_STEEP, Math.min(MOST_STEEP, value));
const steepAt = (stop) => clipped(Number((LEAST_STEEP * (MOST_STEEP / LEAST_STEEP) ** (stop / STOPS)).toPrecision(2)));
const stopOfSteep = (value) => Math.round((STOPS * Math.log(value / LEAST_STEEP)) / Math.log(MOST_STEEP / LEAST_STEEP));

/** The stop of the slider that is nearest to a rate. */
function stopOfRate(rate) {
  const far = RATES.map((stop) => Math.abs(Math.log(stop / rate)));
  return far.indexOf(Math.min(...far));
}

/** A slider over stops that shows an exact value, although Python may set one between two stops. */
function exact({ label, last, valueAt, stopOf, now, onInput }) {
  const shown = (stop) => (stopOf(now()) === stop ? now() : valueAt(stop));
  const control = slider({
    label,
    min: 0,
    max: last,
    format: (stop) => String(Number(shown(stop).toPrecision(4))),
    onInput: (stop) => onInput(valueAt(stop)),
  });
  return { root: control.root, set: () => control.set(stopOf(now())) };
}

/** { controls, more, show(state) }; `get(name)` reads a trait and `set` changes traits. */
export function settings({ get, set }) {
  const bumps = slider({ label: "Bumps", min: 1, max: MOST_BUMPS, onInput: (value) => set({ bumps: value }) });
  const weights = choice({
    label: "Weights",
    options: ["by hand", "trained"].map((name) => [name, name]),
    onInput: (name) => set({ weights: name }),
  });
  const steepness = exact({
    label: "Steepness",
    last: STOPS,
    valueAt: steepAt,
    stopOf: stopOfSteep,
    now: () => get("steepness"),
    onInput: (value) => set({ steepness: value }),
  });
  const steps = slider({ label: "Steps", min: 0, max: MOST_STEPS, step: 10, onInput: (value) => set({ steps: value }) });
  const target = choice({
    label: "Curve",
    options: Object.keys(TARGETS).map((name) => [name, name]),
    onInput: (name) => set({ target: name }),
  });
  const lr = exact({
    label: "Learning rate",
    last: RATES.length - 1,
    valueAt: (stop) => RATES[stop],
    stopOf: stopOfRate,
    now: () => get("lr"),
    onInput: (value) => set({ lr: value }),
  });
  const seed = slider({ label: "Seed", min: 0, max: 99, onInput: (value) => set({ seed: value }) });
  // By hand a slope is chosen, in training a number of steps: one takes the other's place.
  const third = element("div", { class: "book-third" }, steepness.root, steps.root);
  function show(state) {
    const plain = { bumps, weights, steps, target, seed };
    for (const [name, control] of Object.entries(plain)) control.set(state[name]);
    steepness.set();
    lr.set();
    steepness.root.hidden = state.weights === "trained";
    steps.root.hidden = state.weights === "by hand";
  }
  const more = [element("div", { class: "book-settings" }, target.root, lr.root, seed.root)];
  return { controls: [weights.root, bumps.root, third], more, show };
}
