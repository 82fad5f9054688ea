// The runs of learning rates that were tried before, for the chart of the loss.

import { MOST_STEPS, descend } from "./math.mjs";
import { heightsOf } from "./scene.mjs";
import { short } from "./words.mjs";

const KEPT = 2;

/**
 * Keeps the last two rates that were let go; `show(runs)` hears { lr, name, heights } of each.
 * `follow(state)` forgets them when anything but rate and step has changed, `settle(state)` says
 * that a rate was let go.
 */
export function earlierRuns(data, show) {
  let [settled, runs] = [null, []];
  const runOf = (state) => ({
    lr: state.lr,
    name: short(state.lr),
    heights: heightsOf(descend({ ...state, steps: MOST_STEPS }, data)),
    about: JSON.stringify({ ...state, lr: 0, steps: 0 }),
  });
  const follow = (state) => {
    const run = runOf(state);
    if (settled?.about === run.about) return;
    [settled, runs] = [run, []];
    show(runs);
  };
  const settle = (state) => {
    if (settled.lr === state.lr) return;
    runs = [...runs.filter(({ lr }) => lr !== settled.lr && lr !== state.lr), settled].slice(-KEPT);
    show(runs);
    settled = runOf(state);
  };
  return { follow, settle };
}
