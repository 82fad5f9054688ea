// The map with its numbers, the region on it, its parts, and what each of them reads.

import { HIGH, MAP, WIDE, bands, moved, places, pooled, pulled, usedFrame } from "./math.mjs";
import { newId, onArrows, shape } from "../kit/parts.mjs";

const UNIT = 40; // of the drawing, along a cell
const REST = 8; // room for a corner at the edge
const ARM = 13; // of the angle at a corner
const REACH = 0.5; // cells around a corner in which it is seized
const CORNERS = [false, true].flatMap((isLow) => [false, true].map((isRight) => ({ isRight, isLow })));

const at = (place) => REST + UNIT * place;
const size = [WIDE, HIGH].map((cells) => 2 * REST + UNIT * cells);
const path = ([x1, y1, x2, y2]) => `M${at(x1)} ${at(y1)}H${at(x2)}V${at(y2)}H${at(x1)}z`;
const cornerAt = ([x1, y1, x2, y2], { isRight, isLow }) => [isRight ? x2 : x1, isLow ? y2 : y1];
/** The angle that marks a corner, along both sides. */
function bracket(region, corner) {
  const [x, y] = cornerAt(region, corner).map(at);
  const [across, along] = [corner.isRight, corner.isLow].map((isFar) => (isFar ? -ARM : ARM));
  return `M${x + across} ${y}H${x}V${y + along}`;
}
const about = (row, column) => `part-${row}-${column}`;

/** `make(value, x, y)` for each cell of the map. */
function each(make) {
  return MAP.flatMap((row, y) => row.map((value, x) => make(value, x, y)));
}

function cell(value, x, y) {
  const node = shape("rect", { class: "book-light", x: at(x), y: at(y), width: UNIT, height: UNIT });
  node.style.setProperty("--share", value / 9);
  return node;
}

function digit(value, x, y) {
  const node = shape("text", { class: "book-digit", x: at(x + 0.5), y: at(y + 0.5) + 5 });
  node.style.setProperty("--share", value / 9);
  node.textContent = value;
  return node;
}

/** What pooling reads though nobody asked: the used frame without its share of the region. */
function excess(used, asked) {
  const [[x1, y1, x2, y2], [left, top, right, low]] = [used, asked];
  return path(used) + path([Math.max(x1, left), Math.max(y1, top), Math.min(x2, right), Math.min(y2, low)]);
}

/** Stripes to fill with; a page can hold several boards. */
function hatching() {
  const id = newId("book-excess");
  const stripe = shape("rect", { class: "book-stripe", width: 3, height: 9 });
  const pattern = shape("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, stripe);
  return { defs: shape("defs", {}, pattern), fill: `url(#${id})` };
}

/** What pooling looks at: bands of cells, and a ring around each largest number; pairs of [below, above] the numbers. */
function poolMarks(region, parts) {
  const [x1, y1, x2, y2] = usedFrame(region);
  const across = bands(x1, x2, parts, WIDE);
  const best = pooled(region, parts);
  const inset = 0.05; // neighbours may share a cell: each frame keeps a little off its border
  return bands(y1, y2, parts, HIGH).flatMap(([top, bottom], row) =>
    across.flatMap(([left, right], column) => {
      const { row: y, column: x } = best[row][column];
      return [[
        shape("path", { class: "book-part", d: path([left + inset, top + inset, right - inset, bottom - inset]), "data-about": about(row, column) }),
        [shape("circle", { class: "book-best", cx: at(x + 0.5), cy: at(y + 0.5), r: 14, "data-about": about(row, column) })],
      ]];
    }),
  );
}

/** What align looks at: parts of the region as it is, and the places in them; pairs as above. */
function alignMarks([x1, y1, x2, y2], parts) {
  const [columns, rows] = [places(x1, x2, parts), places(y1, y2, parts)];
  const [wide, high] = [(x2 - x1) / parts, (y2 - y1) / parts];
  return rows.flatMap((ys, row) =>
    columns.flatMap((xs, column) => {
      const [left, top] = [x1 + column * wide, y1 + row * high];
      const part = shape("path", { class: "book-part", d: path([left, top, left + wide, top + high]), "data-about": about(row, column) });
      const dots = ys.flatMap((y) => xs.map((x) => shape("circle", { class: "book-place", cx: at(x), cy: at(y), r: 4, "data-about": about(row, column) })));
      return [[part, dots]];
    }),
  );
}

/** `read()` tells the region, `change(region)` hears what the reader makes of it. */
export function board(read, change) {
  const [areas, points] = [0, 1].map(() => shape("g", { class: "book-marks", "aria-hidden": true }));
  const dashed = shape("path", { class: "book-asked" });
  const body = shape("path", { class: "book-body" });
  const handles = CORNERS.map(() => shape("circle", { class: "book-handle", r: 10 }));
  const corners = shape("path", { class: "book-corners" });
  const region = shape("g", { class: "book-region", tabindex: 0, role: "application" }, body, ...handles);
  const used = shape("path", { class: "book-used" });
  const hatch = hatching();
  const more = shape("path", { class: "book-excess", fill: hatch.fill, "fill-rule": "evenodd" });
  const [cells, numbers] = [each(cell), each(digit)];
  const map = shape("g", { "aria-hidden": true }, ...cells, more, used, areas, dashed, corners);
  const digits = shape("g", { class: "book-digits", "aria-hidden": true }, ...numbers);
  const root = shape("svg", { class: "book-board", viewBox: `0 0 ${size.join(" ")}` }, hatch.defs, map, digits, points, region);
  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width } = root.getBoundingClientRect();
    return [clientX - left, clientY - top].map((offset) => ((offset * size[0]) / width - REST) / UNIT);
  };
  let grip = null;
  region.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  region.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    region.classList.add("book-by-hand");
    region.focus({ preventScroll: true });
    region.setPointerCapture(event.pointerId);
    const [place, now] = [placeOf(event), read()];
    const far = CORNERS.map((corner) => Math.hypot(...cornerAt(now, corner).map((edge, axis) => edge - place[axis])));
    const nearest = far.indexOf(Math.min(...far));
    grip = far[nearest] <= REACH ? { corner: CORNERS[nearest] } : { from: place, now };
  });
  region.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const place = placeOf(event);
    if (grip.corner) change(pulled(read(), grip.corner, place));
    else change(moved(grip.now, place[0] - grip.from[0], place[1] - grip.from[1]));
  });
  region.addEventListener("lostpointercapture", () => {
    grip = null;
  });
  // Who drags sees the corners: the ring is for keys.
  for (const kind of ["keydown", "blur"]) region.addEventListener(kind, () => region.classList.remove("book-by-hand"));
  onArrows(region, (rows, columns, isShift) => {
    const now = read();
    const corner = { isRight: true, isLow: true };
    if (isShift) change(pulled(now, corner, [now[2] + columns / 10, now[3] + rows / 10]));
    else change(moved(now, columns / 10, rows / 10));
  });

  /** Draw the region that is asked for, the frame that is used, and the parts. */
  function draw(method, asked, parts, words) {
    const isPool = method === "pool";
    for (const node of [body, dashed]) node.setAttribute("d", path(asked));
    region.setAttribute("aria-label", words);
    for (const [index, corner] of CORNERS.entries()) {
      const [x, y] = cornerAt(asked, corner);
      handles[index].setAttribute("cx", at(x));
      handles[index].setAttribute("cy", at(y));
    }
    corners.setAttribute("d", CORNERS.map((corner) => bracket(asked, corner)).join(""));
    const [x1, y1, x2, y2] = usedFrame(asked);
    const taken = [x1, y1, Math.min(x2, WIDE), Math.min(y2, HIGH)];
    used.setAttribute("d", isPool ? path(taken) : "");
    more.setAttribute("d", isPool ? excess(taken, asked) : "");
    const [left, top, right, low] = isPool ? taken : [Math.floor(asked[0]), Math.floor(asked[1]), Math.ceil(asked[2]), Math.ceil(asked[3])];
    each((_, x, y) => x >= left && x < right && y >= top && y < low).forEach((isRead, at) => {
      for (const node of [cells[at], numbers[at]]) node.classList.toggle("book-unread", !isRead);
    });
    const marks = isPool ? poolMarks(asked, parts) : alignMarks(asked, parts);
    areas.replaceChildren(...marks.map(([area]) => area));
    points.replaceChildren(...marks.flatMap(([, above]) => above));
  }
  return { root, draw };
}
