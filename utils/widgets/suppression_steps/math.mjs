// Greedy suppression step by step, and what is left: pure functions.

/** The area that two boxes [x1, y1, x2, y2] share, over the area that they cover together. */
export function iou(one, other) {
  const area = ([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1);
  const wide = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const high = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  const shared = Math.max(0, wide) * Math.max(0, high);
  return shared ? shared / (area(one) + area(other) - shared) : 0;
}

/**
 * All steps of suppression on boxes by falling score: { kept, removed } each, where `kept` is an
 * index and `removed` are pairs [index, IoU with the kept one].
 */
export function steps({ boxes, scores }, iouThreshold, scoreThreshold) {
  const found = [];
  let left = boxes.map((_, index) => index).filter((index) => scores[index] >= scoreThreshold);
  while (left.length) {
    const [kept, ...rest] = left;
    const pairs = rest.map((index) => [index, iou(boxes[kept], boxes[index])]);
    const removed = pairs.filter(([, overlap]) => overlap > iouThreshold);
    found.push({ kept, removed });
    left = pairs.filter(([, overlap]) => overlap <= iouThreshold).map(([index]) => index);
  }
  return found;
}

/**
 * What each of `count` boxes is after `step` of the steps: { fate, by, overlap }, where `fate` is
 * "kept", "gone", "waiting" or "low", `by` the box that kept or removed it, null before, and
 * `isNow` says whether that happened in the last step.
 */
export function fates(all, step, count) {
  const found = Array.from({ length: count }, () => ({ fate: "low", by: null, overlap: null, isNow: false }));
  all.forEach(({ kept, removed }, place) => {
    const isNow = place === step - 1;
    const isPast = place < step;
    found[kept] = isPast ? { fate: "kept", by: kept, overlap: null, isNow } : { ...found[kept], fate: "waiting" };
    for (const [index, overlap] of removed) {
      found[index] = isPast ? { fate: "gone", by: kept, overlap, isNow } : { ...found[index], fate: "waiting" };
    }
  });
  return found;
}

/** How many objects have one kept box, several, or none, and how many kept boxes lie on nothing. */
export function tally(kept, owners, count) {
  const boxes = Array.from({ length: count }, (_, object) => kept.filter((index) => owners[index] === object).length);
  return {
    one: boxes.filter((number) => number === 1).length,
    several: boxes.filter((number) => number > 1).length,
    none: boxes.filter((number) => !number).length,
    nothing: kept.filter((index) => owners[index] < 0).length,
  };
}

const meets = (one, other) => iou(one, other) > 0;

/** A place for a chip of a size at a corner of each box, inside, where it covers no earlier chip. */
export function chips(boxes, [wide, high]) {
  const found = [];
  for (const [x1, y1, x2, y2] of boxes) {
    const corners = [[x1, y1], [x2 - wide, y1], [x1, y2 - high], [x2 - wide, y2 - high], [x1, (y1 + y2 - high) / 2]];
    const spots = corners.map(([x, y]) => [x, y, x + wide, y + high]);
    found.push(spots.find((spot) => !found.some((other) => meets(spot, other))) ?? spots[0]);
  }
  return found.map(([x, y]) => [x, y]);
}
