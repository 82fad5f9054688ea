// The lines of torch that walk the same path.

import { descend } from "./math.mjs";

const float = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toPrecision(7))));
const list = (values) => `[${values.map(float).join(", ")}]`;

/** The same descent in torch, with its results behind it. */
export function torchCode(state, data) {
  const { surface, curvature, lr, momentum, seed } = state;
  const { path, losses } = descend(state, data);
  const steps = path.length - 1;
  const isData = surface === "data";
  const curvatures = surface === "bowl" ? [1, curvature] : [curvature];
  const size = state.batch_size === "full" ? 64 : state.batch_size;
  const last = path.at(-1).map((value) => value.toPrecision(4)).join(", ");
  const settings = [`lr=${Number(lr.toPrecision(7))}`];
  if (momentum) settings.push(`momentum=${Number(momentum.toPrecision(7))}`);
  const lines = isData
    ? [
        "from utils.widgets.descent_path.examples import minibatch_indices",
        "from utils.widgets.kit.patients import regression_data",
        "X, y = regression_data()  # 64 patients, float64",
        `batches = minibatch_indices(64, ${size}, steps=${steps}, seed=${seed})`,
      ]
    : [`a = torch.tensor(${list(curvatures)}, dtype=torch.float64)`];
  return [
    ...lines,
    `w = torch.tensor(${list(path[0])}, dtype=torch.float64, requires_grad=True)`,
    `optimizer = torch.optim.SGD([w], ${settings.join(", ")})`,
    isData ? "for i in batches:" : `for _ in range(${steps}):`,
    "    optimizer.zero_grad()",
    isData ? "    loss = ((X[i] @ w - y[i]) ** 2).mean() / 2" : "    loss = (a / 2 * w**2).sum()",
    "    loss.backward()",
    "    optimizer.step()",
    `print(w.tolist())  # ${last}`,
    `# the loss there: ${losses.at(-1).toPrecision(4)}`,
  ].join("\n");
}
