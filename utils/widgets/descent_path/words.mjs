// What the gradient-descent demo says: numbers and sentences, all pure text.

import { SLOW, boundsOf } from "./math.mjs";

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

/** A share with two significant digits in percent; what is very small or very large is bounded. */
export function percent(share) {
  const value = 100 * share;
  if (value > 0 && value < 0.01) return "< 0.01 %";
  return value > 1000 ? "> 1000 %" : `${Number(value.toPrecision(2))} %`;
}

/** A place with two decimals a coordinate, for a reader who cannot see it. */
export function placeWords(place, surface) {
  const fixed = (value) => (Math.round(value * 100) / 100).toFixed(2).replace("-", "\u2212");
  return place.map((value, side) => `${NAMES[surface][side]} = ${fixed(value)}`).join(", ");
}

export const countWords = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

function ending(found) {
  const step = found.path.length - 1;
  if (found.hasLeft) return `Step ${step} leaves the picture.`;
  return `After ${countWords(step, "step")} it is still in the picture.`;
}

function keptAcross({ curvatures, kept }) {
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
  const start = `Noisy: each step sees ${countWords(state.batch_size, "example")} of 64.`;
  if (hasLeft) return `${start} ${ending(found)}`;
  const late = excess.slice(Math.ceil(excess.length / 2));
  if (!late.length) return start;
  const mean = late.reduce((sum, value) => sum + value, 0) / late.length;
  return `${start} In the last half of the steps the loss is ${short(mean)} above its minimum on average.`;
}

/** What the learning rate does, compared with the rates where it begins to overshoot and to diverge. */
export function sentence(found, state) {
  const { regime, curvatures, kept, hasLeft } = found;
  const lr = short(state.lr);
  if (regime === "at rest") return "At rest: in the minimum the gradient is zero, and no step moves.";
  if (regime === "noisy") return noisy(found, state);
  const [lower, upper] = boundsOf(curvatures.at(-1), state.momentum).map(short);
  const worst = Math.max(...kept);
  const slowly = worst > SLOW && worst < 1 ? ` Slow all the same: ${tenth(worst)}.` : "";
  const end = hasLeft ? ` ${ending(found)}` : "";
  const said = {
    slow: () => `Slow: ${lr} is below ${lower}. A step ${keptAcross(found)}; ${tenth(worst)}.${end}`,
    fast: () => `Fast: ${lr} is below ${lower}. A step ${keptAcross(found)}.${end}`,
    "one step": () => `One step: with ${lr} the first step ends in the minimum.`,
    bouncing: () =>
      `Bouncing: ${lr} is between ${lower} and ${upper}. A step overshoots and ${keptAcross(found)}.${end || slowly}`,
    "on the bound": () => `On the bound: ${lr} equals ${upper}. The path jumps across the minimum and comes no nearer.${end}`,
    diverging() {
      const axis = curvatures.length > 1 ? " across the valley" : "";
      return `Diverging: ${lr} is above ${upper}. A step multiplies the distance${axis} by ${short(kept.at(-1))}. ${ending(found)}`;
    },
  }[regime]();
  return said;
}

/** The numbers under "More": [look, name, value, meaning]. */
export function facts(found, { momentum }) {
  const { curvatures, losses, path } = found;
  const steps = path.length - 1;
  const start = `from ${short(losses[0])} at the start`;
  const last = ["", `Loss after ${countWords(steps, "step")}`, short(losses.at(-1)), start];
  const [one, two] = curvatures.length ? boundsOf(curvatures.at(-1), momentum).map(short) : ["–", "–"];
  const [least, a] = [curvatures[0], curvatures.at(-1)].map((value) => short(value ?? 0));
  const slopes = least === a ? `the curvature is a = ${a}` : `curvatures from ${least} to a = ${a}`;
  return [
    ["one", "It overshoots from", one, curvatures.length ? slopes : "no slope, no bound"],
    ["two", "It diverges from", two, momentum ? "2 (1 + momentum) / a" : "2/a"],
    last,
  ];
}
