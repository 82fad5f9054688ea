// What the penalty demo says, and the same lines in torch.

import { loss, solution } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const NAMES = ["w₁", "w₂"];

/** What is seen now, in one or two sentences. */
export function sentence({ minimum, penalty, strength }) {
  const w = solution(minimum, penalty, strength);
  const place = `(${w.map((weight) => number(weight)).join(", ")})`;
  const price = number(loss(w, minimum));
  if (strength === 0) return `λ = 0: weights cost nothing, and the minimum of the loss stays where it is, at ${place}.`;
  const zero = [0, 1].filter((side) => w[side] === 0);
  const told = `λ = ${number(strength, 1)}: the minimum moves to ${place}, where the loss is ${price}.`;
  if (penalty === "L2") return `${told} The disc has no corner that would hold a weight at zero.`;
  if (zero.length === 2) return `${told} Both weights are exactly zero.`;
  if (zero.length === 0) return `${told} It lies on an edge of the diamond: no weight is zero.`;
  return `${told} It sits on a corner of the diamond: ${NAMES[zero[0]]} is exactly zero.`;
}

/** Lines of torch that give the same minimum. */
export function torchCode({ minimum, penalty, strength }) {
  const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toFixed(6))));
  const w = solution(minimum, penalty, strength);
  const told = `# ${w.map((weight) => number(weight, 3).replace("−", "-")).join(", ")}`;
  const given = [
    "H = torch.tensor([[1.0, 0.6], [0.6, 1.0]])",
    `c = torch.tensor([${minimum.map(decimal).join(", ")}])`,
    `strength = ${decimal(strength)}`,
  ];
  if (penalty === "L2") {
    return [...given, `torch.linalg.solve(H + strength * torch.eye(2), H @ c)  ${told}`].join("\n");
  }
  return [
    ...given,
    "w = torch.zeros(2)",
    "for _ in range(50):",
    "    for j in range(2):  # hold the other weight",
    "        alone = H[j] @ (c - w) + H[j, j] * w[j]",
    "        w[j] = F.softshrink(alone, strength) / H[j, j]",
    `w  ${told}`,
  ].join("\n");
}
