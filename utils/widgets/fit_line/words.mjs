// What the fit-a-line demo says: numbers, sentences and torch code, all pure text.

import { number } from "../kit/numbers.mjs";
import { area, bowl, excess, gradient, loss } from "./math.mjs";
import { BOUND } from "./scene.mjs";

const SAME = 5e-5; // losses closer than this are one loss

const lineWords = ([slope, intercept]) =>
  `slope ${number(slope)}, intercept ${number(intercept)}`;

/** The numbers of one setting: [look, name, value, meaning]. */
export function facts(points, line) {
  const found = bowl(points);
  const [bySlope, byIntercept] = gradient(points, line);
  const nearest = found.isValley ? "nearest to zero" : "at";
  const squares = points.length === 1 ? "the one square" : `all ${points.length} squares`;
  return [
    ["square", "Area", number(area(points, line)), `${squares} together`],
    ["here", "Training loss", number(loss(points, line), 3), "the area divided by 2n"],
    ["best", "Smallest loss", number(found.smallest, 3), `${nearest} ${lineWords(found.best)}`],
    ["", "Gradient", `${number(bySlope)}, ${number(byIntercept)}`, "by slope and by intercept"],
    found.isValley
      ? ["", "Condition number", "none", "the columns x and 1 are dependent"]
      : ["", "Condition number", number(found.condition, 1), "of the columns x and 1"],
  ];
}

function valleySentence(found, above) {
  const [x, y] = [found.shared, found.best[0] * found.shared + found.best[1]];
  const start = `All points share x = ${number(x)}: every line through (${number(x)}, ${number(y)}) is best`;
  return above < SAME ? `${start}, yours too.` : `${start}.`;
}

/** An area in as few digits as tell it apart from another one. */
function toldApart(one, other) {
  const digits = [1, 2, 3].find((count) => number(one, count) !== number(other, count)) ?? 4;
  return number(one, digits);
}

/** How good the line is, and whether there is a best one. */
export function sentence(points, line) {
  const found = bowl(points);
  const above = excess(found, line);
  if (found.isValley) return valleySentence(found, above);
  if (found.best.some((value) => Math.abs(value) > BOUND)) {
    return `The best line lies beyond the picture, at ${lineWords(found.best)}.`;
  }
  const covered = area(points, line);
  if (above >= SAME) {
    const least = covered - 2 * points.length * above;
    return `Your squares cover ${toldApart(covered, least)}; the best line leaves ${toldApart(least, covered)}.`;
  }
  return covered < SAME
    ? "Your line meets every point: no square is left."
    : `Your squares cover ${number(covered, 1)}, and no line leaves less.`;
}

const python = (value) => number(value, 3).replace("\u2212", "-");

function tensor(values, digits) {
  const texts = values.map((value) => String(Number(value.toPrecision(digits))));
  const entries = texts.map((text) => (Number.isInteger(Number(text)) ? `${text}.0` : text));
  return `torch.tensor([${entries.join(", ")}], dtype=torch.float64)`;
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode(points, line) {
  const found = bowl(points);
  const [xs, ys] = [0, 1].map((side) => tensor(points.map((point) => point[side]), 12));
  const best = found.best.map(python).join(", ");
  const solved = found.isValley
    ? `torch.linalg.pinv(A) @ y  # ${best}: of all minima the nearest to zero`
    : `torch.linalg.lstsq(A, y[:, None]).solution.T  # ${best}`;
  return [
    `x = ${xs}`,
    `y = ${ys}`,
    "A = torch.stack([x, torch.ones_like(x)], dim=1)",
    `w = ${tensor(line, 7)}`,
    `F.mse_loss(A @ w, y) / 2  # ${python(loss(points, line))}`,
    solved,
  ].join("\n");
}
