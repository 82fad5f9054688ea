// The lines of torch that train the same patient, mistake included.

/** The same training in torch, with the loss of the last minibatch behind it. */
export function torchCode(name, { seed, epochs }, last) {
  const isSorted = name === "not shuffled";
  const parts = ["nn.Linear(2, 16)", "nn.ReLU()", "nn.Linear(16, 3)", ...(name === "softmax twice" ? ["nn.Softmax(dim=1)"] : [])];
  return [
    "from torch import nn",
    "from utils.widgets.kit.network import fill",
    "from utils.widgets.kit.random import mulberry32, shuffled",
    "from utils.widgets.loss_curve_doctor.cases import MIXED_UP, TRAINING, split",
    "X, y = split(TRAINING)",
    ...(name === "labels mixed up" ? ["y = torch.tensor(MIXED_UP)"] : []),
    `net = nn.Sequential(${parts.join(", ")}).double()`,
    `fill(net, seed=${seed})  # the demo's first weights`,
    `optimizer = torch.optim.SGD(net.parameters(), lr=${name === "rate too high" ? 20 : 0.5})`,
    `generator = mulberry32(${seed + 1000})`,
    `for epoch in range(${epochs}):`,
    `    order = ${isSorted ? "torch.arange(90)" : "torch.tensor(shuffled(90, generator))"}`,
    "    for rows in order.split(10):",
    ...(name === "never cleared" ? [] : ["        optimizer.zero_grad()"]),
    "        loss = F.cross_entropy(net(X[rows]), y[rows])",
    "        loss.backward()",
    "        optimizer.step()",
    `print(loss.item())  # ${last.toPrecision(4)}`,
  ].join("\n");
}
