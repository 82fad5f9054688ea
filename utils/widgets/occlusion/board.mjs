// Two squares: the picture under its patch, and the map that is painted as the patch goes.

import { CELLS, PLACES, SIDE, patchAt } from "./math.mjs";
import { element, onArrows } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const SEEN = 0.0005; // a smaller rise than this is rounded away

const within = (at) => Math.max(0, Math.min(CELLS - 1, at));

/** `onMove(place, isDrag)` hears where a pointer or a key wants the patch. */
function listen(root, onMove, placeNow) {
  let isDown = false;
  const hear = ({ clientX, clientY }, isDrag) => {
    const { left, top, width, height } = root.getBoundingClientRect();
    const place = [(clientY - top) / height, (clientX - left) / width].map((share) => within(Math.floor(share * CELLS)));
    onMove(place, isDrag);
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    root.setPointerCapture(event.pointerId);
    isDown = true;
    hear(event, false);
  });
  root.addEventListener("pointermove", (event) => isDown && hear(event, true));
  for (const kind of ["pointerup", "pointercancel"]) {
    root.addEventListener(kind, () => {
      isDown = false;
    });
  }
  onArrows(root, (rows, columns) => {
    const [row, column] = placeNow();
    onMove([within(row + rows), within(column + columns)], false);
  });
}

const frame = () => element("i", { class: "book-patch", "aria-hidden": "true" });

function setFrame(node, place, size) {
  const { top, left, bottom, right } = patchAt(place, size);
  for (const [name, value] of Object.entries({ top, left, high: bottom - top, wide: right - left })) {
    node.style.setProperty(`--${name}`, value / SIDE);
  }
}

/** The picture that the network sees, and the frame of the patch. */
export function sight(onMove, placeNow) {
  const canvas = element("canvas", { class: "book-dots" });
  const patch = frame();
  const root = element("div", { class: "book-square book-sight", role: "application", tabindex: 0 }, canvas, patch);
  listen(root, onMove, placeNow);
  const draw = (picture, place, size) => {
    paint(canvas, Array.from(picture, (ink) => Math.round(255 * ink)), SIDE, SIDE);
    setFrame(patch, place, size);
  };
  return { root, draw };
}

/** The map: a cell for each place, over the picture. */
export function heatMap(onMove, placeNow) {
  const canvas = element("canvas", { class: "book-dots" });
  const cells = Array.from({ length: PLACES }, () => element("i", { class: "book-cell" }));
  const patch = frame();
  const grid = element("div", { class: "book-cells" }, ...cells);
  const root = element("div", { class: "book-square book-heat", role: "img" }, canvas, grid, patch);
  listen(root, onMove, placeNow);
  /** `found` has for each cell { drop, said } or nothing. */
  const draw = (picture, label, found, place) => {
    paint(canvas, Array.from(picture, (ink) => Math.round(255 * ink)), SIDE, SIDE);
    for (const [at, cell] of cells.entries()) {
      const one = found[at];
      cell.classList.toggle("book-seen", Boolean(one));
      cell.classList.toggle("book-other", Boolean(one) && one.said !== label);
      cell.style.setProperty("--share", one ? Math.abs(one.drop).toFixed(3) : 0);
      cell.classList.toggle("book-rise", Boolean(one) && one.drop < -SEEN);
      cell.dataset.said = one && one.said !== label ? one.said : "";
    }
    setFrame(patch, place, 2);
  };
  return { root, draw };
}
