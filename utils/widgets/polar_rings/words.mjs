// What the demo of polar rings says: numbers, sentences and torch code, all pure text.

import { examples, judged } from "./math.mjs";

export const LETTERS = ["A", "B"];
const ROW = 15; // numbers in a row of the code

/** A number with a proper minus sign; never "−0.00". */
export function number(value, digits = 2) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

/** An angle in whole degrees. */
export function degrees(angle) {
  return `${angle}°`;
}

/** A line in words. */
export function lineWords({ angle, offset }) {
  return `angle ${degrees(angle)}, offset ${number(offset)}`;
}

/** Which coordinates the points have at a blend. */
export function coordinateWords(blend) {
  if (blend === 0) return "The points are at (x, y).";
  if (blend === 1) return "The points are at (r, θ).";
  const percent = number(100 * blend, Number.isInteger(Math.round(1e4 * blend) / 100) ? 0 : 1);
  return `The points are ${percent} % of the way from (x, y) to (r, θ).`;
}

/** The accuracies, as rows of a list of facts. */
export function facts(points, line, best) {
  const found = judged(points, line);
  const share = (right) => `${right} of ${points.length} right`;
  return [
    ["divide", "Your line", number(found.accuracy), `${share(found.right)}; ${lineWords(line)}`],
    ["", "Best line", number(best.accuracy), `${share(best.right)}; ${lineWords(best)}`],
  ];
}

/** What a line can do for these points, and how close the reader's is. */
export function sentence(points, line, best, blend) {
  const { right, count } = judged(points, line);
  const where = coordinateWords(blend);
  if (count === 0 || count === points.length) {
    return `${where} All of them lie on one side of the line: it tells no class from the other.`;
  }
  if (right === points.length) return `${where} Your line divides the classes: a straight line is enough.`;
  const most = best.right === points.length;
  if (right >= best.right) return `${where} None of the lines tried gets more right than yours, and it is not enough.`;
  return most
    ? `${where} A straight line is enough here: turn and shift yours until no point is wrong.`
    : `${where} No line tried gets all points right. The best gets ${best.right - right} more than yours.`;
}

function column(name, values) {
  const lines = [];
  for (let index = 0; index < values.length; index += ROW) {
    lines.push(`    ${values.slice(index, index + ROW).join(", ")},`);
  }
  return [`${name} = torch.tensor([`, ...lines, "]).double() / 200"];
}

const python = (value) => {
  const text = String(Number(value.toFixed(9)));
  return Number.isInteger(Number(text)) ? `${Number(text) || 0}.0` : text;
};

/** The calls that give the same accuracy, with the result behind them. */
export function torchCode(table, { blend, angle, offset }) {
  const { accuracy } = judged(examples(table, blend), { angle, offset });
  return [
    ...column("x", table.map((pair) => pair[0])),
    ...column("y", table.map((pair) => pair[1])),
    `labels = torch.arange(${table.length}) * 2 // ${table.length}`,
    "polar = torch.stack([(x * x + y * y).sqrt(), torch.atan2(y, x)], dim=1)",
    `points = torch.lerp(torch.stack([x, y], dim=1), polar, ${python(blend)})`,
    `angle = torch.tensor(${python(angle)}, dtype=torch.float64).deg2rad()`,
    "heights = points @ torch.stack([angle.cos(), angle.sin()])",
    `right = ((heights > ${python(offset)}) == (labels == 1)).double().mean()`,
    `torch.maximum(right, 1 - right)  # ${accuracy.toFixed(3)}`,
  ].join("\n");
}
