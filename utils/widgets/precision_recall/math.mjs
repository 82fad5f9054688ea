// Overlaps, COCO's matching, and the curve of precision against recall: pure functions.

/** The overlap of two boxes [x1, y1, x2, y2]: intersection over union, 0 for boxes without area. */
export function iou([a, b, c, d], [e, f, g, h]) {
  const [width, height] = [Math.min(c, g) - Math.max(a, e), Math.min(d, h) - Math.max(b, f)];
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((c - a) * (d - b) + (g - e) * (h - f) - shared);
}

/**
 * What becomes of each box, by falling score: { object, best, overlap, isTaken }. `object` is the
 * one that it finds, −1 for none; `best` the one that it overlaps most, taken or not, by `overlap`.
 */
export function match(boxes, truths, threshold) {
  const free = truths.map(() => true);
  return boxes.map((box) => {
    const overlaps = truths.map((truth) => iou(box, truth));
    let object = -1;
    overlaps.forEach((value, index) => {
      // Of equal overlaps the last one, as pycocotools has it.
      if (free[index] && value >= threshold && (object < 0 || value >= overlaps[object])) object = index;
    });
    const overlap = Math.max(...overlaps);
    const best = overlaps.indexOf(overlap);
    const isTaken = !free[best];
    if (object >= 0) free[object] = false;
    return { object, best, overlap, isTaken };
  });
}

/** [recall, precision] after each box; `hits` are truth values by falling score. */
export function curve(hits, count) {
  let found = 0;
  return hits.map((hit, index) => {
    found += Number(hit);
    return [found / count, found / (index + 1)];
  });
}

/** For each of `count` objects the best precision at which it is had; 0 where it is missed. */
export function heights(hits, count) {
  const points = curve(hits, count);
  return Array.from({ length: count }, (_, index) => {
    const reached = points.filter(([recall]) => recall * count > index + 0.5);
    return reached.reduce((best, [, precision]) => Math.max(best, precision), 0);
  });
}

/** The average precision of all points: the mean of the heights. */
export function averagePrecision(hits, count) {
  return heights(hits, count).reduce((sum, height) => sum + height, 0) / count;
}
