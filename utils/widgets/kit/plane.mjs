// A labelled coordinate plane in SVG, with points that are moved by mouse, finger or arrow keys.

import { onArrows, shape } from "./parts.mjs";
import { backdrop } from "./plane_axes.mjs";
import { between, marker, scales, textPlace, wordsBox } from "./plane_marks.mjs";

const REACH = 22; // pixels around a point in which a finger finds it
const GRIP = 14; // pixels across a point

/**
 * A plane over the ranges `x` and `y`; `names` are those of its axes, `size` is in pixels, and
 * `steps` may say how far apart the grid lines of each axis are.
 *
 * `draw(marks)` replaces what is shown: { line: points }, { area: points }, { arrow: [from, to] },
 * { dot: place } or { text, at, away, far }, where `away` is the direction from the place to the text,
 * and `far` how many pixels it stands farther off than usual.
 * The numbers at the edges give way to texts; `giveWay(boxes)` is for words that a demo adds itself.
 * Every mark has a `look`, its CSS class, and may have an `about` for `pointing`. `handle(…)` adds a
 * point that the reader can move, `onPress(hear)` tells the place of a click beside all points.
 */
export function plane({ label, x, y, names = ["x", "y"], size = [400, 400], steps }) {
  const space = { x, y, size };
  const { toPixels, fromPixels } = scales(space);
  const { draw } = marker(space);
  const { ground, numbers, giveWay } = backdrop(space, names, steps);
  const [marks, points] = [shape("g"), shape("g")];
  const about = { viewBox: `0 0 ${size.join(" ")}`, role: "group", "aria-label": label };
  const root = shape("svg", { ...about, class: "book-plane" }, ground, marks, numbers, points);
  const handles = [];
  let held = null;

  /**
   * Add a point; `onMove(place)` hears where the reader wants it: a drag leads anywhere in the
   * plane, an arrow key one `step` away, Home and End to the sides. `onStep(right, up)` takes the
   * keys over. `range` bounds the number that a screen reader is told; `form` is circle or square.
   */
  function handle({ label: name, look, form = "circle", range = x, step, onMove, onStep }) {
    const [least, greatest] = range;
    const slider = { role: "slider", "aria-label": name, "aria-valuemin": least, "aria-valuemax": greatest };
    const box = { x: -GRIP / 2, y: -GRIP / 2, width: GRIP, height: GRIP, rx: form === "circle" ? GRIP / 2 : 2 };
    const node = shape(
      "g",
      { class: `book-handle book-${look}`, tabindex: 0, ...slider },
      shape("circle", { class: "book-reach", r: REACH }),
      shape("rect", { class: "book-grip", ...box }),
    );
    const self = { node, at: [0, 0], move: ([a, b]) => onMove([between(a, x), between(b, y)]) };
    const walk = (right, up) => self.move([self.at[0] + right * step, self.at[1] + up * step]);
    onArrows(node, (rows, columns) => (onStep ?? walk)(columns, -rows));
    points.append(node);
    handles.push(self);
    /** Put the point somewhere; `words` are read out, `now` is its number within `range`. */
    const place = (at, words, now = at[0]) => {
      self.at = at;
      node.setAttribute("transform", `translate(${toPixels(at).join(" ")})`);
      node.setAttribute("aria-valuetext", words);
      node.setAttribute("aria-valuenow", now);
    };
    return { root: node, place };
  }

  const pointer = ({ clientX, clientY }) => {
    const { left, top, width } = root.getBoundingClientRect();
    return [clientX - left, clientY - top].map((offset) => (offset * size[0]) / width);
  };
  const minus = (one, other) => one.map((value, side) => value - other[side]);
  const isOnPoint = ({ target }) => target.closest(".book-handle") !== null;
  // A finger on a point must not scroll the page. Inside a drawing touch-action does not ask for
  // that in every browser; this does, and leaves the rest of the plane to the page.
  const keepPage = (event) => isOnPoint(event) && event.preventDefault();
  root.addEventListener("touchstart", keepPage, { passive: false });
  root.addEventListener("pointerdown", (event) => {
    if (held || event.button || !isOnPoint(event)) return;
    const touched = pointer(event);
    const distance = ({ at }) => Math.hypot(...minus(toPixels(at), touched));
    // Where points lie close together the nearest is meant, and of equals the one on top.
    const self = handles.reduceRight((best, next) => (distance(next) < distance(best) ? next : best));
    held = { self, offset: minus(toPixels(self.at), touched) };
    event.preventDefault();
    self.node.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => {
    if (!held || !root.hasPointerCapture(event.pointerId)) return;
    held.self.move(fromPixels(pointer(event).map((at, side) => at + held.offset[side])));
  });
  root.addEventListener("lostpointercapture", () => {
    held = null;
  });

  function onPress(hear) {
    let isBeside = false;
    root.addEventListener("pointerdown", (event) => {
      isBeside = !isOnPoint(event);
    });
    root.addEventListener("click", (event) => isBeside && hear(fromPixels(pointer(event))));
  }

  function drawAll(list) {
    marks.replaceChildren(...list.map(draw));
    const texts = list.filter(({ text }) => text !== undefined);
    giveWay(texts.map(({ text, at, away, far }) => wordsBox(textPlace(space, text, at, away, far), text)));
  }

  return { root, onPress, draw: drawAll, giveWay, handle };
}
