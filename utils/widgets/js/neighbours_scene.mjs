// What the nearest-neighbours demo draws: regions, the lines of the query, and badges for classes.

import { distanceTo, nearest, regions } from "./neighbours_math.mjs";
import { shape } from "./parts.mjs";

export const RANGE = [-5, 105]; // of the plane, both ways; points keep within 0 to 100
const CELLS = 88; // a side, so that a cell is 1.25 wide and its middle an exact number
const CELL = 4; // pixels a side
export const SIZE = CELLS * CELL; // of the plane, in pixels
const AROUND = Array.from({ length: 72 }, (_, index) => (index * Math.PI) / 36);

// A circle, a square and a triangle around the origin.
const BADGES = [
  "M-8.5 0a8.5 8.5 0 1 1 17 0a8.5 8.5 0 1 1 -17 0z",
  "M-8 -8h16v16h-16z",
  "M0 -11.5L11.5 8.5H-11.5z",
];

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

/** The sign of a class: the path of its outline, and where its letter stands. */
export function badge(label) {
  return { outline: BADGES[label], lower: label === 2 ? 2.5 : 0.5 };
}

// Stripes for B, dots for C; A is plain.
const TEXTURES = [
  [],
  [["path", { d: "M-2 2L2 -2M0 10L10 0M8 12L12 8", class: "book-stripe" }]],
  [["circle", { cx: 2.5, cy: 2.5, r: 1.2, class: "book-spot" }], ["circle", { cx: 7.5, cy: 7.5, r: 1.2, class: "book-spot" }]],
];

/** Textures for the regions, under ids that no other view has. */
export function textures() {
  const name = `book-texture-${Math.random().toString(36).slice(2)}`;
  const patterns = TEXTURES.map((parts, label) =>
    shape(
      "pattern",
      { id: `${name}-${label}`, width: 10, height: 10, patternUnits: "userSpaceOnUse", class: `book-class-${label}` },
      shape("rect", { width: 10, height: 10, class: "book-ground" }),
      ...parts.map(([tag, attributes]) => shape(tag, attributes)),
    ),
  );
  return { root: shape("defs", {}, ...patterns), fill: (label) => `url(#${name}-${label})` };
}

/** The coloured regions under a plane; `set(points, settings)` paints them. */
export function regionLayer(fill) {
  const paths = [0, 1, 2].map((label) => shape("path", { class: "book-region", fill: fill(label) }));
  let known = "";
  const set = (points, { k, distance }) => {
    const asked = JSON.stringify([points, k, distance]);
    if (asked === known) return; // while the query moves, say
    known = asked;
    const classes = regions(points, { k, distance }, RANGE, CELLS);
    const texts = regionPaths(classes, CELLS, CELL);
    for (const [label, text] of texts.entries()) paths[label].setAttribute("d", text);
  };
  return { root: shape("g", { "aria-hidden": true }, ...paths), set };
}
