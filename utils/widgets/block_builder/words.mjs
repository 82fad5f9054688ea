// What the block builder says, and its lines of torch.

import { built, field, layers, totals, written } from "./math.mjs";
import { large, percent } from "../kit/numbers.mjs";

/** What is seen now. */
export function sentence(state) {
  const { denseParameters, denseWork } = totals(state);
  return `${layers(state).length} layers with weights: the dense ones hold ${percent(denseParameters)} of the parameters and do ${percent(denseWork)} of the work.`;
}

/** What a number of the last block sees of the image. */
export function sight(state) {
  const seen = field(state);
  return seen < state.side ? `sees ${seen} of ${state.side}` : `sees all ${state.side}`;
}

/** One layer in words. */
export function about({ block, into, out, side, parameters, work }) {
  const what = block === null ? `Dense, ${into.toLocaleString("en")} → ${out.toLocaleString("en")}` : `Block ${block + 1}, ${into} → ${out} channels at ${side}×${side}`;
  return `${what}: ${large(parameters)} parameters, ${large(work)} multiply-adds.`;
}

/** The lines of torch that give the same count. */
export function torchCode(state) {
  const blocks = built(state);
  const side = blocks.reduce((n) => Math.floor(n / 2), state.side);
  return [
    "layers, c_in = [], 3",
    'with torch.device("meta"):  # shapes without numbers',
    `    for n, c_out in ${written(blocks)}:`,
    "        for _ in range(n):",
    "            conv = torch.nn.Conv2d(c_in, c_out, 3, padding=1)",
    "            layers += [conv, torch.nn.ReLU()]",
    "            c_in = c_out",
    "        layers.append(torch.nn.MaxPool2d(2))",
    `    sizes = c_in * ${side} * ${side}, ${state.dense}, ${state.dense}, 1000`,
    "    layers += [torch.nn.Flatten(), torch.nn.Linear(*sizes[:2])]",
    "    layers += [torch.nn.ReLU(), torch.nn.Linear(*sizes[1:3])]",
    "    layers += [torch.nn.ReLU(), torch.nn.Linear(*sizes[2:])]",
    `sum(part.numel() for layer in layers for part in layer.parameters())  # ${totals(state).parameters}`,
  ].join("\n");
}
