// Best of many: a cloud of coins, the best of them on validation, and its height on new examples.

import { bound, counts, winner } from "./math.mjs";
import { slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const TESTED = 1000;
const MOST = 1000;
const WANTED = 0.8;
const FAR = 0.82; // from here on there is no room for words on the right
const [LOOKS, IS, BOUND] = [0.21, 0.17, 0.36]; // so wide are words beside upright lines
const NEAR = 0.03; // so wide is the dot
const [LOW, HIGH] = [0.425, 0.612]; // where they stand
const [ACROSS, UP] = [
  [0.08, 1.04],
  [0.36, 0.64],
];

/** Words beside an upright line: on its left, unless another line would cross them there. */
function beside(x, other, wide) {
  const isCrossed = other <= x && other > x - wide;
  if (!isCrossed) return { at: x, side: -1 };
  return x < FAR ? { at: x, side: 1 } : { at: other, side: -1 };
}

const percent = (share) => `${Math.round(100 * share)} %`;

function torchCode({ models, examples, seed }, best) {
  return [
    `generator = torch.Generator().manual_seed(${seed})`,
    `validation = torch.randint(2, (${models}, ${examples}), generator=generator).double().mean(1)`,
    `test = torch.randint(2, (${models}, ${TESTED}), generator=generator).double().mean(1)`,
    "best = validation.argmax()",
    `validation[best].item(), test[best].item()  # other coins than here, where it is ${best.join(", ")}`,
  ].join("\n");
}

function render({ model, el }) {
  const models = slider({ label: "Models", min: 1, max: MOST, onInput: (value) => update(model, { models: value }) });
  const examples = slider({ label: "Examples", min: 20, max: 500, step: 20, onInput: (value) => update(model, { examples: value }) });
  const seed = slider({ label: "Other coins", min: 0, max: 99, onInput: (value) => update(model, { seed: value }) });
  const drawing = plane({ label: "Models by accuracy on validation and on new examples", x: ACROSS, y: UP, names: ["", "on new examples"], size: [366, 246], steps: [0.2, 0.1] });
  let found = null; // the coins that were tossed last
  function look(state) {
    const key = [state.models, state.examples, state.seed].join();
    if (found?.key !== key) {
      const tossed = counts(state.models, state.examples, TESTED, state.seed);
      const shares = tossed.map(([right, tested]) => [right / state.examples, tested / TESTED]);
      found = { key, shares, best: shares[winner(tossed)], limit: bound(state.models, state.examples) };
    }
    return found;
  }
  const ring = eased(([x, y, limit]) => {
    const looks = beside(x, limit, LOOKS);
    const isWide = limit + BOUND < ACROSS[1];
    // Behind the dashed line, where that one is near.
    const behind = limit > x - NEAR && limit < x + IS ? Math.max(x, limit) : x;
    const is = behind < FAR ? { at: [behind, 0.508], away: [1, 0.5] } : { at: [Math.min(x, limit), 0.508], away: [-1, 0.5] };
    drawing.draw([
      { line: [[ACROSS[0] + 0.06, 0.5], [ACROSS[1], 0.5]], look: "half" },
      ...(found.limit < ACROSS[1] ? [{ line: [[limit, UP[0]], [limit, UP[1]]], look: "bound" }] : []),
      ...found.shares.map((dot) => ({ dot, look: "coin" })),
      { line: [[x, UP[0]], [x, y]], look: "looks" },
      { text: "on validation", at: [ACROSS[1], UP[0] + 0.028], look: "tick", away: [-1, 0] }, // above the numbers
      { dot: [x, y], look: "best" },
      { text: `on average ≤ ${percent(found.limit)}`, at: [limit, isWide ? HIGH : HIGH - 0.027], look: "average", away: [isWide ? 1 : -1, 0] },
      { text: `looks ${percent(found.best[0])}`, at: [looks.at, LOW], look: "looks", away: [looks.side, 0] },
      { text: `is ${percent(found.best[1])}`, ...is, look: "best" },
    ]);
  });

  return stage({
    model,
    el,
    names: ["models", "examples", "seed"],
    label: "Best of many",
    look: "book-best-of-many",
    picture: [drawing.root],
    controls: [models.root, examples.root],
    play: {
      every: 700,
      auto: true,
      step: (state) => (state.models < MOST ? { models: Math.min(MOST, 2 * state.models) } : null),
      restart: () => ({ models: 1 }),
    },
    draw(state) {
      models.set(state.models);
      examples.set(state.examples);
      seed.set(state.seed);
      const { best, limit } = look(state);
      ring.to([...best, limit]);
    },
    says(state) {
      const { best } = look(state);
      const of = state.models === 1 ? "One coin" : `Best of ${state.models} coins`;
      return `${of}: ${percent(best[0])} right on the ${state.examples} examples that chose it, ${percent(best[1])} on new ones.`;
    },
    more: [seed.root],
    code: (state) => torchCode(state, look(state).best),
    task: {
      text: "Make a coin look at least 80 % right.",
      isDone: (state) => look(state).best[0] >= WANTED,
      praise: "Few examples and many tries: that is all it takes.",
    },
    onStop: ring.stop,
  });
}

export default { render };
