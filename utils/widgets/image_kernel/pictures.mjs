// Pictures of the image kernel demo: photographs with a window on them, and presets to pick.

import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";
import { correlate2d, toGrey } from "./math.mjs";

const GAP = 0.5; // between a pixel and its outline, in input pixels
const SEAM = 0.4; // a cover is wider than its picture, whose edge would shine through
const HALO = 3; // between the box and the circle around it, which is seen from afar

/**
 * A picture under a title, with a box on it, which mouse, finger and arrow keys move; `onHand` hears
 * of a pointer. All places are in input pixels, of which `side` span the picture.
 */
export function photograph(label, side, { onPoint, onStep, onHand }) {
  const title = element("figcaption", { class: "book-caption" });
  const canvas = element("canvas");
  const ring = shape("path", { class: "book-ring", "fill-rule": "evenodd" });
  const dots = shape("g");
  const boxes = ["book-outline book-halo", "book-outline"].map((name) =>
    shape("rect", { class: name }),
  );
  const circles = ["book-circle book-halo", "book-circle"].map((name) =>
    shape("circle", { class: name }),
  );
  const cover = shape("path", { class: "book-cover" });
  const ghost = shape("image", { class: "book-ghost", preserveAspectRatio: "none" });
  const band = shape("path", { class: "book-band" });
  const marks = [ring, cover, ghost, band, dots, ...circles, ...boxes];
  const overlay = shape("svg", { viewBox: `0 0 ${side} ${side}` }, ...marks);
  const ground = element(
    "div",
    { class: "book-picture", tabindex: 0, role: "application", "aria-label": label },
    canvas,
    overlay,
  );
  const point = (event) => {
    const box = ground.getBoundingClientRect();
    const scale = side / box.width;
    onPoint((event.clientY - box.top) * scale, (event.clientX - box.left) * scale);
  };
  ground.addEventListener("pointerdown", (event) => {
    ground.setPointerCapture(event.pointerId);
    point(event);
  });
  ground.addEventListener("pointermove", (event) => {
    onHand();
    point(event);
  });
  onArrows(ground, onStep);
  const show = (greys, columns, rows, offset, scale) => {
    paint(canvas, greys, columns, rows);
    const share = (length) => `${(100 * length) / side}%`;
    canvas.style.left = canvas.style.top = share(offset);
    canvas.style.width = share(columns * scale);
    canvas.style.height = share(rows * scale);
  };
  /** Draw the box around a square of pixels, and return it. */
  const select = (left, top, size) => {
    // The outline runs around the pixels, not over them.
    const box = { x: left - GAP, y: top - GAP, width: size + 2 * GAP, height: size + 2 * GAP };
    for (const rect of boxes)
      for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value);
    const half = size / 2;
    const circle = { cx: left + half, cy: top + half, r: half + HALO };
    for (const one of circles)
      for (const [name, value] of Object.entries(circle)) one.setAttribute(name, value);
    dots.setAttribute("transform", `translate(${left} ${top})`);
    return box;
  };
  /** Mark the rows that the box passes, across a square; without a place, none. */
  const scan = (place) => {
    band.setAttribute("d", place ? `M${place.left} ${place.top}h${place.width}v${place.size}h${-place.width}z` : "");
  };
  /**
   * Hide what comes after a pixel, [row, column], in reading order, in a picture of `rows` and
   * `columns` that begins at `offset` and whose pixels are `scale` wide; without a pixel, nothing.
   */
  const hideAfter = (pixel, { rows, columns }, offset, scale) => {
    const [row, column] = pixel ?? [rows, 0];
    const from = (start) => {
      const [left, right, bottom] = [start - SEAM, start + columns * scale + SEAM, start + rows * scale + SEAM];
      const [next, top] = [column + 1, row].map((count) => start + count * scale);
      return `M${next} ${top}H${right}V${bottom}H${left}V${top + scale}H${next}z`;
    };
    cover.setAttribute("d", pixel ? from(offset) : "");
    // A clip counts from the corner of what it cuts.
    ghost.style.clipPath = pixel ? `path("${from(offset - ghost.getAttribute("x"))}")` : "inset(100%)";
  };
  /** Let a photograph shine faintly through what is hidden. */
  const haunt = ({ pixels, width, height }, margin) => {
    const copy = element("canvas");
    paint(copy, pixels, width, height);
    const place = { x: margin, y: margin, width, height, href: copy.toDataURL() };
    for (const [name, value] of Object.entries(place)) ghost.setAttribute(name, value);
  };
  /** Fill the box with a grey level, as it would hide its pixel. */
  const fill = (grey) => {
    boxes[1].style.fill = `rgb(${grey}, ${grey}, ${grey})`;
  };
  /** Draw zeros around the pixels, which begin `margin` from the edge of the drawing. */
  const surround = (margin, { width, height }, padding) => {
    const near = margin - padding;
    const outer = `M${near} ${near}h${width + 2 * padding}v${height + 2 * padding}H${near}z`;
    const inner = `M${margin} ${margin}h${width}v${height}H${margin}z`;
    ring.setAttribute("d", padding ? outer + inner : "");
  };
  /** Put a spot on every pixel of the box, which lights up with the weight of its name. */
  const divide = (size, nameOf) => {
    if (dots.childElementCount === size * size) return;
    const places = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size]);
    const spot = ([y, x]) =>
      shape("rect", { class: "book-dot", x, y, width: 1, height: 1, "data-about": nameOf(y, x) });
    dots.replaceChildren(...places.map(spot));
  };
  const root = element("figure", { class: "book-photo" }, title, ground);
  return { root, title, ground, show, select, scan, hideAfter, haunt, fill, surround, divide };
}

/** Draw what a kernel makes of every second pixel. */
export function paintThumb(canvas, { pixels, width, height }, { kernel, divisor, view }) {
  const options = { padding: 0, stride: 2, divisor };
  const { values, rows, columns } = correlate2d(pixels, width, height, kernel, options);
  paint(canvas, toGrey(values, view).greys, columns, rows);
}
