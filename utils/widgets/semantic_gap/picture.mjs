// The picture of the semantic gap: original, changed, difference, and the scale; it eases.

import { compared } from "./math.mjs";
import { distanceScale, draggable, frameOn, shot } from "./panels.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const WHITE = 0.5; // the difference that is drawn white
const MOVED = "Changed picture: arrow keys move it, with shift by 8, Home and End all the way";

/** Settings as numbers that can be eased, and back. */
const asNumbers = ({ columns, rows, brightness, crop, mirrored }) =>
  [columns, rows, brightness, crop, mirrored ? 1 : 0];
const asSettings = ([columns, rows, brightness, crop, turn]) => ({
  columns: Math.round(columns),
  rows: Math.round(rows),
  brightness,
  crop: Math.round(crop),
  mirrored: turn > 0.5,
});

/** `at()` is where the picture is, [columns, rows]; `onMove(columns, rows)` hears where it should go. */
export function picture(side, at, onMove) {
  const before = shot("Original", "book-before");
  const after = shot("Changed: drag it", "book-after");
  const off = shot("Difference", "book-off");
  const seen = frameOn(before.print, side);
  const scale = distanceScale();
  let shown = null;
  draggable(after.print, MOVED, side, at, onMove);

  function show(numbers) {
    const settings = asSettings(numbers);
    const found = compared(shown.values, side, settings);
    seen.set(found.visible);
    after.show(found.changed);
    // A picture is mirrored as a card is turned: it grows thin, and wide again.
    after.canvas.style.transform = `scaleX(${Math.abs(1 - 2 * numbers[4])})`;
    off.show(found.off, WHITE);
    scale.set(found, shown.marks);
  }

  const way = eased(show, 700);
  /** Draw a setting of a photograph: at once if it is another one or a hand is at work. */
  function draw(photo, settings, isByHand) {
    const isNew = photo !== shown;
    shown = photo;
    if (isNew) {
      before.show(photo.values);
      scale.setMarks(photo.marks, photo.compared);
    }
    if (isNew || isByHand) way.set(asNumbers(settings));
    else way.to(asNumbers(settings));
  }
  const shots = element("div", { class: "book-shots" }, before.root, after.root, off.root);
  return { nodes: [shots, scale.root], draw, stop: way.stop };
}
