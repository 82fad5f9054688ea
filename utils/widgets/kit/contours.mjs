// Contour lines of a function that is known on a grid, by marching squares.

/**
 * Pairs [from, to] of a cell's edges that the line crosses, with higher values on its left. The
 * corners are given counter-clockwise, from the lower left; edge i leads from corner i to the next.
 */
function crossings(corners, level) {
  const isHigh = corners.map((value) => value >= level);
  const isUp = (edge) => !isHigh[edge % 4] && isHigh[(edge + 1) % 4];
  const isDown = (edge) => isHigh[edge] && !isHigh[(edge + 1) % 4];
  // Where high corners face each other, the mean decides whether they are joined in the middle.
  const turn = corners.reduce((sum, value) => sum + value / 4, 0) >= level ? 1 : 3;
  const end = (edge) => [1, 2, 3].map((step) => (edge + step * turn) % 4).find(isUp);
  return [0, 1, 2, 3].filter(isDown).map((edge) => [edge, end(edge)]);
}

/** Where the line crosses an edge from one grid point to its right or upper neighbour. */
function crossing(values, level, [column, row], isUpright) {
  const start = values[row][column];
  const end = isUpright ? values[row + 1][column] : values[row][column + 1];
  const share = (level - start) / (end - start);
  return isUpright ? [column, row + share] : [column + share, row];
}

/** Chains of the map `next`: those with an end first, then the closed ones. */
function chains(next) {
  const inner = new Set(next.values());
  const starts = [...next.keys()];
  const found = [];
  for (const isOpen of [true, false]) {
    for (const start of starts.filter((edge) => inner.has(edge) !== isOpen)) {
      if (!next.has(start)) continue; // already part of a chain
      const chain = [start];
      for (let edge = start; next.has(edge); ) {
        const after = next.get(edge);
        next.delete(edge);
        chain.push((edge = after));
      }
      found.push(chain);
    }
  }
  return found;
}

function linesOf(values, level) {
  const width = values[0]?.length ?? 0;
  const next = new Map(); // from the number of one crossed edge to that of the following
  for (let row = 0; row + 1 < values.length; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const [low, high] = [values[row], values[row + 1]];
      const corners = [low[column], low[column + 1], high[column + 1], high[column]];
      if (!(Math.min(...corners) < level && Math.max(...corners) >= level)) continue;
      if (!corners.every(Number.isFinite)) continue;
      // Every edge belongs to the grid point on its left or lower end, as 2 · point + isUpright.
      const point = row * width + column;
      const edges = [2 * point, 2 * point + 3, 2 * (point + width), 2 * point + 1];
      for (const [from, to] of crossings(corners, level)) next.set(edges[from], edges[to]);
    }
  }
  const place = (edge) => {
    const point = edge >> 1;
    return crossing(values, level, [point % width, Math.floor(point / width)], edge % 2 === 1);
  };
  const isNew = (at, index, all) => !index || all[index - 1].some((value, side) => value !== at[side]);
  return chains(next)
    .map((chain) => chain.map(place).filter(isNew))
    .filter((points) => points.length > 1);
}

/**
 * Contour lines of `values`, an array of rows of numbers (row 0 has the smallest y).
 *
 * Returns for every level an array of polylines, each an array of points [column, row] in grid
 * coordinates: [2, 0.5] lies on column 2, midway between rows 0 and 1. A closed line ends where it
 * begins. Higher values lie on the left of a line. Cells with a corner that is not finite are
 * left out, and a level that no cell crosses has no lines.
 */
export function contourLines(values, levels) {
  return levels.map((level) => linesOf(values, level));
}
