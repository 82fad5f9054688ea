// What the demo says.

const many = (count) => `${count} ${count === 1 ? "activation is" : "activations are"} held`;

/** One sentence on a moment. */
export function sentence({ kind, layer, held }, layers) {
  if (kind === "start") return "The input waits at the left, and is held.";
  if (kind === "forward") return `Forward: layer ${layer} has run; ${many(held.length)}.`;
  if (kind === "again") return `Layer ${layer} runs again; ${many(held.length)}.`;
  if (!held.length) return `Done: ${layers} layers ran forward twice, and backward once.`;
  return `Backward: layer ${layer} is done; ${many(held.length)}.`;
}

/** The same in torch. */
export function torchCode(layers, length) {
  const call = [
    "y = x",
    `for start in range(0, ${layers}, ${length}):`,
    `    part = net[start : start + ${length}]`,
    "    y = checkpoint(part, y, use_reentrant=False)",
  ];
  return [
    "import torch",
    "from torch import nn",
    "from torch.utils.checkpoint import checkpoint",
    "",
    `layers = [nn.Sequential(nn.Linear(4, 4), nn.Tanh()) for _ in range(${layers})]`,
    "net, x = nn.Sequential(*layers), torch.ones(8, 4)",
    ...call,
    "y.sum().backward()",
  ].join("\n");
}
