// The presets of the fit-a-line demo, as small pictures of their points.

import { shape } from "../kit/parts.mjs";
import { tiles } from "../kit/tiles.mjs";
import { BOUND } from "./scene.mjs";

/** Radio buttons, each with its points above its name. */
export function presetTiles(presets, onPick) {
  const small = tiles("Points", Object.keys(presets), onPick);
  for (const [name, canvas] of Object.entries(small.canvases)) {
    const dots = presets[name].map(([cx, cy]) => shape("circle", { cx, cy: -cy, r: 0.5 }));
    const around = [-BOUND - 0.5, -BOUND - 0.5, 2 * BOUND + 1, 2 * BOUND + 1].join(" ");
    canvas.replaceWith(shape("svg", { viewBox: around, "aria-hidden": "true" }, ...dots));
  }
  return small;
}
