// What the demo of the module tree says, and its lines of torch.

import { childrenOf, frozenPart, moduleAt, parametersOf, trainedCount } from "./math.mjs";

const LINES = {
  "batch norm and dropout": [
    "net = nn.Sequential(OrderedDict(",
    "    features=nn.Sequential(",
    "        nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.5)",
    "    ),",
    "    head=nn.Linear(6, 3),",
    "))",
  ],
  "a shared layer": [
    "shared = nn.Linear(4, 4)",
    "net = nn.Sequential(OrderedDict(",
    "    first=shared, relu=nn.ReLU(), second=shared,",
    "    head=nn.Linear(4, 2, bias=False),",
    "))",
  ],
};

/** A shape as torch writes it. */
export function shapeWords(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** What a module is called in the picture. */
export function title(path) {
  return path === "" ? "net" : path;
}

/** A module as one would make it: Linear(4, 6). */
export function made({ kind, settings }) {
  return `${kind}(${settings})`;
}

/** What a module that has two modes does now, in two or three words. */
export function modeWords(module, training) {
  if (module.kind === "Dropout") return training ? "drops half" : "passes all";
  return training ? "this batch" : "running mean";
}

function work(net, module, training) {
  if (childrenOf(net, module.path).length) return "It calls its parts in order; its own hook runs after theirs.";
  if (module.kind === "Linear") return "It multiplies by its weight, in training and in evaluation.";
  if (module.kind === "ReLU") return "It cuts off below zero, and holds nothing to save.";
  if (module.kind === "Dropout") {
    return training ? "It zeroes about half of the numbers and doubles the rest." : "It passes all numbers on as they are.";
  }
  return training
    ? "It scales by mean and spread of this batch, and its buffers move with each call."
    : "It scales by the mean and spread in its buffers, which now stand still.";
}

/** What is seen of the chosen module. */
export function sentence(net, { selected, training, frozen }) {
  const module = moduleAt(net, selected);
  const part = frozenPart(net, selected, frozen);
  const isBatchNorm = module.kind === "BatchNorm1d";
  const other = module.twins.find((path) => path !== selected);
  const parts = [`${title(selected)}: ${work(net, module, training)}`];
  if (other) parts.push(`It is the same object as ${other}: two names, one set of numbers.`);
  if (part === "all" && isBatchNorm && training) parts.push("Frozen weights do not stop that.");
  else if (part === "all" && !other) parts.push("Its parameters are frozen: no gradient is kept for them.");
  return parts.join(" ");
}

/** The lines of torch that show the same module. */
export function torchCode(net, { network, selected, training, frozen }) {
  const module = moduleAt(net, selected);
  const freeze = frozen.map((name) => `net.get_parameter("${name}").requires_grad_(False)`);
  const parameters = parametersOf(net, selected);
  return [
    "from collections import OrderedDict",
    "import torch",
    "from torch import nn",
    "",
    ...LINES[network],
    training ? "net.train()" : "net.eval()",
    ...freeze,
    `part = net.get_submodule("${selected}")`,
    "shapes = []",
    "with part.register_forward_hook(",
    "    lambda module, inputs, output: shapes.append(tuple(output.shape))",
    "):",
    "    net(torch.randn(8, 4))",
    `shapes[-1]  # ${shapeWords(module.shape)}`,
    `len(list(part.parameters()))  # ${parameters.length}`,
    `len(part.state_dict())  # ${module.saved.length}`,
    "trained = sum(p.numel() for p in net.parameters() if p.requires_grad)",
    `trained  # ${trainedCount(net, frozen)[0]}`,
  ].join("\n");
}
