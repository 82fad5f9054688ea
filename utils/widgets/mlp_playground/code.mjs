// The lines of torch that train the same network.

const MODULES = { relu: "nn.ReLU()", tanh: "nn.Tanh()", sigmoid: "nn.Sigmoid()" };

/** The same training in torch, with its loss behind it. */
export function torchCode({ preset, width, depth, activation, lr, seed }, { steps, loss }) {
  const sizes = [2, ...Array(depth).fill(width)];
  const hidden = Array.from({ length: depth }, (_, layer) =>
    [`nn.Linear(${sizes[layer]}, ${width})`, MODULES[activation]].filter(Boolean).join(", "),
  );
  return [
    "from torch import nn",
    "from utils.widgets.kit.network import fill",
    "from utils.widgets.mlp_playground.data import points_of",
    `X, y = points_of("${preset}")`,
    "net = nn.Sequential(",
    ...[...hidden, `nn.Linear(${width}, 1)`].map((line) => `    ${line},`),
    ").double()",
    `fill(net, seed=${seed})  # the demo's first weights`,
    `optimizer = torch.optim.Adam(net.parameters(), lr=${lr})`,
    "def loss():",
    "    return F.binary_cross_entropy_with_logits(net(X).squeeze(1), y.double())",
    `for _ in range(${steps}):`,
    "    optimizer.zero_grad()",
    "    loss().backward()",
    "    optimizer.step()",
    `print(loss().item())  # ${loss.toPrecision(4)}`,
  ].join("\n");
}
