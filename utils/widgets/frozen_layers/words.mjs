// What the demo of frozen layers says, and its lines of torch.

import { LAYERS, learning } from "./math.mjs";

export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

export const percent = (share) => `${Math.round(100 * share)} %`;

/** What is seen now. */
export function sentence({ frozen, images }, run) {
  const learns = `${thousands(learning(frozen))} of ${thousands(learning(0))} weights learn`;
  const known = `With ${images} image${images > 1 ? "s" : ""} a class, ${percent(run[frozen].accuracy)} of new ones are right`;
  const beside = ` (${percent(run[0].accuracy)} with nothing frozen)`;
  return `${learns}. ${known}${frozen ? beside : ""}.`;
}

/** The lines of torch that count the same. */
export function torchCode({ frozen }) {
  return [
    "from utils.overlapping_tasks import five_layers",
    "net = five_layers(1, 7)",
    ...(frozen ? [`net[:${frozen}].requires_grad_(False)`] : []),
    "left = [p for p in net.parameters() if p.requires_grad]",
    "adam = torch.optim.Adam(left, lr=0.01)",
    `print(sum(p.numel() for p in left))  # ${learning(frozen)}`,
  ].join("\n");
}

export const MOST = LAYERS.length - 1;
