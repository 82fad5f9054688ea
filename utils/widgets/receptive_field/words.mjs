// What the demo of the receptive field says, and its lines of torch.

import { PLACES, facts, side } from "./math.mjs";

/** What is seen now. */
export function sentence(state) {
  const { field, used, shared } = facts(state);
  const holes = used === field * field ? "all of them" : `${used} of them; the rest are holes`;
  const neighbour = shared ? `also uses ${shared} of these` : "uses none of these";
  return `The output sees ${field}×${field} pixels and uses ${holes}. Its neighbour ${neighbour}.`;
}

/** The lines of torch that give the same count. */
export function torchCode(state) {
  const layers = state.kernel.map((k, layer) => `(${k}, ${state.stride[layer]}, ${state.dilation[layer]})`);
  const n = side(state);
  return [
    `x = torch.zeros(1, 1, ${n}, ${n}, requires_grad=True)`,
    "y = x",
    `for kernel, stride, dilation in [${layers.join(", ")}]:`,
    "    ones = torch.ones(1, 1, kernel, kernel)",
    "    y = F.conv2d(y, ones, stride=stride, dilation=dilation)",
    `(ways,) = torch.autograd.grad(y[0, 0, ${PLACES}, ${PLACES + state.place}], x)`,
    `(ways > 0).sum()  # ${facts(state).used}`,
  ].join("\n");
}
