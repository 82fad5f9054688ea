// Best of many: coins by how right they are on validation, and the best of them falling back on new examples.

import { falling } from "./fall.mjs";
import { bound, counts, histogram, winner } from "./math.mjs";
import { shape, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { scales } from "../kit/plane_marks.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const TESTED = 1000;
const MOST = 1000;
const WANTED = 0.8;
const FINE = 0.01; // of the accuracy on new examples: the width of a bar
const FAR = 0.82; // from here on there is no room for words on the right
const [LOOKS, BOUND] = [0.21, 0.36]; // so wide are words beside upright lines
const SIZE = [366, 246];
const [ACROSS, UP] = [
  [0.08, 1.04],
  [0, 2.12],
];
// The two histograms: where they stand, how high their bars are, and how high the best one and words above.
const [ABOVE, BELOW] = [1.16, 0.2];
const [BARS, BEST, TITLE] = [0.5, 0.62, 0.84];

/** Where a coin is that falls down its line and along the arrow, from its first place to its second. */
function onTheWay([x, y], share) {
  const height = BEST + ABOVE - share * (ABOVE - BELOW);
  const aside = Math.max(0, (ABOVE - height) / (ABOVE - BELOW - BEST));
  return [x + aside * (y - x), height];
}

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
  const drawing = plane({ label: "Models counted by accuracy, on validation and on new examples", x: ACROSS, y: UP, names: ["", ""], size: SIZE, steps: [0.25, 10] });
  const heights = scales({ x: ACROSS, y: UP, size: SIZE });
  for (const [words, base] of [["on validation", ABOVE], ["on new examples", BELOW]]) {
    const [, y] = heights.toPixels([0, base + TITLE]);
    drawing.root.append(shape("text", { class: "book-words book-title", x: 10, y }, words));
  }
  let last = ""; // the coin that was chosen before
  let found = null; // the coins that were tossed last
  function look(state) {
    const key = [state.models, state.examples, state.seed].join();
    if (found?.key !== key) {
      const tossed = counts(state.models, state.examples, TESTED, state.seed);
      const [validation, test] = [
        histogram(tossed.map(([right]) => right), state.examples),
        histogram(tossed.map(([, right]) => right), TESTED, FINE),
      ];
      const [right, tested] = tossed[winner(tossed)];
      const best = [right / state.examples, tested / TESTED];
      found = { key, validation, test, examples: state.examples, best, limit: bound(state.models, state.examples) };
    }
    return found;
  }
  const bars = (shares, { wide }, all, base) =>
    shares.flatMap((share, at) => {
      // Half a count to the left: the middle of a bar is the middle of what it counts.
      const [left, right] = [at, at + 1].map((end) => (end * wide - 0.5) / all);
      const top = base + BARS * share;
      return share ? [{ area: [[left, base], [left, top], [right, top], [right, base]], look: "coin" }] : [];
    });
  let shown = null; // best, limit and bars on their way to what was found
  function put() {
    const [x, y, limit, ...shares] = shown;
    const { validation, test, examples: all, best } = found;
    const looks = beside(x, limit, LOOKS);
    const isWide = limit + BOUND < ACROSS[1];
    const atMost = `≤ ${percent(found.limit)}`;
    const seen = validation.shares.length;
    const base = (height) => ({ line: [[ACROSS[0], height], [ACROSS[1], height]], look: "base" });
    drawing.draw([
      ...bars(shares.slice(0, seen), validation, all, ABOVE),
      ...bars(shares.slice(seen), test, TESTED, BELOW),
      base(ABOVE),
      base(BELOW),
      ...(found.limit < ACROSS[1] ? [{ line: [[limit, ABOVE], [limit, UP[1]]], look: "bound" }] : []),
      { line: [[x, ABOVE], [x, ABOVE + BEST]], look: "looks" },
      { arrow: [[x, ABOVE], [y, BELOW + BEST + 0.04]], look: "falls" },
      { dot: [x, ABOVE + BEST], look: "looks" },
      ...(drop.hasLanded() ? [{ line: [[y, BELOW], [y, BELOW + BEST]], look: "best" }] : []),
      { dot: onTheWay([x, y], drop.share()), look: "best" },
      { text: isWide ? `on average ${atMost}` : atMost, at: [limit, ABOVE + TITLE], look: "average", away: [limit + BOUND / 2 < ACROSS[1] ? 1 : -1, 0] },
      { text: `looks ${percent(best[0])}`, at: [looks.at, ABOVE + BEST], look: "looks", away: [looks.side, 0], far: 4 },
      ...(drop.hasLanded() ? [{ text: `is ${percent(best[1])}`, at: [y, BELOW + BEST], look: "best", away: [x < y ? 1 : -1, 0], far: 4 }] : []),
    ]);
  }
  const drop = falling(put);
  const ring = eased((numbers) => {
    shown = numbers;
    put();
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
      every: 1700,
      auto: true,
      step: (state) => (state.models < MOST ? { models: Math.min(MOST, 2 * state.models) } : null),
      restart: () => ({ models: 1 }),
    },
    draw(state) {
      models.set(state.models);
      examples.set(state.examples);
      seed.set(state.seed);
      const { best, limit, validation, test } = look(state);
      const chosen = [state.examples, state.seed, ...best].join();
      if (last && chosen !== last) drop.begin();
      last = chosen;
      ring.to([...best, limit, ...validation.shares, ...test.shares]);
    },
    says(state) {
      const { best } = look(state);
      const of = state.models === 1 ? "One coin" : `Best of ${state.models} coins`;
      return `${of}: ${percent(best[0])} right on the ${state.examples} examples that chose it, ${percent(best[1])} on new ones.`;
    },
    more: [seed.root],
    code: (state) => torchCode(state, look(state).best),
    task: {
      text: "Make a coin look 80 % right.",
      isDone: (state) => look(state).best[0] >= WANTED,
      praise: "Few examples and many tries: that is all it takes.",
    },
    onStop() {
      ring.stop();
      drop.stop();
    },
  });
}

export default { render };
