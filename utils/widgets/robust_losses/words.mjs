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

function hubersShare({ residual }, delta) {
  const size = Math.abs(residual);
  const inside = size <= delta;
  const threshold = `δ = ${number(delta, 1)}`;
  return inside
    ? `Huber's loss counts it as an ordinary point: its residual is within ${threshold}`
    : `Huber's loss counts it as an outlier: its pull is cut off at ${threshold}`;
}

/** How hard each loss pulls on the outlier, and what is special about this setting. */
export function sentence({ fits, isOnly }, delta) {
  const [l2, l1, huber] = fits;
  const pull = ({ pull: value }) => number(Math.abs(value));
  const parts = [
    `The outlier pulls with ${pull(l2)} at the L2 line, ${pull(l1)} at the L1 line ` +
      `and ${pull(huber)} at the Huber line.`,
    `${hubersShare(huber, delta)}.`,
  ];
  const tie = "Several lines are equally good under L1; the middle one is drawn.";
  const kink =
    "The L1 line runs right through the outlier: there its loss has the kink, and torch calls the derivative 0.";
  if (!isOnly) parts.push(tie);
  else if (l1.residual === 0) parts.push(kink);
  return parts.join(" ");
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
