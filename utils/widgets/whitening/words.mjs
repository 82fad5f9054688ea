// What the whitening demo says, and the same lines in torch.

import { WAYS, change, condition, hessian, kept, start, stepsTo } from "./math.mjs";

/** A condition number with as many digits as it takes. */
export function short(kappa) {
  return kappa < 9.95 ? String(Number(kappa.toFixed(1))) : String(Math.round(kappa));
}

/** { way, kappa, steps } of each way to write the columns. */
export function scores({ scale, correlation }) {
  return WAYS.map((way) => {
    const kappa = condition(hessian(change(way, scale, correlation), scale, correlation));
    return { way, kappa, steps: stepsTo(kappa) };
  });
}

export const stepWords = (steps) => `${steps} step${steps === 1 ? "" : "s"}`;

/** What is seen now. */
export function sentence(state) {
  const { kappa, steps } = scores(state).find(({ way }) => way === state.columns);
  if (state.columns === "white") return "White: equal spreads and no correlation make the bowl round. One step arrives.";
  const share = `a step keeps ${Number((100 * kept(kappa)).toPrecision(3))} % of the distance`;
  if (steps === 1) return "The bowl is round, and one step arrives.";
  if (state.columns === "measured") return `As measured: κ = ${short(kappa)} times as curved where the cloud is wide, and ${share}.`;
  return `Standardised: the correlation leaves κ = ${short(kappa)}, and ${share}.`;
}

const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toPrecision(12))));

/** Lines of torch that give the same numbers. */
export function torchCode(state) {
  const { scale, correlation, columns } = state;
  const { kappa, steps } = scores(state).find(({ way }) => way === columns);
  const from = start(change(columns, scale, correlation), scale);
  const made = {
    measured: ["A = torch.eye(2, dtype=torch.float64)"],
    standardised: ["A = torch.diag(1 / C.diagonal().sqrt())"],
    white: [
      "D = torch.diag(1 / C.diagonal().sqrt())",
      "values, axes = torch.linalg.eigh(D @ C @ D)",
      "A = D @ axes / values.sqrt() @ axes.T",
    ],
  }[columns];
  return [
    `s, r = ${decimal(scale)}, ${decimal(correlation)}`,
    "C = torch.tensor([[s * s, r * s], [r * s, 1.0]], dtype=torch.float64)",
    ...made,
    "H = A.T @ C @ A  # the covariance of the columns X @ A",
    `print(torch.linalg.cond(H).item())  # ${Number(kappa.toPrecision(4))}`,
    "lr = 2 / torch.linalg.eigvalsh(H).sum()",
    `start = w = torch.tensor([${from.map((value) => decimal(Number(value.toPrecision(12)))).join(", ")}], dtype=torch.float64)`,
    "steps = 0",
    "while w.norm() > 0.01 * start.norm():",
    "    w, steps = w - lr * H @ w, steps + 1",
    `print(steps)  # ${steps}`,
  ].join("\n");
}
