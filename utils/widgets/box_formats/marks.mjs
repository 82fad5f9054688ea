// What a notation names, drawn on the picture: points with their lines to the rulers, and sizes.

import { COLUMNS, ROWS } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const PILL = [25, 17]; // width and height of a number on a ruler
const GAP = 0.55; // pixels between the box and the arrow of a size

function pill(x, y, text, look) {
  const [width, height] = PILL;
  return shape(
    "g",
    { class: `book-pill ${look}` },
    shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 5 }),
    shape("text", { x, y: y + 4.5, "text-anchor": "middle" }, text),
  );
}

/** A point, its two dashed lines, and its two numbers on the rulers. */
function point(place, [x, y], [textX, textY]) {
  const [px, py] = [place.X(x), place.Y(y)];
  const lines = `M${px} ${place.TOP}V${py}M${place.LEFT} ${py}H${px}`;
  return [
    shape("path", { class: "book-shade", d: lines }),
    shape("path", { class: "book-guide", d: lines }),
    shape("circle", { class: "book-point", cx: px, cy: py, r: 5 }),
    pill(px, place.TOP - 12, textX, "book-across"),
    pill(place.LEFT - 13, py, textY, "book-down"),
  ];
}

/** The arrows of width and height beside the box, on the side where there is room. */
function sizes(place, [left, top, right, bottom], [width, height]) {
  const row = bottom + 1 <= ROWS ? bottom + GAP : top - GAP;
  const column = right + 1 <= COLUMNS ? right + GAP : left - GAP;
  const at = [Math.max(0.6, Math.min(ROWS - 0.6, row)), Math.max(0.6, Math.min(COLUMNS - 0.6, column))];
  const [y, x] = [place.Y(at[0]), place.X(at[1])];
  return [
    shape("path", { class: "book-size", d: `M${place.X(left)} ${y - 5}v10m0 -5H${place.X(right)}m0 -5v10` }),
    shape("path", { class: "book-size", d: `M${x - 5} ${place.Y(top)}h10m-5 0V${place.Y(bottom)}m-5 0h10` }),
    pill(place.X((left + right) / 2), y, width, "book-size"),
    pill(x, place.Y((top + bottom) / 2), height, "book-size"),
  ];
}

/** Draw the points and, if asked for, the sizes of a box. */
export function drawMarks(node, place, box, points, texts, offset, sizeTexts) {
  node.replaceChildren(
    ...points.flatMap(([x, y], index) => point(place, [x + offset, y + offset], texts[index])),
    ...(sizeTexts ? sizes(place, box, sizeTexts) : []),
  );
}
