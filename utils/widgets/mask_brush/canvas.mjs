// The photo with the masks over it: it is painted on by pointer and by keyboard.

import { edges, fate, runs, way } from "./math.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";
import { placeWords } from "./words.mjs";

// What each kind of pixel counts for: pointing at a score shows them.
const ABOUT = {
  right: "right accuracy iou dice",
  missed: "missed accuracy iou dice",
  beside: "beside accuracy iou dice",
  rest: "rest accuracy",
};

/** The picture; `onPaint(places)` hears where the brush has been. */
export function canvas({ width, height, pixels }, onPaint) {
  const photo = element("canvas", { class: "book-photo", "aria-hidden": true });
  paint(photo, decodePixels(pixels), width, height);
  const kinds = Object.entries(ABOUT).map(([name, about]) => [
    name,
    shape("path", { class: `book-kind book-${name}`, "data-about": about }),
  ]);
  const outline = shape("path", { class: "book-outline" });
  const halo = shape("path", { class: "book-halo" });
  const mark = shape("rect", { class: "book-cursor", width: 1, height: 1 });
  const box = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": true };
  const svg = shape("svg", box, ...kinds.map(([, path]) => path), halo, outline, mark);
  const root = element("div", { class: "book-canvas", role: "application", tabindex: 0 }, photo, svg);
  root.style.aspectRatio = `${width} / ${height}`;

  let cursor = Math.floor(height / 2) * width + Math.floor(width / 4);
  let last = null; // where the brush was, while it is down
  let shown = { painted: [], truth: [] };
  const within = (index, most) => Math.max(0, Math.min(most - 1, index));
  const setCursor = (place) => {
    cursor = place;
    const [row, column] = [Math.floor(cursor / width), cursor % width];
    mark.setAttribute("x", column);
    mark.setAttribute("y", row);
    root.setAttribute("aria-label", placeWords(row, column, fate(shown.painted[cursor], shown.truth[cursor])));
  };
  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width: wide, height: high } = root.getBoundingClientRect();
    const row = within(Math.floor(((clientY - top) / high) * height), height);
    return row * width + within(Math.floor(((clientX - left) / wide) * width), width);
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
    onPaint(way(last, next, width));
    last = next;
    setCursor(next);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    root.addEventListener(kind, () => {
      last = null;
    });
  }
  onArrows(root, (rows, columns) => {
    const row = within(Math.floor(cursor / width) + rows, height);
    setCursor(row * width + within((cursor % width) + columns, width));
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    onPaint([cursor]);
  });

  function draw(painted, truth) {
    shown = { painted, truth };
    for (const [name, path] of kinds) {
      path.setAttribute("d", runs((at) => fate(painted[at], truth[at]) === name, width, painted.length));
    }
    const border = edges(truth, width);
    for (const path of [halo, outline]) path.setAttribute("d", border);
    setCursor(cursor);
  }
  return { root, draw };
}
