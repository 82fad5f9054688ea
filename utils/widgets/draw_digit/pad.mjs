// The pad to draw on: 8×8 pixels, a soft brush, a cursor for the keyboard, weights as marks.

import { LARGEST, SIDE, way } from "./math.mjs";
import { drawingWords } from "./words.mjs";
import { element, onArrows } from "../kit/parts.mjs";

const within = (index) => Math.max(0, Math.min(SIDE - 1, index));

/**
 * The pad. `onPaint(places)` hears where the brush has been. `draw(ink)` draws ink from 0 to 16;
 * `mark(weights)` lays weights over it, null for none.
 */
export function pad({ onPaint }) {
  const marks = Array.from({ length: SIDE * SIDE }, () => element("i", { class: "book-weight" }));
  const cells = marks.map((mark) => element("div", { class: "book-ink" }, mark));
  const root = element("div", { class: "book-pad", role: "application", tabindex: 0 }, ...cells);
  let cursor = 3 * SIDE + 3;
  let shown = []; // the ink that is drawn
  let last = null; // where the brush was, while it is down

  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = root.getBoundingClientRect();
    const row = within(Math.floor(((clientY - top) / height) * SIDE));
    return row * SIDE + within(Math.floor(((clientX - left) / width) * SIDE));
  };
  const setCursor = (place) => {
    cells[cursor].classList.remove("book-cursor");
    cursor = place;
    cells[cursor].classList.add("book-cursor");
    root.setAttribute("aria-label", drawingWords(shown, cursor));
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    root.setPointerCapture(event.pointerId);
    last = placeOf(event);
    setCursor(last);
    onPaint([last]);
  });
  root.addEventListener("pointermove", (event) => {
    if (last === null || !root.hasPointerCapture(event.pointerId)) return;
    const next = placeOf(event);
    if (next === last) return;
    const places = way(last, next);
    last = next;
    setCursor(next);
    onPaint(places);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    root.addEventListener(kind, () => {
      last = null;
    });
  }
  onArrows(root, (rows, columns) => {
    const row = within(Math.floor(cursor / SIDE) + rows);
    setCursor(row * SIDE + within((cursor % SIDE) + columns));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    onPaint([cursor]);
  });

  const draw = (ink) => {
    shown = ink;
    for (const [place, cell] of cells.entries()) cell.style.setProperty("--share", ink[place] / LARGEST);
    setCursor(cursor);
  };
  const mark = (weights) => {
    root.classList.toggle("book-marked", weights !== null);
    if (!weights) return;
    const widest = Math.max(...weights.map(Math.abs)) || 1;
    for (const [place, node] of marks.entries()) {
      node.classList.toggle("book-against", weights[place] < 0);
      // Areas are compared by eye, so the side goes with the root.
      node.style.setProperty("--side", Math.sqrt(Math.abs(weights[place]) / widest));
    }
  };
  return { root, draw, mark, isPainting: () => last !== null };
}
