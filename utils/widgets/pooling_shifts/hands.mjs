// A pointer on the grids: the digit is dragged, and a cell of an output is pointed at.

import { FARTHEST } from "./math.mjs";

/** Drag the digit: `from()` is its shift, `move(shift)` hears where the reader wants it. */
export function dragging({ svg, under }, { from, move }) {
  let held = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held = { at: under(event)[1], shift: from() };
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !svg.hasPointerCapture(event.pointerId)) return;
    const shift = Math.round(held.shift + under(event)[1] - held.at);
    move(Math.max(0, Math.min(FARTHEST, shift)));
  });
  svg.addEventListener("lostpointercapture", () => {
    held = null;
  });
  return { isHeld: () => held !== null };
}

/** Point at cells: `stride()` is how many pixels a cell is wide, `point(cell)` hears it, or null. */
export function pointing({ svg, under }, { stride, point }) {
  const at = (event) => point(under(event).map((pixels) => Math.floor(pixels / stride())));
  svg.addEventListener("pointerdown", at);
  svg.addEventListener("pointermove", at);
  svg.addEventListener("pointerleave", () => point(null));
}
