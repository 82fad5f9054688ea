// What the gradient cloud says, and the same lines in torch.

import { number } from "../kit/numbers.mjs";

const short = (value) => number(value, value < 1 ? 2 : 1);

/** What is seen now, in one or two sentences. */
export function sentence({ batch_size: b, put_back: putBack }, { length, noise }) {
  const slope = `The full gradient is ${short(length)} long.`;
  if (b === 64 && !putBack) return `${slope} A batch of 64 is all patients: there is one such batch, and no noise.`;
  const one = b === 1 ? "A batch of one patient" : `A batch of ${b}`;
  const than = noise > length ? "further than that" : "less than that";
  return `${slope} ${one} is typically off by ${short(noise)}, ${than}.`;
}

/** Lines of torch that give the full gradient and the covariance of a batch's. */
export function torchCode({ point, batch_size: b, put_back: putBack }, { full, covariance }) {
  const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toFixed(6))));
  const plain = (value) => number(value, 3).replace("−", "-");
  const [p, q, r] = covariance.map(plain);
  return [
    "from torch.func import grad, vmap",
    "from utils.widgets.kit.patients import regression_data",
    "X, y = regression_data()  # 64 patients, float64",
    `w = torch.tensor([${point.map(decimal).join(", ")}], dtype=torch.float64)`,
    "def loss(w, x, y):",
    "    return (x @ w - y) ** 2 / 2",
    "rows = vmap(grad(loss), in_dims=(None, 0, 0))(w, X, y)",
    `full = rows.mean(0)  # ${full.map(plain).join(", ")}`,
    `C = torch.cov(rows.T, correction=0) / ${b}${putBack ? "" : ` * (64 - ${b}) / 63`}`,
    `C  # [[${p}, ${q}], [${q}, ${r}]]`,
  ].join("\n");
}
