// What the demo says.

import { BACKWARD, busyShare, computingAt, FORWARD, span } from "./math.mjs";

const ALONE = FORWARD + BACKWARD;

/** What the pieces are. */
export const PIECES = { data: "Buckets", tensor: "Layers", pipeline: "Micro-batches" };

/** One sentence on a moment of the step. */
export function sentence(blocks, workers, time) {
  const seconds = span(blocks);
  if (time < seconds) {
    const busy = computingAt(blocks, time);
    return `After ${time.toFixed(2)} s: ${busy} of ${workers} ${workers === 1 ? "worker computes" : "workers compute"}.`;
  }
  const share = Math.round(100 * busyShare(blocks, workers));
  const who = workers === 1 ? "One worker takes" : `${workers} workers take`;
  return `${who} ${seconds.toFixed(1)} s: ${(ALONE / seconds).toFixed(1)} times as fast as one, busy ${share} % of the time.`;
}

const NET = ["import torch", "from torch import nn", "", "torch.manual_seed(0)", "x = torch.randn(96, 8)"];

const LINES = {
  data: (workers) => [
    "net = nn.Linear(8, 1)",
    `for part in x.tensor_split(${workers}):  # a worker each`,
    "    share = len(part) / len(x)",
    "    (share * net(part).square().mean()).backward()",
  ],
  tensor: (workers) => [
    "V, W = torch.randn(1, 96), torch.randn(96, 8)",
    `rows, columns = W.tensor_split(${workers}), V.tensor_split(${workers}, 1)`,
    "pairs = zip(columns, rows, strict=True)",
    "y = sum((x @ w.T).tanh() @ v.T for v, w in pairs)",
  ],
  pipeline: (workers, pieces) => [
    `stages = [nn.Linear(8, 8) for _ in range(${workers})]`,
    "net = nn.Sequential(*stages)",
    `for part in x.tensor_split(${pieces}):  # a micro-batch each`,
    "    share = len(part) / len(x)",
    "    (share * net(part).square().mean()).backward()",
  ],
};

/** The same cut in torch, on one worker. */
export function torchCode({ kind, workers, pieces }) {
  return [...NET, ...LINES[kind](workers, pieces)].join("\n");
}
