// Mouse, finger and keys on the two grids of the kernel stamps.

import { onArrows } from "../kit/parts.mjs";

/**
 * Listen on a board. `point(found)` hears { side, cell } or null, side 0 is the input; `pick(found)`
 * what is pressed; `from(side)` is the cell that arrow keys start from, `most(side)` the last one.
 */
export function hands(board, { point, pick, from, most }) {
  let isDown = false;
  const here = ({ clientX, clientY }) => board.under(clientX, clientY);
  const lift = () => {
    isDown = false;
  };
  const heard = {
    pointerdown(event) {
      isDown = true;
      const found = here(event);
      if (!found) return;
      pick(found);
      point(found);
    },
    pointermove(event) {
      const found = here(event);
      if (isDown && found) pick(found);
      if (found || !isDown) point(found);
    },
    pointerup: lift,
    pointercancel: lift,
    pointerleave(event) {
      lift();
      // A finger that is lifted leaves what it has shown.
      if (event.pointerType === "mouse") point(null);
    },
  };
  for (const [kind, listener] of Object.entries(heard)) board.root.addEventListener(kind, listener);
  for (const [side, node] of board.sides.entries()) {
    onArrows(node, (...step) => {
      const last = most(side);
      const cell = from(side).map((at, axis) => Math.max(0, Math.min(last, at + step[axis])));
      pick({ side, cell });
      point({ side, cell });
    });
    node.addEventListener("blur", () => point(null));
  }
}
