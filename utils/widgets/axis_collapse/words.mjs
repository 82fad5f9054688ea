// What the demo says of a collapse, and its lines of torch.

import { LOAVES, SHAPE, countOf, lineOf, resultOf, shapeOf, targetOf } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

export const AXES = ["days", "shops", "breads"];

/** A result as it is written: means have two decimals. */
export function written(value, reduction) {
  if (value === null) return "·";
  return reduction === "mean" ? number(value) : String(value);
}

/** A shape as Python writes it. */
export const tuple = (shape) => `(${shape.join(", ")})`;

const WIDTHS = { sum: 2, mean: 4, amax: 1 }; // characters of the longest result

/** A result as wide as the longest one, so that columns stand under each other. */
export const padded = (value, reduction) => written(value, reduction).padStart(WIDTHS[reduction], "\u00a0");

/** The call as Python writes it. */
export function call({ dim, reduction, keepdim }) {
  return `x.${reduction}(dim=${dim}${keepdim ? ", keepdim=True" : ""})`;
}

function joined(numbers, reduction) {
  if (reduction === "amax") return `the largest of ${numbers.join(", ")} is`;
  const terms = numbers.join(" + ");
  return reduction === "sum" ? `${terms} =` : `(${terms}) / ${numbers.length} =`;
}

/** One sentence on the line that is lit, one on the axis. */
export function sentence(state) {
  const { dim, reduction, keepdim } = state;
  const [count, size] = [countOf(state), SHAPE[dim]];
  if (!count) return `The block has the shape ${tuple(SHAPE)}. Press Play: its ${size} ${AXES[dim]} flow together.`;
  const value = written(resultOf(state, count)[state.place], reduction);
  const at = `[${targetOf(state, state.place).inResult.join(", ")}]`;
  const line = `at ${at}, ${joined(lineOf(dim, state.place).slice(0, count), reduction)} ${value}.`;
  if (count < size) return `${count} of the ${size} ${AXES[dim]} ${count > 1 ? "have" : "has"} flowed in: ${line}`;
  return `Axis ${dim} ${keepdim ? "is left with size 1" : "has vanished"}; ${line}`;
}

/** The picture in words. */
export function described(state) {
  return `A block of 2 days, 3 shops and 4 breads. ${countOf(state)} of the ${SHAPE[state.dim]} ${AXES[state.dim]} have flowed together; the result has the shape ${tuple(shapeOf(state))}.`;
}

/** The lines of torch that give the same numbers. */
export function torchCode(state) {
  const days = LOAVES.map((day) => `[${day.map((shop) => `[${shop.join(", ")}]`).join(", ")}]`);
  const count = countOf(state);
  const all = count === SHAPE[state.dim];
  const lines = [`x = torch.tensor([${days.join(",\n                  ")}]).float()`];
  if (count && !all) lines.push(`x = x.narrow(${state.dim}, 0, ${count})  # the first ${count} of axis ${state.dim}`);
  if (count) lines.push(`${call(state)}  # shape ${tuple(shapeOf(state))}`);
  else lines.push(`x.shape  # nothing has flowed in yet`);
  return lines.join("\n");
}
