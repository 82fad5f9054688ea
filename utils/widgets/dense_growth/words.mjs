// What the demo of dense growth says, and its lines of torch.

import { pays, reads, single, squeezed } from "./math.mjs";

export const count = (value) => value.toLocaleString("en-US");
const both = (state, layer) => squeezed(state, layer).reduce((sum, part) => sum + part, 0);

/** What is seen of one layer. */
export function sentence(state, layer) {
  const [one, two] = [single(state, layer), both(state, layer)];
  const verdict = one === two ? "as heavy" : pays(state, layer) ? "lighter" : "heavier";
  return `Layer ${layer} reads ${count(reads(state, layer))} channels and adds ${state.rate}. It has ${count(one)} weights as one 3×3, and ${count(two)} with a 1×1 first: ${verdict}.`;
}

/** The lines of torch that give the same numbers. */
export function torchCode(state) {
  const { rate, layer } = state;
  const c = reads(state, layer);
  return [
    "from torch import nn",
    "from torchvision.models.densenet import _DenseLayer",
    `one = nn.Conv2d(${c}, ${rate}, 3, padding=1, bias=False)`,
    `one.weight.numel()  # ${single(state, layer)}`,
    `layer = _DenseLayer(${c}, growth_rate=${rate}, bn_size=4, drop_rate=0.0)`,
    `layer.conv1.weight.numel() + layer.conv2.weight.numel()  # ${both(state, layer)}`,
  ].join("\n");
}
