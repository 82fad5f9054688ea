// Mouse, finger and keys on the two grids of the padding and stride explorer.

import { onArrows } from "../kit/parts.mjs";

/**
 * Listen on a board. `point(found, isSticky)` hears what is pointed at, { side, cell } or null, and
 * whether that stays when the pointer goes; `pick(found)` hears what is pressed; `from(side)` is
 * the cell that arrow keys start from, `within(side, cell)` the nearest one that is there.
 * Returns { isDragging }.
 */
export function hands(board, { point, pick, from, within }) {
  let isDragging = false;
  let isByKeys = false;
  const aim = (found) => {
    isByKeys = true;
    point(found, true);
  };
  const here = ({ clientX, clientY }) => board.under(clientX, clientY);
  const isMouse = ({ pointerType }) => pointerType === "mouse";
  const drop = () => {
    isDragging = false;
  };
  const heard = {
    pointerdown(event) {
      const found = here(event);
      if (!found) return;
      board.root.setPointerCapture(event.pointerId);
      isDragging = true;
      isByKeys = false;
      point(found, !isMouse(event));
      pick(found);
    },
    pointermove(event) {
      const found = here(event);
      if (isDragging && !found) return;
      point(found, !isMouse(event));
      if (isDragging) pick(found);
    },
    pointerup: drop,
    pointercancel: drop,
    // A finger that is lifted leaves what it has shown.
    pointerleave: (event) => isMouse(event) && point(null),
  };
  for (const [kind, listener] of Object.entries(heard)) board.root.addEventListener(kind, listener);

  for (const [side, node] of board.sides.entries()) {
    node.addEventListener("focus", () => {
      if (node.matches(":focus-visible")) aim({ side, cell: from(side) });
    });
    node.addEventListener("blur", () => isByKeys && point(null));
    onArrows(node, (...step) => {
      const found = { side, cell: within(side, from(side).map((at, axis) => at + step[axis])) };
      aim(found);
      if (side) pick(found);
    });
    node.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") pick({ side, cell: from(side) });
    });
  }
  return { isDragging: () => isDragging };
}
