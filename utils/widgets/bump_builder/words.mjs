// What the bump builder says, and the lines of torch that give the same numbers.

import { number } from "../kit/numbers.mjs";

const SOFT = 6; // a bump narrower than so many steps of 1 / steepness has no flat top
const MANY = 10; // bumps from which on the error falls evenly

/** What is worth a remark on weights set by hand. */
function remark({ target, bumps, steepness }) {
  if (target === "jump") return "At the jump, more bumps do not help.";
  if (steepness / bumps < SOFT) return "The bumps melt into each other; steeper ones keep their shape.";
  return bumps >= MANY && steepness / (2 * bumps) >= SOFT ? "Twice as many make it about half as large." : "";
}

/** The largest error, in a sentence or two; `ofHand` is that of weights set by hand. */
export function sentence(state, { error, worst, ofHand, steps }) {
  const { bumps } = state;
  const units = `${2 * bumps} hidden units`;
  if (state.weights === "by hand") {
    const name = bumps === 1 ? "1 bump" : `${bumps} bumps`;
    return `${name} from ${units}: the largest error is ${number(error)}, at x = ${number(worst)}. ${remark(state)}`.trim();
  }
  const after = steps === 1 ? "1 step" : `${steps} steps`;
  return `${units} after ${after} from random weights: the largest error is ${number(error)}, at x = ${number(worst)}. By hand it is ${number(ofHand)}.`;
}

/** What the picture shows, for a reader who cannot see it. */
export function pictureWords({ target, weights, bumps }, { error, worst }) {
  const output = weights === "by hand" ? `${bumps} bars and the sum of their bumps` : "the output of the trained network";
  return `The curve ${target} and ${output}, farthest from it at x ${number(worst)}, by ${number(error)}`;
}

/** The same network in torch, with its largest error behind it. */
export function torchCode(state, { error, steps }) {
  const { target, weights, bumps, steepness, lr, seed } = state;
  const name = `TARGETS["${target}"]`;
  const measure = [
    "x = places(PLACES)",
    `(net(x[:, None])[:, 0] - ${name}(x)).abs().max()  # ${number(error, 4)}`,
  ];
  if (weights === "by hand") {
    return [
      "from torch import nn",
      "from utils.widgets.bump_builder.network import PLACES, TARGETS, places",
      `h, s = ${bumps}, ${steepness}`,
      "k = torch.arange(h).double()",
      `heights = ${name}((k + 0.5) / h)`,
      "edges = torch.stack([k, k + 1], dim=1).flatten() / h",
      "edges[0], edges[-1] = -1, 2  # out of sight",
      "net = nn.Sequential(nn.Linear(1, 2 * h), nn.Sigmoid(), nn.Linear(2 * h, 1))",
      "net.double().requires_grad_(False)",
      "net[0].weight.fill_(s)",
      "net[0].bias.copy_(-s * edges)",
      "net[2].weight.copy_(torch.stack([heights, -heights], dim=1).flatten())",
      "net[2].bias.zero_()",
      ...measure,
    ].join("\n");
  }
  return [
    "from torch import nn",
    "from utils.widgets.bump_builder.network import PLACES, SAMPLES, TARGETS, places",
    "from utils.widgets.kit.network import fill",
    `net = nn.Sequential(nn.Linear(1, ${2 * bumps}), nn.Sigmoid(), nn.Linear(${2 * bumps}, 1))`,
    `fill(net.double(), seed=${seed})  # the demo's first weights`,
    "X = places(SAMPLES)[:, None]",
    `optimizer = torch.optim.Adam(net.parameters(), lr=${lr})`,
    `for _ in range(${steps}):`,
    "    optimizer.zero_grad()",
    `    F.mse_loss(net(X), ${name}(X)).backward()`,
    "    optimizer.step()",
    ...measure,
  ].join("\n");
}
