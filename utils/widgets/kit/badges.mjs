// How three classes are told apart without colour: letters, outlines and textures.

import { newId, shape } from "./parts.mjs";

export const LETTERS = ["A", "B", "C"];

// A circle, a square and a triangle around the origin.
const BADGES = [
  "M-8.5 0a8.5 8.5 0 1 1 17 0a8.5 8.5 0 1 1 -17 0z",
  "M-8 -8h16v16h-16z",
  "M0 -11.5L11.5 8.5H-11.5z",
];

/** The sign of a class: the path of its outline, and where its letter stands. */
export function badge(label) {
  return { outline: BADGES[label], lower: label === 2 ? 2.5 : 0.5 };
}

/** The signs of classes, to be put on a point or into a legend. */
export function badgeShapes(label) {
  const { outline, lower } = badge(label);
  return [
    shape("path", { class: "book-badge", d: outline }),
    shape("text", { class: "book-letter", y: lower }, LETTERS[label]),
  ];
}

// Stripes for B, dots for C; A is plain.
const TEXTURES = [
  [],
  [["path", { d: "M-2 2L2 -2M0 10L10 0M8 12L12 8", class: "book-stripe" }]],
  [["circle", { cx: 2.5, cy: 2.5, r: 1.2, class: "book-spot" }], ["circle", { cx: 7.5, cy: 7.5, r: 1.2, class: "book-spot" }]],
];

/** Textures for the regions, under ids that no other view has. */
export function textures() {
  const name = newId("book-texture");
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
