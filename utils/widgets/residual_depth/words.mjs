// What the demo of residual depth says, and its lines of torch.

import { power } from "../kit/numbers.mjs";

/** A size for reading: plain where it is near 1, else with a power of ten. */
export function sizeWords(size) {
  if (size === 0) return "0";
  if (size >= 0.01 && size < 1000) return String(Number(size.toPrecision(2)));
  const [digits, exponent] = size.toExponential(0).split("e").map(Number);
  return digits === 1 ? power(exponent) : `${digits} · ${power(exponent)}`;
}

/** Which block is cut, or 0. */
export const cutBlock = ({ cut, blocks }) => (cut <= blocks ? cut : 0);

/** What is seen now. */
export function sentence(state, { plain, residual }) {
  const cut = cutBlock(state);
  const who = cut ? `Block ${cut} is cut. ` : "";
  return `${who}Back through ${state.blocks} blocks, a gradient of 1 becomes ${sizeWords(plain[0])} (plain) and ${sizeWords(residual[0])} (residual).`;
}

/** What a row shows, for a reader who cannot see it. */
export function rowWords(name, found) {
  return `${name} network: the gradient by block, on a logarithmic scale, from ${sizeWords(found.at(-1))} below the last block to ${sizeWords(found[0])} below the first`;
}

/** The lines of torch that give the same numbers. */
export function torchCode(state, { residual }) {
  const cut = cutBlock(state);
  const norm = (sum) => (state.normalise ? `F.batch_norm(${sum}, None, None, training=True)` : sum);
  return [
    "from utils.widgets.residual_depth import drawn",
    "x, upstream, weights = drawn()",
    "h = x.requires_grad_()",
    `for block in range(${state.blocks}):`,
    "    W1, W2 = weights[2 * block : 2 * block + 2]",
    `    g = F.relu(${norm("h @ W1.mT")})`,
    `    g = ${norm("g @ W2.mT")}`,
    ...(cut ? [`    if block == ${cut - 1}:`, "        g = g.detach() + 0 * h  # the same numbers, with the slope 0"] : []),
    "    h = F.relu(h + g)  # a plain block: F.relu(g)",
    "(slope,) = torch.autograd.grad(h, x, upstream)",
    `slope.norm()  # ${residual[0].toExponential(4)}`,
  ].join("\n");
}
