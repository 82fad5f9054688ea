// The picture with its rulers, and the box that is dragged on it.

import { COLUMNS, ROWS, moved, pulled } from "./math.mjs";
import { onArrows, shape } from "../kit/parts.mjs";

const UNIT = 20; // of the drawing, along a pixel
const [LEFT, TOP, REST] = [26, 24, 10]; // room for the rulers, and for a corner at the far edge
const NEAR = [1.1, 0.8]; // pixels on a ruler that a marked number takes up
const REACH = 0.75; // pixels around a corner in which it is seized

const X = (place) => LEFT + UNIT * place;
const Y = (place) => TOP + UNIT * place;
const CORNERS = [false, true].flatMap((isLow) => [false, true].map((isRight) => ({ isRight, isLow })));

const cornerAt = ([left, top, right, bottom], { isRight, isLow }) => [isRight ? right : left, isLow ? bottom : top];

function pixels(colours) {
  return Array.from({ length: ROWS * COLUMNS }, (_, index) => {
    const [row, column] = [Math.floor(index / COLUMNS), index % COLUMNS];
    const fill = `rgb(${colours.slice(3 * index, 3 * index + 3).join(" ")})`;
    return shape("rect", { class: "book-pixel", x: X(column), y: Y(row), width: UNIT, height: UNIT, fill });
  });
}

/** `change(box)` hears what a pointer or a key makes of the box, `read()` tells what it is now. */
export function board(colours, read, change) {
  const ruler = shape("g", { "aria-hidden": true });
  const frame = shape("g", { class: "book-box", tabindex: 0, role: "application" });
  const marks = shape("g", { class: "book-marks", "aria-hidden": true });
  const size = { viewBox: `0 0 ${X(COLUMNS) + REST} ${Y(ROWS) + REST}` };
  const root = shape("svg", { class: "book-board", ...size }, shape("g", { "aria-hidden": true }, ...pixels(colours)), ruler, marks, frame);
  const body = shape("rect", { class: "book-frame" });
  const handles = CORNERS.map(() => shape("circle", { class: "book-handle", r: 5.5 }));
  frame.append(body, ...handles);

  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width } = root.getBoundingClientRect();
    const scale = (X(COLUMNS) + REST) / width;
    return [((clientX - left) * scale - LEFT) / UNIT, ((clientY - top) * scale - TOP) / UNIT];
  };
  let grip = null; // what is dragged: { corner } or { from, box }
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    frame.setPointerCapture(event.pointerId);
    const [place, box] = [placeOf(event), read()];
    const far = CORNERS.map((corner) => Math.hypot(...cornerAt(box, corner).map((edge, axis) => edge - place[axis])));
    const nearest = far.indexOf(Math.min(...far));
    grip = far[nearest] <= REACH ? { corner: CORNERS[nearest] } : { from: place, box };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const place = placeOf(event);
    if (grip.corner) change(pulled(read(), grip.corner, place));
    else change(moved(grip.box, Math.round(place[1] - grip.from[1]), Math.round(place[0] - grip.from[0])));
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    frame.addEventListener(kind, () => {
      grip = null;
    });
  }
  onArrows(frame, (rows, columns, isShift) => {
    const box = read();
    const [, , right, bottom] = box;
    if (isShift) change(pulled(box, { isRight: true, isLow: true }, [right + columns, bottom + rows]));
    else change(moved(box, rows, columns));
  });

  /** The numbers on both rulers, `offset` pixels behind the edges, without those too near `taken`. */
  function drawRuler(offset, isPixels, taken) {
    const last = isPixels ? 1 : 0;
    const texts = [];
    for (const [axis, length] of [COLUMNS, ROWS].entries()) {
      for (let value = 0; value <= length - last; value++) {
        if (taken[axis].some((other) => Math.abs(other - value) < NEAR[axis])) continue;
        const at = axis ? { x: LEFT - 6, y: Y(value + offset) + 4, "text-anchor": "end" } : { x: X(value + offset), y: TOP - 7, "text-anchor": "middle" };
        texts.push(shape("text", { class: "book-tick", ...at }, String(value)));
      }
    }
    ruler.replaceChildren(...texts);
  }

  function drawBox([left, top, right, bottom], words) {
    for (const [name, value] of Object.entries({ x: X(left), y: Y(top), width: UNIT * (right - left), height: UNIT * (bottom - top) })) {
      body.setAttribute(name, value);
    }
    for (const [index, corner] of CORNERS.entries()) {
      const [x, y] = cornerAt([left, top, right, bottom], corner);
      handles[index].setAttribute("cx", X(x));
      handles[index].setAttribute("cy", Y(y));
    }
    frame.setAttribute("aria-label", words);
  }
  return { root, marks, drawRuler, drawBox, isHeld: () => grip !== null, X, Y, LEFT, TOP };
}
