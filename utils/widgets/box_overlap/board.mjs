// The picture: two boxes to drag, what they share, the box around both, the line of the centres.

import { HIGH, WIDE, areas, around, centre, moved, pulled, shared } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { newId, onArrows, shape } from "../kit/parts.mjs";

const UNIT = 30; // of the drawing, along a unit of the picture
const REST = 7; // room for a corner at the edge
const REACH = 0.7; // units around a corner in which it is seized
const ROOM = [1.5, 0.8]; // units that a number needs
const LINE = 0.8; // units that a line of writing needs
const CORNERS = [false, true].flatMap((isLow) => [false, true].map((isRight) => ({ isRight, isLow })));

const at = (place) => REST + UNIT * place;
const size = [WIDE, HIGH].map((units) => 2 * REST + UNIT * units);
const path = ([x1, y1, x2, y2]) => `M${at(x1)} ${at(y1)}H${at(x2)}V${at(y2)}H${at(x1)}z`;
const cornerAt = ([x1, y1, x2, y2], { isRight, isLow }) => [isRight ? x2 : x1, isLow ? y2 : y1];

function grid() {
  const lines = [];
  for (let x = 0; x <= WIDE; x++) lines.push(`M${at(x)} ${at(0)}V${at(HIGH)}`);
  for (let y = 0; y <= HIGH; y++) lines.push(`M${at(0)} ${at(y)}H${at(WIDE)}`);
  return shape("path", { class: "book-grid", d: lines.join("") });
}

/** A box to drag: `read()` tells what it is, `change(box)` hears what the reader makes of it. */
function dragged(root, look, read, change) {
  const body = shape("path", { class: "book-body" });
  const handles = CORNERS.map(() => shape("circle", { class: "book-handle", r: 6 }));
  const isTrue = look === "true";
  const label = shape("text", { class: "book-label" });
  label.textContent = isTrue ? "truth" : "prediction";
  const node = shape("g", { class: `book-box book-${look}`, tabindex: 0, role: "application" }, body, label, ...handles);
  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width } = root.getBoundingClientRect();
    return [clientX - left, clientY - top].map((offset) => ((offset * size[0]) / width - REST) / UNIT);
  };
  let grip = null;
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    const [place, box] = [placeOf(event), read()];
    const far = CORNERS.map((corner) => Math.hypot(...cornerAt(box, corner).map((edge, axis) => edge - place[axis])));
    const nearest = far.indexOf(Math.min(...far));
    grip = far[nearest] <= REACH ? { corner: CORNERS[nearest] } : { from: place, box };
  });
  node.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const place = placeOf(event);
    if (grip.corner) change(pulled(read(), grip.corner, place));
    else change(moved(grip.box, place[0] - grip.from[0], place[1] - grip.from[1]));
  });
  node.addEventListener("lostpointercapture", () => {
    grip = null;
  });
  onArrows(node, (rows, columns, isShift) => {
    const box = read();
    const by = (steps) => steps / 4;
    if (isShift) change(pulled(box, { isRight: true, isLow: true }, [box[2] + by(columns), box[3] + by(rows)]));
    else change(moved(box, by(columns), by(rows)));
  });
  const draw = (box, words) => {
    body.setAttribute("d", path(box));
    for (const [index, corner] of CORNERS.entries()) {
      const [x, y] = cornerAt(box, corner);
      handles[index].setAttribute("cx", at(x));
      handles[index].setAttribute("cy", at(y));
    }
    // The truth is named below, the prediction above; inside where the picture ends.
    const [isUnder, edge] = isTrue ? [box[3] <= HIGH - LINE, box[3]] : [box[1] < LINE, box[1]];
    label.setAttribute("x", at(box[0]) + 9);
    label.setAttribute("y", at(edge) + (isUnder ? 20 : -9));
    node.setAttribute("aria-label", words);
  };
  return { node, draw };
}

/** `change(name, box)` hears of a box that the reader has moved. */
export function board(read, change) {
  const root = shape("svg", { class: "book-board", viewBox: `0 0 ${size.join(" ")}` });
  const [under, over] = [shape("g", { "aria-hidden": true }), shape("g", { class: "book-over", "aria-hidden": true })];
  const boxes = ["true", "predicted"].map((name) => dragged(root, name, () => read(name), (box) => change(name, box)));
  const stripes = shape("path", { d: "M-2 8L8 -2M4 14L14 4", class: "book-stripe" });
  const name = newId("book-stripes");
  const pattern = shape("pattern", { id: name, width: 12, height: 12, patternUnits: "userSpaceOnUse" }, stripes);
  root.append(shape("defs", {}, pattern), under, boxes[0].node, boxes[1].node, over);

  /** Draw both boxes, the stops of the walk, and what the score looks at. */
  function draw(score, predicted, truth, stops, words) {
    const [both, outside] = [shared(predicted, truth), around(predicted, truth)];
    const meets = areas(predicted, truth).shared > 0;
    const [from, to] = [centre(predicted), centre(truth)];
    const isFar = score === "DIoU" || score === "CIoU";
    under.replaceChildren(
      grid(),
      ...(score === "GIoU" ? [shape("path", { class: "book-empty", d: path(outside), fill: `url(#${name})` })] : []),
      ...(score === "GIoU" ? [shape("path", { class: "book-cover", d: path(predicted) + path(truth) })] : []),
      shape("path", { class: score === "IoU" ? "book-around book-quiet" : "book-around", d: path(outside) }),
      ...stops.map((stop) => shape("path", { class: "book-stop", d: path(stop) })),
    );
    boxes[0].draw(truth, words.true);
    boxes[1].draw(predicted, words.predicted);
    const [width, height] = [both[2] - both[0], both[3] - both[1]];
    const hasRoom = width >= ROOM[0] && height >= ROOM[1] && !isFar;
    over.replaceChildren(
      ...(meets ? [shape("path", { class: "book-shared", d: path(both) })] : []),
      ...(isFar ? [shape("path", { class: "book-diagonal", d: `M${at(outside[0])} ${at(outside[1])}L${at(outside[2])} ${at(outside[3])}` })] : []),
      ...(isFar ? [shape("path", { class: "book-distance", d: `M${from.map(at).join(" ")}L${to.map(at).join(" ")}` })] : []),
      ...(isFar ? [from, to].map(([x, y]) => shape("circle", { class: "book-centre", cx: at(x), cy: at(y), r: 4.5 })) : []),
      ...(hasRoom
        ? [shape("text", { x: at((both[0] + both[2]) / 2), y: at((both[1] + both[3]) / 2) + 6, "text-anchor": "middle" }, number(width * height, 1))]
        : []),
    );
  }
  return { root, draw };
}
