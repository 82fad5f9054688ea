// What the demo of grid owners says, and its lines of torch.

import { keptCount } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const NUMBERS = ["no", "one", "two", "three", "four"];

/** What is seen now. */
export function sentence(found, objects, side) {
  const kept = keptCount(found);
  const cells = `${side * side} cells, ${NUMBERS[kept]} of them ${kept === 1 ? "owns" : "own"} an object.`;
  const lost = found.flatMap(({ by }, index) => (by === index ? [] : [[index, by]]));
  if (!lost.length) return `${cells} All four centres lie in cells of their own: nothing is lost.`;
  const [[index, by]] = lost;
  const more = lost.length > 1 ? ` So are ${NUMBERS[lost.length - 1]} more.` : "";
  return `${cells} The ${objects[index].digit} is lost: the ${objects[by].digit} has its cell.${more}`;
}

/** An object in words, for a reader who cannot see it. */
export function objectWords({ column, row, by }, { digit }, index, objects) {
  const fate = by === index ? "owned by this cell" : `lost, the cell belongs to the ${objects[by].digit}`;
  return `Digit ${digit}, centre in column ${column}, row ${row}, ${fate}. Arrow keys move it.`;
}

/** What stands in the row of an object. */
export const cellWords = ({ x, y, w, h }) => [x, y, w, h].map((value) => number(value, 2));

/** The lines of torch that find the same owners. */
export function torchCode(centres, objects, found, side, size) {
  const rows = objects.map(({ width, height }, index) => {
    const [x, y] = [centres[2 * index], centres[2 * index + 1]];
    return `    [${[x - width / 2, y - height / 2, x + width / 2, y + height / 2].join(", ")}],`;
  });
  const lost = found.map(({ by }, index) => (by === index ? "False" : "True"));
  return [
    "boxes = torch.tensor([",
    ...rows,
    "], dtype=torch.float64)",
    `S, size = ${side}, ${size}`,
    "centres = (boxes[:, :2] + boxes[:, 2:]) / 2 * S / size",
    "cells = centres.floor().clamp(0, S - 1)",
    "x_and_y = centres - cells",
    "w_and_h = (boxes[:, 2:] - boxes[:, :2]) / size",
    "number = cells[:, 1] * S + cells[:, 0]",
    "lost = (number[:, None] == number).tril(-1).any(1)",
    `lost  # ${lost.join(", ")}`,
  ].join("\n");
}
