// Dropout network: units blink out; outputs of the thinned networks, their mean, and eval mode.

import { network } from "./network.mjs";
import { MOST_P, MOST_PASSES, SECOND, behind, evalOutput, hidden, masks, meanOfAll, output, runningMeans, thinned } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { element, slider, toggle, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";

const [ACROSS, UP] = [
  [-6, MOST_PASSES + 2],
  [-2.6, 7.6],
];
const FAR_OFF = 1; // what the task asks for
const [EARLY, LATE] = [14, 34]; // the names of the lines stand between these passes
const CLEAR = 1.4; // a dot so far from the mean has its number beside it

/** Everything that is seen now. */
function look(state) {
  const all = masks(state);
  const outputs = all.map((mask) => output(mask, state));
  return { mask: all.at(-1), outputs, means: runningMeans(outputs), evaluated: evalOutput(state), mean: meanOfAll(state) };
}

function torchCode(state, { mean }) {
  const scale = state.scaled ? " / (1 - p)" : "";
  const sums = `(masks * h${scale}) @ W.T`;
  const training = [
    `p = ${state.p}`,
    "masks = torch.cartesian_prod(*[torch.tensor([0.0, 1.0]).double()] * 6)",
    "chances = (masks * (1 - p) + (1 - masks) * p).prod(1)",
    `outputs = ${state.relu ? `F.relu(${sums})` : `(${sums})`}.sum(1)`,
    `(chances @ outputs).item()  # ${mean.toFixed(4)}`,
  ];
  const evaluation = [`${state.relu ? "F.relu(W @ h)" : "(W @ h)"}.sum().item()  # ${mean.toFixed(4)}`];
  return [
    `h = torch.tensor([${hidden().join(", ")}]).double()  # hidden units`,
    "W = torch.tensor([",
    ...SECOND.map((row) => `    [${row.join(", ")}],`),
    "]).double()",
    ...(state.training ? training : evaluation),
  ].join("\n");
}

function render({ model, el }) {
  const p = slider({ label: "p", min: 0, max: MOST_P, step: 0.05, format: (value) => Number(value).toFixed(2), onInput: (value) => update(model, { p: value }) });
  const training = toggle({ label: "Train", onInput: (value) => update(model, { training: value }) });
  const relu = toggle({ label: "ReLU", onInput: (value) => update(model, { relu: value }) });
  const scaled = toggle({ label: "Divide by 1 \u2212 p", onInput: (value) => update(model, { scaled: value }) });
  const seed = slider({ label: "Other masks", min: 0, max: 99, onInput: (value) => update(model, { seed: value }) });
  const passes = slider({ label: "Passes", min: 1, max: MOST_PASSES, onInput: (value) => update(model, { passes: value }) });
  const net = network();
  const drawing = plane({ label: "Output of each forward pass, with the mean so far", x: ACROSS, y: UP, names: ["pass", "output"], size: [300, 184], steps: [20, 2] });

  function draw(state) {
    p.set(state.p);
    for (const [control, value] of [[training, state.training], [relu, state.relu], [scaled, state.scaled], [seed, state.seed], [passes, state.passes]]) control.set(value);
    const { mask, outputs, means, evaluated } = look(state);
    net.draw(mask, thinned(mask, state), behind(mask, state), outputs.at(-1), state.relu);
    const now = outputs.length;
    const [last, mean] = [outputs.at(-1), means.at(-1)];
    const isAbove = mean >= evaluated;
    drawing.draw([
      ...outputs.map((value, at) => ({ dot: [at + 1, value], look: at + 1 < now ? "thin" : "now" })),
      { line: [[0, evaluated], [ACROSS[1], evaluated]], look: "eval" },
      { line: means.map((value, at) => [at + 1, value]), look: "mean" },
      { dot: [now, mean], look: "mean" },
      { text: `mean ${number(mean)}`, at: [Math.min(LATE, Math.max(EARLY, now)), mean], look: "mean", away: [0, isAbove ? 1 : -1] },
      { text: `eval ${number(evaluated)}`, at: [LATE + 4, evaluated], look: "eval", away: [0, isAbove ? -1 : 1] },
      ...(Math.abs(last - mean) > CLEAR ? [{ text: number(last), at: [now, last], look: "now", away: [now < LATE + 16 ? 1 : -1, 0] }] : []),
    ]);
  }

  function says(state) {
    const { mask, outputs, means, evaluated, mean } = look(state);
    if (!state.training) return `Eval mode drops nothing and scales nothing: each pass gives ${number(evaluated)}.`;
    const dropped = mask.filter((stays) => !stays).length;
    const passed = outputs.length === 1 ? "1 pass" : `${outputs.length} passes`;
    return `${dropped} of 6 units dropped. Mean of ${passed} ${number(means.at(-1))}, of all 64 thinned networks ${number(mean)}; eval mode ${number(evaluated)}.`;
  }

  return stage({
    model,
    el,
    names: ["p", "training", "relu", "scaled", "passes", "seed"],
    label: "Dropout network",
    look: "book-dropout-network",
    picture: [element("div", { class: "book-pair" }, net.root, drawing.root)],
    controls: [p.root, training.root, relu.root],
    play: {
      every: 450,
      auto: true,
      step: ({ passes: now }) => (now < MOST_PASSES ? { passes: now + 1 } : null),
      restart: () => ({ passes: 1 }),
    },
    draw,
    says,
    more: [scaled.root, passes.root, seed.root],
    code: (state) => torchCode(state, look(state)),
    task: {
      text: "Move the mean of all 64 more than 1 away from eval.",
      isDone: (state) => Math.abs(meanOfAll(state) - evalOutput(state)) > FAR_OFF,
      praise: "A bend behind the dropout does it, or no division.",
    },
  });
}

export default { render };
