// What the demo says, and the lines of torch.

import { nameOf } from "./board.mjs";
import { percent } from "../kit/numbers.mjs";

const GRIDS = ["8×8", "8×8 and 16×16", "8×8, 16×16 and 32×32"];
export const SKIPS = ["none", "one", "two"];

/** How scores are enlarged, in a word. */
export function wayWord(way) {
  if (way === 0) return "blocks";
  if (way === 1) return "bilinear";
  if (way === 2) return "learned";
  return "mixed";
}

/** What the net says of the chosen pixel, and what it is. */
export const pixelWords = ({ shares, said, right }) => `${nameOf(said)}, ${percent(shares[said])}, in truth ${nameOf(right)}`;

/** What is seen now. */
export function sentence({ skips, way, epoch }, seen) {
  const start = epoch ? `After epoch ${epoch}` : "Before training";
  return `${start}: scores on ${GRIDS[skips]} places, ${wayWord(way)}. Framed: ${pixelWords(seen)}.`;
}

/** The lines of torch that give the same mask. */
export function torchCode({ skips, way, epoch }) {
  return [
    `from utils.widgets.upsampling_blend import UpsamplingBlend`,
    ``,
    `demo = UpsamplingBlend(skips=${skips}, way=${way}, epoch=${epoch})`,
    `z = torch.zeros(())`,
    `for scores, kernel in zip(demo.maps, demo.kernels):`,
    `    s = kernel.shape[-1] // 2`,
    `    sizes = {"stride": s, "padding": s // 2, "groups": 11}`,
    `    z = F.conv_transpose2d((scores + z)[None], kernel, **sizes)[0]`,
    `mask = z.argmax(0)`,
    `print((mask == demo.truth).double().mean(), demo.mean_iou)`,
  ].join("\n");
}
