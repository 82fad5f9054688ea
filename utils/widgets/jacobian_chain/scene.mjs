// The Jacobians of a chain as boxes to scale, standing on the sizes that join them.

import { chainAt, nextAt } from "./math.mjs";
import { boxName, shapeText, sizeName } from "./words.mjs";
import { shape } from "../kit/parts.mjs";

const EDGE = 24; // pixels from the border to the outer sizes
const RADIUS = 14; // of a size's circle
const TOP = 40; // room for a box's name and shape
const ABOVE = 28; // from a box up to the middle of its name
const NEAR = 11; // and of its shape
const TALLEST = 104;
const THINNEST = 4; // of a box, so that a size of 1 is seen
const DROP = 34; // from the boxes down to the circles
const FOOT = 36; // from the circles down to the border

/** Where everything of a chain stands, in pixels; x = 0 is the left border. */
export function layout(sizes, order, step, width) {
  const count = sizes.length - 1;
  const part = (width - 2 * EDGE) / count;
  const room = Math.max(THINNEST, Math.min(TALLEST, part - 12));
  const scale = room / Math.max(...sizes);
  const ground = TOP + room;
  const chain = chainAt(sizes, order, step);
  const at = chain.length > 1 ? nextAt(chain, order) : -1;
  // The sizes stand in the reading order of the product: the output first.
  const placeOf = (index) => EDGE + (count - index) * part;
  const boxes = chain.map((box, index) => {
    const [from, to] = [placeOf(box.last), placeOf(box.first - 1)];
    const [tall, wide] = box.shape.map((size) => Math.max(THINNEST, size * scale));
    const x = (from + to - wide) / 2;
    const isMade = box.first !== box.last;
    const next = at < 0 ? "" : ["left", "right"][index - at] ?? "";
    return { ...box, from, to, x, y: ground - tall, wide, tall, isMade, next };
  });
  const alive = new Set(chain.flatMap(({ first, last }) => [first - 1, last]));
  const joint = at < 0 ? -1 : chain[at].first - 1;
  const circles = sizes.map((size, index) => ({
    size,
    x: placeOf(index),
    name: sizeName(index, sizes.length) + ({ 0: " of x", [count]: " of y" }[index] ?? ""),
    kind: index === joint ? "joint" : alive.has(index) ? "alive" : "gone",
  }));
  return { width, height: ground + DROP + FOOT, ground, level: ground + DROP, boxes, circles };
}

const text = (className, x, y, words) => shape("text", { class: className, x, y }, words);
const line = (className, d) => shape("path", { class: className, d });

function boxMarks(box, { ground, level }) {
  const middle = (box.from + box.to) / 2;
  const right = box.x + box.wide;
  const edge = (isNext) => `book-edge${isNext ? " book-next" : ""}`;
  const tie = (isNext) => `book-tie${isNext ? " book-next" : ""}`;
  return [
    line(tie(box.next === "right"), `M${box.x} ${ground}L${box.from} ${level}`),
    line(tie(box.next === "left"), `M${right} ${ground}L${box.to} ${level}`),
    shape("rect", {
      class: `book-box${box.isMade ? " book-made" : ""}`,
      x: box.x,
      y: box.y,
      width: box.wide,
      height: box.tall,
    }),
    line(edge(box.next === "right"), `M${box.x} ${box.y}V${ground}`),
    line(edge(box.next === "left"), `M${box.x} ${ground}H${right}`),
    text("book-name", middle, box.y - ABOVE, boxName(box)),
    text("book-shape", middle, box.y - NEAR, shapeText(box.shape)),
  ];
}

function circleMarks({ size, x, name, kind }, level) {
  return [
    shape("circle", { class: `book-size book-${kind}`, cx: x, cy: level, r: RADIUS }),
    text(`book-number book-${kind}`, x, level, String(size)),
    text("book-letter", x, level + RADIUS + 12, name),
  ];
}

/** An SVG that shows a chain; `draw` takes what `layout` takes, and a label. */
export function chainPicture() {
  const root = shape("svg", { class: "book-chain", role: "img" });
  function draw({ sizes, order, step, width, label }) {
    const placed = layout(sizes, order, step, width);
    root.setAttribute("viewBox", `0 0 ${placed.width} ${placed.height}`);
    root.setAttribute("width", placed.width);
    root.setAttribute("height", placed.height);
    root.setAttribute("aria-label", label);
    root.replaceChildren(
      ...placed.boxes.flatMap((box) => boxMarks(box, placed)),
      ...placed.circles.flatMap((circle) => circleMarks(circle, placed.level)),
    );
  }
  return { root, draw };
}

/** Boxes that lie beside each other, to one scale: { name, shape } each, a shape may be null. */
export function looseBoxes() {
  const root = shape("svg", { class: "book-chain", role: "img" });
  function draw(boxes, largest, width) {
    const part = width / boxes.length;
    const room = Math.min(TALLEST * 0.6, part - 12);
    const ground = TOP + room;
    root.setAttribute("viewBox", `0 0 ${width} ${ground + 6}`);
    root.setAttribute("width", width);
    root.setAttribute("height", ground + 6);
    const said = boxes.map((box) => `${box.name}, ${box.shape ? shapeText(box.shape) : "unknown"}`);
    root.setAttribute("aria-label", `Boxes from left to right: ${said.join("; ")}.`);
    root.replaceChildren(
      ...boxes.flatMap((box, index) => {
        const middle = (index + 0.5) * part;
        const [tall, wide] = (box.shape ?? [largest / 2, largest / 2]).map((size) =>
          Math.max(THINNEST, (size * room) / largest),
        );
        const place = { x: middle - wide / 2, y: ground - tall, width: wide, height: tall };
        return [
          shape("rect", { class: `book-box${box.shape ? "" : " book-asked"}`, ...place }),
          text("book-name", middle, place.y - ABOVE, box.name),
          text("book-shape", middle, place.y - NEAR, box.shape ? shapeText(box.shape) : "? × ?"),
        ];
      }),
    );
  }
  return { root, draw };
}
