// A weight follows a hand that is drawn sideways over its cell.

const PIXELS = 4; // to the side for one step
const STEP = 10; // steps of a whole weight
const START = 5; // pixels from a press to a drag

/**
 * Let a drag over one of the cells of `grid` change the number field in it by 0.1 for every 4 pixels,
 * and call `onChange`. Returns { isOn }: whether a hand is doing so.
 */
export function dragging(grid, onChange) {
  let from = null; // { field, x, weight } where the hand has pressed
  let isOn = false;
  const stop = () => {
    from = null;
    isOn = false;
  };
  const heard = {
    pointerdown(event) {
      const field = event.target.closest(".book-entry")?.querySelector("input");
      const weight = Number(field?.value);
      if (!field?.value || field === document.activeElement || !event.isPrimary) return;
      from = { field, x: event.clientX, weight };
    },
    pointermove(event) {
      if (!from) return;
      const way = event.clientX - from.x;
      if (!isOn && Math.abs(way) < START) return;
      if (!isOn) grid.setPointerCapture(event.pointerId);
      isOn = true;
      const weight = Math.round(STEP * from.weight + Math.round(way / PIXELS)) / STEP;
      if (String(weight) === from.field.value) return;
      from.field.value = weight;
      onChange();
    },
    pointerup() {
      // The press that ends a drag is not meant for the field.
      if (isOn) grid.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      stop();
    },
    pointercancel: stop,
  };
  for (const [kind, listener] of Object.entries(heard)) grid.addEventListener(kind, listener);
  return { isOn: () => isOn };
}
