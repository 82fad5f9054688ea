// A pad of 28×28 pixels to draw on: a soft brush for pointer, finger and keyboard.

import { SIDE } from "./ink.mjs";
import { element, onArrows } from "./parts.mjs";

const within = (index) => Math.max(0, Math.min(SIDE - 1, index));

/** What a screen reader says of a pad, with the cursor at a pixel. */
export function padWords(ink, row, column) {
  return `Drawing: ink ${Math.round(100 * (ink[row * SIDE + column] ?? 0))} % at row ${row}, column ${column}. Arrow keys move, Space paints.`;
}

/**
 * The pad. `onPaint(from, to)` hears where the brush goes, in pixels; `draw(ink)` draws ink from 0 to 1
 * by `show(canvas, ink)`, which is the demo's.
 */
export function pad({ onPaint, show }) {
  const canvas = element("canvas", { class: "book-dots" });
  const cursor = element("i", { class: "book-cursor" });
  const root = element("div", { class: "book-pad", role: "application", tabindex: 0 }, canvas, cursor);
  let [row, column] = [SIDE / 2, SIDE / 2];
  let last = null; // where the brush was, while it is down
  let shown = []; // the ink that is drawn

  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * SIDE, ((clientY - top) / height) * SIDE];
  };
  const setCursor = () => {
    cursor.style.setProperty("--row", row);
    cursor.style.setProperty("--column", column);
    root.setAttribute("aria-label", padWords(shown, row, column));
  };
  const paint = (next) => {
    onPaint(last ?? next, next);
    last = next;
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    root.setPointerCapture(event.pointerId);
    paint(placeOf(event));
  });
  root.addEventListener("pointermove", (event) => {
    if (last !== null && root.hasPointerCapture(event.pointerId)) paint(placeOf(event));
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    root.addEventListener(kind, () => {
      last = null;
    });
  }
  onArrows(root, (rows, columns) => {
    [row, column] = [within(row + rows), within(column + columns)];
    setCursor();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    const place = [column + 0.5, row + 0.5];
    onPaint(place, place);
  });

  const draw = (ink) => {
    shown = ink;
    show(canvas, ink);
    setCursor();
  };
  return { root, canvas, draw, isPainting: () => last !== null };
}
