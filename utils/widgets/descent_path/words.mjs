// What the gradient-descent demo says: numbers, sentences and torch code, all pure text.

import { SLOW, descend } from "./math.mjs";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const NAMES = { parabola: ["w"], bowl: ["w₁", "w₂"], data: ["w₁", "w₂"] };

/** An integer exponent as superscript digits. */
export function superscript(value) {
  const digits = String(Math.abs(value)).replace(/\d/g, (digit) => SUPERSCRIPTS[digit]);
  return value < 0 ? `⁻${digits}` : digits;
}

/** A number with three significant digits, and a power of ten where that is shorter. */
export function short(value) {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 0.001 && size < 10000);
  if (isPlain) return String(Number(value.toPrecision(3))).replace("-", "\u2212");
  const [factor, power] = value.toExponential(1).split("e");
  return `${factor.replace("-", "\u2212")}·10${superscript(Number(power))}`;
}

/** A place with two decimals a coordinate, for a reader who cannot see it. */
export function placeWords(place, surface) {
  const fixed = (value) => (Math.round(value * 100) / 100).toFixed(2).replace("-", "\u2212");
  return place.map((value, side) => `${NAMES[surface][side]} = ${fixed(value)}`).join(", ");
}

export const countWords = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

const bounds = ({ curvatures }) => [1, 2].map((factor) => factor / curvatures.at(-1));

function ending(found) {
  const step = found.path.length - 1;
  if (found.hasLeft) return `Step ${step} leaves the picture; the drawing stops at its edge.`;
  return `After ${countWords(step, "step")} it is still in the picture.`;
}

function keptAcross({ curvatures }, lr) {
  const kept = curvatures.map((value) => Math.abs(1 - lr * value));
  if (kept.length === 1 || curvatures[1] - curvatures[0] < 1e-9) {
    return `keeps ${short(kept[0])} of the distance`;
  }
  return `keeps ${short(kept[1])} of the distance across the valley and ${short(kept[0])} along it`;
}

function tenth(factor) {
  const steps = Math.ceil(Math.log(0.1) / Math.log(factor) - 1e-9);
  return `a tenth is reached in ${countWords(steps, "step")}`;
}

function noisy(found, state) {
  const { excess, hasLeft } = found;
  const start =
    `Noisy: each step sees ${countWords(state.batch_size, "example")} of 64, ` +
    `so it follows an estimate of the gradient.`;
  if (hasLeft) return `${start} ${ending(found)}`;
  const late = excess.slice(Math.ceil(excess.length / 2));
  if (!late.length) return start;
  const mean = late.reduce((sum, value) => sum + value, 0) / late.length;
  return `${start} In the last half of the steps the loss is ${short(mean)} above its minimum on average.`;
}

/** What the learning rate does, compared with the bounds 1/a and 2/a. */
export function sentence(found, state) {
  const { regime, curvatures } = found;
  const lr = short(state.lr);
  if (regime === "at rest") return "At rest: in the minimum the gradient is zero, and no step moves.";
  if (regime === "noisy") return noisy(found, state);
  const [one, two] = bounds(found).map(short);
  const kept = keptAcross(found, state.lr);
  const worst = Math.max(...curvatures.map((value) => Math.abs(1 - state.lr * value)));
  return {
    slow: () => `Slow: ${lr} is below 1/a = ${one}. A step ${kept}; ${tenth(worst)}.`,
    fast: () => `Fast: ${lr} is below 1/a = ${one}. A step ${kept}.`,
    "one step": () => `One step: ${lr} equals 1/a, and the first step ends in the minimum.`,
    bouncing() {
      const slowly = worst > SLOW ? ` Slow all the same: ${tenth(worst)}.` : "";
      return `Bouncing: ${lr} is between 1/a = ${one} and 2/a = ${two}. A step overshoots and ${kept}.${slowly}`;
    },
    "on the bound": () =>
      `On the bound: ${lr} equals 2/a. A step crosses the minimum and ends as far away on the other side.`,
    diverging() {
      const factor = short(state.lr * curvatures.at(-1) - 1);
      const axis = curvatures.length > 1 ? " across the valley" : "";
      return `Diverging: ${lr} is above the bound 2/a = ${two}. A step multiplies the distance${axis} by ${factor}. ${ending(found)}`;
    },
  }[regime]();
}

/** The numbers beside the picture: [look, name, value, meaning]. */
export function facts(found) {
  const { curvatures, losses, path } = found;
  const steps = path.length - 1;
  const start = `from ${short(losses[0])} at the start`;
  const last = ["path", `Loss after ${countWords(steps, "step")}`, short(losses.at(-1)), start];
  if (!curvatures.length) {
    const none = "no slope, no bound";
    return [["", "1/a", "–", none], ["", "2/a", "–", none], last];
  }
  const [one, two] = bounds(found).map(short);
  const [least, a] = [curvatures[0], curvatures.at(-1)].map(short);
  const meaning = least === a ? `the curvature is a = ${a}` : `curvatures from ${least} to a = ${a}`;
  return [
    ["one", "1/a", one, meaning],
    ["two", "2/a", two, "above it the path diverges"],
    last,
  ];
}

const float = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toPrecision(7))));
const list = (values) => `[${values.map(float).join(", ")}]`;

/** The same descent in torch, with its results behind it. */
export function torchCode(state, data) {
  const { surface, curvature, lr, seed } = state;
  const { path, losses } = descend(state, data);
  const steps = path.length - 1;
  const isData = surface === "data";
  const curvatures = surface === "bowl" ? [1, curvature] : [curvature];
  const size = state.batch_size === "full" ? 64 : state.batch_size;
  const last = path.at(-1).map((value) => value.toPrecision(4)).join(", ");
  const lines = isData
    ? [
        "from utils.widgets.descent_path import minibatch_indices, regression_data",
        "X, y = regression_data()  # 64 patients, float64",
        `batches = minibatch_indices(64, ${size}, steps=${steps}, seed=${seed})`,
      ]
    : [`a = torch.tensor(${list(curvatures)}, dtype=torch.float64)`];
  return [
    ...lines,
    `w = torch.tensor(${list(path[0])}, dtype=torch.float64, requires_grad=True)`,
    `optimizer = torch.optim.SGD([w], lr=${Number(lr.toPrecision(7))})`,
    isData ? "for i in batches:" : `for _ in range(${steps}):`,
    "    optimizer.zero_grad()",
    isData ? "    loss = ((X[i] @ w - y[i]) ** 2).mean() / 2" : "    loss = (a / 2 * w**2).sum()",
    "    loss.backward()",
    "    optimizer.step()",
    `print(w.tolist())  # ${last}`,
    `# the loss there: ${losses.at(-1).toPrecision(4)}`,
  ].join("\n");
}
