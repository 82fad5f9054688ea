// What the demo of polar rings draws: a net of circles and rays, the line, its sides and the points.

import { shape } from "../kit/parts.mjs";
import { blended, direction } from "./math.mjs";

export const EDGE = 3.6; // of the plane
export const SIZE = 400; // of the plane, in pixels
export const TIP = 3.1; // how far from the origin the arrow ends that turns the line
const FAR = 12; // beyond every corner of the plane
const NAMED = 2.85; // how far from the origin the cut has its name
const CIRCLES = [1, 2, 3];
const RAYS = [-135, -90, -45, 0, 45, 90, 135];
const AROUND = Array.from({ length: 73 }, (_, index) => -Math.PI + (index * Math.PI) / 36);
const SIGNS = ["M-5.2 0a5.2 5.2 0 1 1 10.4 0a5.2 5.2 0 1 1 -10.4 0z", "M-4.8 -4.8h9.6v9.6h-9.6z"];

/** Where a place of the plane is, in pixels of the drawing. */
export function toPixels([x, y]) {
  return [((x + EDGE) * SIZE) / (2 * EDGE), ((EDGE - y) * SIZE) / (2 * EDGE)];
}

/** The place at a height along the line's direction, and so far beside it. */
export function at({ angle }, height, aside = 0) {
  const [across, up] = direction(angle);
  return [height * across - aside * up, height * up + aside * across];
}

/** The names of the axes at a blend. */
export function axisNames(blend) {
  if (blend === 0) return ["x", "y"];
  return blend === 1 ? ["r", "θ"] : ["x → r", "y → θ"];
}

/** Circles and rays round the origin at a blend, and the cut from which θ starts and at which it ends. */
export function net(blend) {
  const polar = (radius, theta) => blended([radius * Math.cos(theta), radius * Math.sin(theta)], blend, theta);
  const ray = (theta, look) => ({ line: [polar(0, theta), polar(EDGE, theta)], look });
  const degrees = (angle) => (angle * Math.PI) / 180;
  return [
    ...CIRCLES.map((radius) => ({ line: AROUND.map((theta) => polar(radius, theta)), look: "net" })),
    ...RAYS.map((angle) => ray(degrees(angle), "net")),
    ray(Math.PI, "cut"),
    ray(-Math.PI, "cut"),
    // Rolled up, both ends of θ are at one place.
    ...(blend === 0 ? [1] : [1, -1]).map((end) => ({
      text: blend === 0 ? "±π" : end === 1 ? "π" : "−π",
      at: polar(NAMED, end * Math.PI),
      away: [0, blend === 0 ? 1 : end],
      look: "cut",
    })),
  ];
}

/** The line, the arrow along which heights are measured, and the names of the axes. */
export function marks(line, blend) {
  const names = axisNames(blend);
  return [
    ...net(blend),
    { line: [at(line, -FAR), at(line, FAR)], look: "way" },
    { arrow: [[0, 0], at(line, TIP)], look: "way-tip" },
    { line: [at(line, line.offset, -FAR), at(line, line.offset, FAR)], look: "halo" },
    { line: [at(line, line.offset, -FAR), at(line, line.offset, FAR)], look: "divide" },
    { text: names[0], at: [EDGE, 0], look: "axis-name", away: [0, 1] },
    { text: names[1], at: [0, EDGE], look: "axis-name", away: [1, 0] },
  ];
}

/** The two tinted sides of the line; `set(line, beyond)` gives class `beyond` to the side beyond it. */
export function sideLayer(fill) {
  const areas = [0, 1].map(() => shape("polygon", { class: "book-region" }));
  const set = (line, beyond) => {
    for (const [side, area] of areas.entries()) {
      const far = side ? FAR : -FAR;
      const corners = [[line.offset, -FAR], [line.offset, FAR], [far, FAR], [far, -FAR]];
      area.setAttribute("points", corners.map((corner) => toPixels(at(line, ...corner)).join(" ")).join(" "));
      area.setAttribute("fill", fill(side ? beyond : 1 - beyond));
    }
  };
  return { root: shape("g", { "aria-hidden": true }, ...areas), set };
}

/** The sign of a class: a circle or a square. */
export function sign(label) {
  return shape("path", { class: `book-sign book-class-${label}`, d: SIGNS[label] });
}

/** The points, each with the sign of its class; those on the wrong side have a dashed ring. */
export function pointLayer() {
  const root = shape("g", { "aria-hidden": true });
  const items = [];
  function added(label) {
    const item = shape("g", { class: "book-point" }, shape("circle", { class: "book-wrong-ring", r: 8.5 }), sign(label));
    root.append(item);
    return item;
  }
  function set(points, wrong) {
    const isWrong = new Set(wrong);
    for (const [index, point] of points.entries()) {
      items[index] ??= added(point[2]);
      items[index].setAttribute("transform", `translate(${toPixels(point).join(" ")})`);
      items[index].classList.toggle("book-wrong", isWrong.has(index));
    }
  }
  return { root, set };
}
