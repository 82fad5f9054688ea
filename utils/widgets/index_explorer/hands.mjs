// Mouse, finger and keys on the picture of the index explorer.

import { onArrows } from "../kit/parts.mjs";

/**
 * Listen on a picture. `onBlock(from, to)` hears a drag over x, `onMove(rows, columns, isShift)`
 * its keys; `onSelect(cell)` a press on y, `onPlace(place)` one on the memory, `onStep(rows,
 * columns)` the keys of both.
 */
export function listen(board, { onBlock, onMove, onSelect, onPlace, onStep }) {
  const { table, view, memory } = board.parts;
  let grabbed = null;
  const press = {
    table: (x, y) => onBlock(grabbed, table.cellAt(x, y)),
    view: (x, y) => view.holds(x, y) && onSelect(view.cellAt(x, y)),
    memory: (x) => onPlace(memory.placeAt(x)),
  };
  for (const [name, part] of Object.entries(board.parts)) {
    const here = (event) => board.inside(event.clientX, event.clientY);
    part.root.addEventListener("pointerdown", (event) => {
      const at = here(event);
      if (!part.holds(...at)) return;
      part.root.setPointerCapture(event.pointerId);
      if (part === table) grabbed = table.cellAt(...at);
      press[name](...at);
    });
    part.root.addEventListener("pointermove", (event) => {
      if (part.root.hasPointerCapture(event.pointerId)) press[name](...here(event));
    });
    onArrows(part.root, part === table ? onMove : onStep);
  }
}
