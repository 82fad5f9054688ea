// The photograph with its boxes: kept ones green, removed ones red and dashed, the others blue.

import { chips } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";

const CHIP = [6.5, 5]; // pixels of the picture

const at = ([x1, y1, x2, y2]) => ({ x: x1, y: y1, width: x2 - x1, height: y2 - y1 });

/** The picture; `draw(fates)` shows what each box is now. */
export function picture({ width, height, pixels, boxes }) {
  const canvas = element("canvas", { class: "book-dots", "aria-hidden": true });
  paint(canvas, decodePixels(pixels), width, height);
  const places = chips(boxes, CHIP);
  const frames = boxes.map((box) =>
    shape("g", {}, shape("rect", { ...at(box), class: "book-halo" }), shape("rect", { ...at(box), class: "book-edge" })),
  );
  const names = places.map(([x, y], index) =>
    shape(
      "g",
      {},
      shape("rect", { x, y, width: CHIP[0], height: CHIP[1], class: "book-chip" }),
      shape("text", { x: x + CHIP[0] / 2, y: y + CHIP[1] / 2, class: "book-name" }, String(index + 1)),
    ),
  );
  const layers = [frames, names].map((nodes) => shape("g", {}, ...nodes));
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" }, ...layers);
  const root = element("div", { class: "book-photo" }, canvas, drawing);

  function draw(found) {
    found.forEach(({ fate, by, isNow }, index) => {
      for (const mark of [frames[index], names[index]]) {
        mark.setAttribute("class", `book-box book-${fate}${isNow ? " book-now" : ""}`);
        mark.dataset.about = `group${by ?? `-of-${index}`}`;
      }
    });
    // What is kept lies on top, the newest last.
    const height = ({ fate, isNow }) => (fate === "kept") + 2 * (fate === "kept" && isNow);
    const order = found.map((_, index) => index).sort((one, other) => height(found[one]) - height(found[other]));
    [frames, names].forEach((nodes, place) => layers[place].append(...order.map((index) => nodes[index])));
    const named = (wanted) => found.flatMap(({ fate }, index) => (fate === wanted ? [index + 1] : [])).join(", ") || "none";
    drawing.setAttribute("aria-label", `Five digits. Boxes kept: ${named("kept")}; removed: ${named("gone")}; waiting: ${named("waiting")}.`);
  }
  return { root, draw };
}
