// Nearest neighbours on a plane. A point is [x, y, class]; settings are { k, distance, leave_out }.

const CLASSES = 3;

/** The distance of a place from a point: straight for L2, along the axes for L1. */
export function distanceTo([x, y], [a, b], distance) {
  return distance === "L1" ? Math.abs(x - a) + Math.abs(y - b) : Math.hypot(x - a, y - b);
}

/**
 * The indices of the k nearest points, the nearest first; of equals the one that comes first in
 * the list. The point `skip` does not count. L2 is compared by its square: with whole numbers
 * that is exact, so that equal distances are found equal.
 */
export function nearest(points, [x, y], { k, distance }, skip = -1) {
  const [found, gaps] = [[], []];
  for (let index = 0; index < points.length; index++) {
    if (index === skip) continue;
    const [across, up] = [Math.abs(x - points[index][0]), Math.abs(y - points[index][1])];
    const gap = distance === "L1" ? across + up : across * across + up * up;
    if (gaps.length === k && gap >= gaps[k - 1]) continue;
    let at = Math.min(gaps.length, k - 1); // when all seats are taken, the last one is lost
    for (; at > 0 && gaps[at - 1] > gap; at--) {
      gaps[at] = gaps[at - 1];
      found[at] = found[at - 1];
    }
    gaps[at] = gap;
    found[at] = index;
  }
  return found;
}

/** How many of the points at these indices belong to each class. */
export function countVotes(points, indices) {
  const votes = Array(CLASSES).fill(0);
  for (const index of indices) votes[points[index][2]] += 1;
  return votes;
}

/** The class with most votes, of equals the lowest; −1 if nobody votes. */
export function winner(votes) {
  let first = 0;
  for (let label = 1; label < votes.length; label++) if (votes[label] > votes[first]) first = label;
  return votes[first] ? first : -1;
}

/** The class that a place is given; −1 if there is no point to ask. */
export function predict(points, place, settings, skip = -1) {
  return winner(countVotes(points, nearest(points, place, settings, skip)));
}

/** Whether a point without a seat is as far as the last one that votes. */
export function isContested(points, place, settings) {
  const all = nearest(points, place, { ...settings, k: settings.k + 1 });
  if (all.length <= settings.k) return false;
  const [last, next] = all.slice(-2).map((index) => distanceTo(place, points[index], settings.distance));
  return last === next;
}

/** The indices of the points that are given another class than their own; null if none can ask. */
export function wrongPoints(points, settings) {
  if (points.length <= (settings.leave_out ? 1 : 0)) return null;
  const isWrong = (index) =>
    predict(points, points[index], settings, settings.leave_out ? index : -1) !== points[index][2];
  return [...points.keys()].filter(isWrong);
}

/** The middles of `cells` equal parts of a range. */
export function middles([least, greatest], cells) {
  const step = (greatest - least) / cells;
  return Array.from({ length: cells }, (_, index) => least + (index + 0.5) * step);
}

/** The class of every cell of a square, row by row from the top: see `predict`. */
export function regions(points, { k, distance }, range, cells) {
  const part = distance === "L1" ? Math.abs : (gap) => gap * gap;
  const [across, up] = [0, 1].map((side) =>
    middles(range, cells).map((middle) => points.map((point) => part(middle - point[side]))),
  );
  const seats = Math.min(k, points.length);
  const order = Uint8Array.from(points.keys());
  const gaps = new Float64Array(points.length);
  const classes = [];
  for (const upward of up.reverse()) {
    for (const sideways of across) {
      // From cell to cell the order hardly changes, so that sorting by insertion has little to do.
      for (let rank = 0; rank < order.length; rank++) {
        const index = order[rank];
        const gap = sideways[index] + upward[index];
        let at = rank;
        for (; at > 0; at--) {
          const before = gaps[at - 1];
          if (before < gap || (before === gap && order[at - 1] < index)) break;
          gaps[at] = before;
          order[at] = order[at - 1];
        }
        gaps[at] = gap;
        order[at] = index;
      }
      const votes = [0, 0, 0];
      for (let rank = 0; rank < seats; rank++) votes[points[order[rank]][2]] += 1;
      classes.push(winner(votes));
    }
  }
  return classes;
}
