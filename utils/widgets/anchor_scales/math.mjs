// The arithmetic of the demo: cells, anchors and how well they meet the boxes. No page here.

export const GRIDS = [16, 8, 4, 2]; // cells along a side, map by map
export const VIEWS = [23, 55, 119, 247]; // pixels that a head of each map sees
export const SIDE = 64; // of the picture
export const MATCH = 0.5;
export const CLOSE = 0.4;

/** The largest cell of a map that holds a cell of the finest one, which `cell` may be. */
export function cellOn(stage, [row, column]) {
  const last = GRIDS[stage] - 1;
  return [Math.min(row, last), Math.min(column, last)];
}

/** The middle of a cell, x and y in pixels. */
export function middle(stage, [row, column]) {
  const step = SIDE / GRIDS[stage];
  return [(column + 0.5) * step, (row + 0.5) * step];
}

/** A box around a middle. */
export function around([x, y], width, height) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** The anchor of a cell: `size` is the root of its area, `ratio` its width over its height. */
export function anchor(stage, cell, size, ratio) {
  const root = Math.sqrt(ratio);
  return around(middle(stage, cell), size * root, size / root);
}

/** What the head sees from a cell, also beyond the picture. */
export function view(stage, cell) {
  return around(middle(stage, cell), VIEWS[stage], VIEWS[stage]);
}

/** Shared area over covered area of two boxes. */
export function iou(a, b) {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = ([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1);
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

/** All cells of a map, row by row. */
export function cells(stage) {
  const count = GRIDS[stage];
  return Array.from({ length: count * count }, (_, index) => [Math.floor(index / count), index % count]);
}

/** For each box its best anchor on a map: { overlap, cell }; of equal ones the first. */
export function best(stage, size, ratio, boxes) {
  const laid = cells(stage).map((cell) => ({ cell, box: anchor(stage, cell, size, ratio) }));
  return boxes.map((box) =>
    laid.reduce(
      (found, { cell, box: one }) => {
        const overlap = iou(one, box);
        return overlap > found.overlap ? { overlap, cell } : found;
      },
      { overlap: -1, cell: [0, 0] },
    ),
  );
}

/** For each box its best anchor of all maps: { overlap, cell, stage }; of equal ones the finest. */
export function bests(sizes, ratio, boxes) {
  const maps = sizes.map((size, stage) => best(stage, size, ratio, boxes));
  return boxes.map((_, index) =>
    maps.reduce((found, map, stage) => (map[index].overlap > found.overlap ? { ...map[index], stage } : found), { overlap: -1 }),
  );
}

/** Which of the boxes is the smallest. */
export function smallest(boxes) {
  const areas = boxes.map(([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1));
  return areas.indexOf(Math.min(...areas));
}

/** What an anchor stands for by its largest overlap: an object, nearly one, or background. */
export function label(overlap) {
  if (overlap >= MATCH) return "object";
  return overlap >= CLOSE ? "near" : "background";
}

/** The anchors of a map that meet a box by 0.4 or more: { box, overlap, object, label }. */
export function marked(stage, size, ratio, boxes) {
  return cells(stage).flatMap((cell) => {
    const box = anchor(stage, cell, size, ratio);
    const overlaps = boxes.map((other) => iou(box, other));
    const overlap = Math.max(...overlaps);
    return overlap >= CLOSE ? [{ box, overlap, object: overlaps.indexOf(overlap), label: label(overlap) }] : [];
  });
}

/** The cell of a map that a point lies in. */
export function cellAt(stage, x, y) {
  const count = GRIDS[stage];
  const place = (value) => Math.max(0, Math.min(count - 1, Math.floor((value * count) / SIDE)));
  return [place(y), place(x)];
}

/** The cell of a map that holds the middle of a box. */
export function home(stage, [x1, y1, x2, y2]) {
  return cellAt(stage, (x1 + x2) / 2, (y1 + y2) / 2);
}
