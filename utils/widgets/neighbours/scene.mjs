// What the nearest-neighbours demo draws: regions, the lines of the query, and badges for classes.

import { distanceTo, nearest, smoothRegions } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

export const RANGE = [-5, 105]; // of the plane, both ways; points keep within 0 to 100
const CELLS = 88; // a side, so that a cell is 5/4 wide
const PARTS = 4; // of a cell at a border, a side: 5/16 wide, and its middle an exact number
export const SIZE = CELLS * PARTS; // of the plane, in pixels
const AROUND = Array.from({ length: 72 }, (_, index) => (index * Math.PI) / 36);

/** For each class a path of square cells, `unit` wide: runs along the rows. */
export function regionPaths(classes, cells, unit) {
  const paths = [[], [], []];
  for (let row = 0; row < cells; row++) {
    for (let start = 0; start < cells; ) {
      const label = classes[row * cells + start];
      let end = start + 1;
      while (end < cells && classes[row * cells + end] === label) end += 1;
      const width = (end - start) * unit;
      paths[label]?.push(`M${start * unit} ${row * unit}h${width}v${unit}h${-width}z`);
      start = end;
    }
  }
  return paths.map((parts) => parts.join(""));
}

/** The way to a neighbour: straight for L2, along the axes for L1. */
function way([x, y], [a, b], distance) {
  return distance === "L1" ? [[x, y], [a, y], [a, b]] : [[x, y], [a, b]];
}

/** All places as far from the query as its last neighbour. */
export function ring([x, y], radius, distance) {
  if (distance === "L1") return [[x + radius, y], [x, y + radius], [x - radius, y], [x, y - radius]];
  return AROUND.map((angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
}

/** The ways from the query to its neighbours, and the ring through the last of them. */
export function marks({ points, query, k, distance }) {
  const found = nearest(points, query, { k, distance }).map((index) => points[index]);
  if (!found.length) return [];
  const radius = distanceTo(query, found.at(-1), distance);
  return [
    { area: ring(query, radius, distance), look: "ring" },
    ...found.map((point) => ({ line: way(query, point, distance), look: "way" })),
    ...found.map((point) => ({ line: way(query, point, distance), look: `way-${point[2]}` })),
  ];
}

/** The coloured regions under a plane; `set(points, settings)` paints them. */
export function regionLayer(fill) {
  const paths = [0, 1, 2].map((label) => shape("path", { class: "book-region", fill: fill(label) }));
  let known = "";
  const set = (points, { k, distance }) => {
    const asked = JSON.stringify([points, k, distance]);
    if (asked === known) return; // while the query moves, say
    known = asked;
    const classes = smoothRegions(points, { k, distance }, RANGE, CELLS, PARTS);
    const texts = regionPaths(classes, SIZE, 1);
    for (const [label, text] of texts.entries()) paths[label].setAttribute("d", text);
  };
  return { root: shape("g", { "aria-hidden": true }, ...paths), set };
}
