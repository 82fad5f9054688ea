// What the demo says, and its lines of torch.

import { lossesOf, percent } from "./math.mjs";

/** One sentence on what is seen now. */
export function sentence(losses, state) {
  const [content, style] = lossesOf(losses, state);
  const far = percent(losses[0][0][1]);
  if (state.step === 0) return `Nothing has moved: this is the photograph, and its style is ${far} off.`;
  return `After ${state.step} steps the style is ${percent(style)} off, no longer ${far}; the content is ${percent(content)} off.`;
}

/** The lines of torch that paint the same picture. */
export function torchCode(losses, { style, smooth, step }) {
  const off = lossesOf(losses, { style, smooth, step })[1];
  return [
    "from utils.data.paintings import painting",
    "from utils.data.photos import photo",
    "from utils.style import Targets, descend, texture_network",
    'cup = photo("coffee", size=112, gray=False)',
    'brush = painting("strokes", size=112)',
    "targets = Targets(texture_network(), cup, brush)",
    `weights = 1, ${style}, ${smooth}`,
    `(picture,) = descend(targets, cup, weights, stops=[${step}])`,
    `print(targets.losses(picture).style)  # ${off}`,
  ].join("\n");
}
