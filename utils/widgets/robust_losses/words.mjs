// What the demo of robust losses says: numbers, sentences and torch code, all pure text.

import { number } from "../kit/numbers.mjs";

const SAME = 0.005; // a smaller number is shown as zero

/** One row a line: [look, name, value, meaning]. */
export function facts({ fits }) {
  return fits.map(({ name, line, residual, pull }) => [
    name.toLowerCase(),
    `${name} line`,
    `${number(line[0])} x ${line[1] < -SAME ? "\u2212" : "+"} ${number(Math.abs(line[1]))}`,
    `outlier: residual ${number(residual)}, pull ${number(Math.abs(pull))}`,
  ]);
}

/** How hard the outlier pulls at each line, or what is special about this setting. */
export function sentence({ fits, isOnly }, delta) {
  const [, l1, huber] = fits;
  if (!isOnly) return "Several lines are equally good under L1; the middle one is drawn.";
  if (l1.residual === 0) return "The L1 line runs right through the outlier: torch calls the pull in the kink 0.";
  return Math.abs(huber.residual) <= delta
    ? "L2 pulls with the whole distance, and so does Huber within δ; L1 pulls with 1, near or far."
    : "L2 pulls with the whole distance; L1 pulls with 1, near or far, and Huber beyond δ with δ.";
}

const plain = (value) => number(value, 3).replace("\u2212", "-");

function tensor(values) {
  const texts = values.map((value) => String(Number(value.toPrecision(12))));
  const entries = texts.map((text) => (/^-?\d+$/.test(text) ? `${text}.0` : text));
  return `torch.tensor([${entries.join(", ")}], dtype=torch.float64)`;
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode(points, { fits }, delta) {
  const [l2, l1, huber] = fits;
  const [xs, ys] = [0, 1].map((side) => tensor(points.map((point) => point[side])));
  const python = `delta=${Number(delta.toPrecision(12))}`;
  return [
    `x = ${xs}`,
    `y = ${ys}`,
    "A = torch.stack([x, torch.ones_like(x)], dim=1)",
    `torch.linalg.lstsq(A, y[:, None]).solution.T  # ${l2.line.map(plain).join(", ")}`,
    `l1 = A @ ${tensor(l1.line)}`,
    `huber = A @ ${tensor(huber.line)}`,
    `F.l1_loss(l1, y)  # ${plain(l1.mean)}, no line has less`,
    `F.huber_loss(huber, y, ${python})  # ${plain(huber.mean)}, no line has less`,
    `torch.func.grad(F.huber_loss)(huber[-1], y[-1], ${python})  # ${plain(huber.pull)}, the outlier's pull`,
  ].join("\n");
}
