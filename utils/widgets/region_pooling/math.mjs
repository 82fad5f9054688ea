// RoI pooling and RoI align of one small map: pure functions, compared with torch.

export const [WIDE, HIGH] = [12, 8]; // cells of the map
export const LEAST = 0.5; // side of a region, in cells
const FINE = 12; // places along a cell, of the curves
export const SAMPLES = 2; // places along an axis of a part, for align
export const MAP = [
  [4, 3, 8, 6, 6, 6, 7, 8, 9, 7, 5, 5],
  [3, 3, 8, 5, 3, 4, 4, 5, 8, 6, 5, 5],
  [3, 3, 5, 6, 6, 6, 6, 6, 8, 3, 5, 5],
  [2, 3, 2, 5, 8, 7, 8, 8, 4, 3, 3, 5],
  [3, 3, 2, 2, 1, 3, 3, 2, 3, 3, 3, 4],
  [3, 2, 1, 2, 1, 0, 1, 3, 1, 3, 3, 4],
  [2, 1, 0, 2, 0, 0, 1, 6, 2, 3, 3, 3],
  [1, 2, 1, 0, 0, 0, 0, 3, 1, 3, 2, 3],
];

const within = (value, least, most) => Math.max(least, Math.min(most, value));
const range = (count) => Array.from({ length: count }, (_, index) => index);
const lengths = [WIDE, HIGH];

/** A number rounded to the nearest whole one, halves away from zero. */
export function rounded(value) {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

/** The frame that pooling uses, on the lines of the grid: rounded, with both border cells. */
export function usedFrame([x1, y1, x2, y2]) {
  return [rounded(x1), rounded(y1), rounded(x2) + 1, rounded(y2) + 1];
}

/** From where up to where each part of pooling reaches along an axis, cut off at the map's end. */
export function bands(first, last, parts, length) {
  const side = Math.max(last - first, 1);
  return range(parts).map((part) => [
    within(first + Math.floor((part * side) / parts), 0, length),
    within(first + Math.ceil(((part + 1) * side) / parts), 0, length),
  ]);
}

/** The largest number of each part, with its cell: { value, row, column }; row −1 for no cell. */
export function pooled(region, parts) {
  const [x1, y1, x2, y2] = usedFrame(region);
  const across = bands(x1, x2, parts, WIDE);
  return bands(y1, y2, parts, HIGH).map(([top, bottom]) =>
    across.map(([left, right]) => {
      let best = { value: 0, row: -1, column: -1 };
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          if (best.row < 0 || MAP[row][column] > best.value) best = { value: MAP[row][column], row, column };
        }
      }
      return best;
    }),
  );
}

/** The places of each part of align along an axis, in cells from the map's edge. */
export function places(first, last, parts) {
  const side = (last - first) / parts;
  return range(parts).map((part) => range(SAMPLES).map((sample) => first + part * side + ((sample + 0.5) * side) / SAMPLES));
}

/** The map between its cells, at a place from its edge: the middle of cell i is at i + 1/2. */
export function read(x, y) {
  const along = [x - 0.5, y - 0.5].map((place, axis) => {
    const inside = within(place, 0, lengths[axis] - 1);
    const low = Math.min(Math.floor(inside), lengths[axis] - 2);
    return { low, share: inside - low };
  });
  const [column, row] = along;
  const mean = (line) => MAP[line][column.low] * (1 - column.share) + MAP[line][column.low + 1] * column.share;
  return mean(row.low) * (1 - row.share) + mean(row.low + 1) * row.share;
}

/** The mean of the places of each part. */
export function aligned([x1, y1, x2, y2], parts) {
  const across = places(x1, x2, parts);
  return places(y1, y2, parts).map((rows) =>
    across.map((columns) => {
      const numbers = rows.flatMap((y) => columns.map((x) => read(x, y)));
      return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    }),
  );
}

/** The table of numbers that a method gives. */
export function table(method, region, parts) {
  if (method === "align") return aligned(region, parts);
  return pooled(region, parts).map((row) => row.map(({ value }) => value));
}

/** How many cells a region has, and how many of the map pooling reads for it. */
export function areas([x1, y1, x2, y2]) {
  const [left, top, right, low] = usedFrame([x1, y1, x2, y2]);
  return { asked: (x2 - x1) * (y2 - y1), used: (Math.min(right, WIDE) - left) * (Math.min(low, HIGH) - top) };
}

const tenths = (value) => Math.round(10 * value) / 10;

/** A region moved within the map, to tenths of a cell. */
export function moved([x1, y1, x2, y2], right, down) {
  const place = (start, end, by, most) => {
    const to = within(tenths(start + by), 0, tenths(most - (end - start)));
    return [to, tenths(to + (end - start))];
  };
  const [[left, far], [top, low]] = [place(x1, x2, right, WIDE), place(y1, y2, down, HIGH)];
  return [left, top, far, low];
}

/** A region with one corner pulled to a place, to tenths of a cell. */
export function pulled([x1, y1, x2, y2], { isRight, isLow }, [x, y]) {
  const [across, along] = [tenths(x), tenths(y)];
  return [
    isRight ? x1 : within(across, 0, x2 - LEAST),
    isLow ? y1 : within(along, 0, y2 - LEAST),
    isRight ? within(across, x1 + LEAST, WIDE) : x2,
    isLow ? within(along, y1 + LEAST, HIGH) : y2,
  ];
}

/** The region with its left edge elsewhere. */
const begun = ([x1, y1, x2, y2], left) => [left, y1, left + x2 - x1, y2];

/** The upper left number of a method's table with the region at each twelfth of a cell along its row. */
export function course(method, region, parts) {
  const room = WIDE - (region[2] - region[0]);
  return range(Math.floor(room * FINE + 1e-6) + 1).map((step) => table(method, begun(region, step / FINE), parts)[0][0]);
}

/** What the steps of a third change that lead along the row to a region: { steps, same, most }. */
export function changes(method, region, parts) {
  const steps = Math.floor(3 * region[0] + 1e-6);
  const found = range(steps + 1).map((step) => table(method, begun(region, region[0] - (steps - step) / 3), parts).flat());
  const sizes = found.slice(1).map((numbers, index) => Math.max(...numbers.map((value, at) => Math.abs(value - found[index][at]))));
  return { steps, same: sizes.filter((size) => size < 1e-9).length, most: Math.max(0, ...sizes) };
}

/** The region a third of a cell further to the right, or null at the map's end. */
export function slid([x1, y1, x2, y2]) {
  return x2 + 1 / 3 <= WIDE ? [x1 + 1 / 3, y1, x2 + 1 / 3, y2] : null;
}
