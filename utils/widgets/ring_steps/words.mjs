// What the demo says, and the lines of torch.

import { adds, startNumber, steps } from "./math.mjs";

/** One sentence on what is seen after a step. */
export function sentence(world, step) {
  if (!step) return "Each box is a chunk of a worker's gradient; it fills as more workers are in its sum.";
  if (step === steps(world)) return `Done: each worker holds all ${world} sums, and has sent ${step} chunks of ${world}.`;
  if (step === world - 1) return "Adding is over: each worker holds one finished sum, in a full box.";
  if (adds(step - 1, world)) return `In step ${step} each worker added a chunk from the worker before it.`;
  return `After step ${step} each worker holds ${step - world + 2} finished sums; they are copied round.`;
}

/** Two words for the middle of the ring. */
export function phase(world, step) {
  const name = !step ? "start" : adds(step - 1, world) ? "adding" : "copying";
  return [step === steps(world) ? "done" : name, `step ${step} of ${steps(world)}`];
}

/** The lines of torch that give the sums, by processes. */
export function torchCode(world) {
  const all = Array.from({ length: world }, (_, index) => index);
  const rows = all.map((worker) => `    [${all.map((chunk) => startNumber(worker, chunk)).join(", ")}],`);
  return [
    "import torch",
    "import torch.distributed as dist",
    "from utils.distributed.launch import together",
    "",
    `values = torch.tensor([\n${rows.join("\n")}\n])`,
    "",
    "def job(rank, world):",
    "    total = values[rank].clone()",
    "    dist.all_reduce(total)",
    "    return total",
    "",
    `totals = together(job, ${world})`,
  ].join("\n");
}
