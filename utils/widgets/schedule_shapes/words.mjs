// What the schedule demo says: numbers, one sentence, and the lines of torch.

import { LIMIT, STEPS, bestConstant, run } from "./math.mjs";

const BEST = bestConstant();
const HUGE = 100;

/** A loss or a rate with two digits that count; a huge one is bounded. */
export function short(value) {
  if (value > HUGE) return `over ${HUGE}`;
  if (value > 0 && value < 0.0001) return "under 0.0001";
  return String(Number(value.toPrecision(2)));
}

/** What is seen now: the step, its rate, the loss, and what the schedule comes to. */
export function sentence(state) {
  const { rates, losses, means } = run(state);
  const now = Math.min(state.step, STEPS - 1);
  const over = rates[now] > LIMIT ? ", above the limit" : "";
  const ends = `On average walks end at ${short(means[STEPS])}; with the best constant rate, at ${short(BEST)}.`;
  if (state.step === STEPS) return `This walk ends at the loss ${short(losses[STEPS])}. ${ends}`;
  return `Rate ${short(rates[now])}${over}, loss ${short(losses[state.step])}. ${ends}`;
}

const SCHEDULERS = {
  constant: () => "ConstantLR(optimizer, factor=1.0)",
  step: () => `StepLR(optimizer, step_size=${Math.floor(STEPS / 3)}, gamma=0.1)`,
  cosine: () => `CosineAnnealingLR(optimizer, T_max=${STEPS})`,
  "warm-up + cosine": ({ warmup }) =>
    warmup
      ? `SequentialLR(
    optimizer,
    [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=${warmup}),
        lr_scheduler.CosineAnnealingLR(optimizer, T_max=${STEPS - warmup}),
    ],
    milestones=[${warmup}],
)`
      : `CosineAnnealingLR(optimizer, T_max=${STEPS})`,
  "one-cycle": ({ peak, warmup }) => `OneCycleLR(
    optimizer,
    max_lr=${peak},
    total_steps=${STEPS},
    pct_start=${(warmup / STEPS).toFixed(2)},
    cycle_momentum=False,
)`,
};

/** The rate of the step that is shown, by torch's scheduler. */
export function torchCode(state) {
  return `from torch.optim import lr_scheduler

optimizer = torch.optim.SGD([torch.zeros(2)], lr=${state.peak})
scheduler = lr_scheduler.${SCHEDULERS[state.schedule](state)}
rates = []
for _ in range(${STEPS}):
    rates.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    scheduler.step()
rates[${Math.min(state.step, STEPS - 1)}]`;
}
