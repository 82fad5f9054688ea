// What the demo says, and the lines of torch that compute it.

import { COLUMNS, LEFT, ROWS, TOP, seenBy } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const cells = (count) => (count === 1 ? "1 cell" : `${count} cells`);
const percent = (share) => `${Math.round(100 * share)} %`;

/** What one window gives, or what the shift has done. */
export function sentence({ x, shift, window, stride, pointed, found }) {
  if (pointed) {
    const numbers = seenBy(x, window, stride, pointed);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    return `This window sees ${numbers.length} pixels: the largest is ${Math.max(...numbers)}, the mean ${number(mean, 1)}.`;
  }
  if (shift === 0) return "No shift yet: these are the first outputs. Move the digit.";
  const by = `Shift ${shift}, stride ${stride}`;
  if (shift % stride === 0) {
    return `${by}: both outputs are the first ones, moved by ${cells(shift / stride)}.`;
  }
  const [max, average] = [found.max, found.average].map(({ change }) => percent(change));
  return `${by}: not a whole number of cells. Even after the best move, max differs by ${max} and average by ${average}.`;
}

/** The name of an output, and how far it has been moved to compare. */
export function captionOf(kind, shift, { cells: count, differs }) {
  const name = kind === "max" ? "Max" : "Average";
  if (!shift) return `${name} pooling`;
  return differs.flat().includes(true) ? `${name}: changed` : `${name}: moved by ${count}`;
}

/** Lines that make the picture and both outputs. */
export function torchCode({ ink, shift, window, stride }) {
  const left = LEFT + shift;
  return [
    "digit = torch.tensor([",
    ...ink.map((row) => `    [${row.join(", ")}],`),
    "])",
    `x = torch.zeros(1, 1, ${ROWS}, ${COLUMNS})`,
    `x[0, 0, ${TOP}:${TOP + 8}, ${left}:${left + 8}] = digit`,
    `largest = F.max_pool2d(x, ${window}, stride=${stride})`,
    `mean = F.avg_pool2d(x, ${window}, stride=${stride})`,
    "print(largest.shape, largest.max(), mean.max())",
  ].join("\n");
}
