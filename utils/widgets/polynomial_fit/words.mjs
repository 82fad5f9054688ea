// The polynomial-fit demo in words, and in torch.

import { bestDegree } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

/** One sentence on the degree that is shown. */
export function sentence(found, degree, count) {
  const [old, fresh] = [found.training[degree], found.validation[degree]];
  const best = bestDegree(found);
  const errors = `Error ${number(old)} on training, ${number(fresh)} on new points`;
  if (degree === best) return `${errors}: no degree does better on new ones.`;
  if (degree >= count) {
    return `${errors}. Many curves meet all training points; this one has the shortest weights.`;
  }
  if (degree < best) return `${errors}. Too stiff: underfitting.`;
  return `${errors}. It follows the noise: overfitting.`;
}

const list = (values) => `[${values.map((value) => Number(value.toFixed(2))).join(", ")}]`;

/** Lines of torch that fit the same polynomial. */
export function torchCode(points, degree, found) {
  return [
    `x = torch.tensor(${list(points.map(([x]) => x))}, dtype=torch.float64)`,
    `y = torch.tensor(${list(points.map(([, y]) => y))}, dtype=torch.float64)`,
    `A = torch.special.legendre_polynomial_p(x[:, None], torch.arange(${degree + 1}))`,
    'w = torch.linalg.lstsq(A, y[:, None], driver="gelsd").solution[:, 0]',
    `(A @ w - y).square().mean().sqrt()  # ${found.training[degree].toFixed(3)}`,
  ].join("\n");
}
