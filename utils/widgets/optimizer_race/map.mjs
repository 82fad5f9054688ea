// The map of a surface: bands between level lines, the darker the lower.

import { EDGES, ground } from "./math.mjs";
import { contourLines } from "../kit/contours.mjs";
import { shape } from "../kit/parts.mjs";

const [COLUMNS, ROWS] = [96, 64]; // cells of the grid on which heights are known
export const LEVELS = [0.02, 0.08, 0.25, 0.6, 1.2, 2.2, 3.8, 6.2, 10, 16, 26, 45, 80, 150]; // equal for all surfaces
const OUTSIDE = 1e9; // a rim as high as this closes all lines

const atColumn = (column) => (column / COLUMNS) * 2 * EDGES[0] - EDGES[0];
const atRow = (row) => (row / ROWS) * 2 * EDGES[1] - EDGES[1];

/** Heights on the grid, with a high rim of one cell around it. */
function heights(state) {
  const isRim = (column, row) => column < 0 || row < 0 || column > COLUMNS || row > ROWS;
  const at = (column, row) => (isRim(column, row) ? OUTSIDE : ground(state, [atColumn(column), atRow(row)]).height);
  return Array.from({ length: ROWS + 3 }, (_, row) => Array.from({ length: COLUMNS + 3 }, (__, column) => at(column - 1, row - 1)));
}

/** One path for each level, around all that is lower; `toPixels` maps places to the drawing. */
export function bands(state, toPixels) {
  const rim = (value, most) => Math.max(0, Math.min(most, value - 1)); // the rim lies on the edge
  const point = ([column, row]) => toPixels([atColumn(rim(column, COLUMNS)), atRow(rim(row, ROWS))]).map((value) => value.toFixed(1));
  const outline = (line) => `M${line.map((at) => point(at).join(" ")).join("L")}Z`;
  return contourLines(heights(state), LEVELS)
    .map((lines) => shape("path", { class: "book-band", "fill-rule": "evenodd", d: lines.map(outline).join("") }))
    .reverse();
}
