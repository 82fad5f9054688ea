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

/**
 * A function that gives a place its class, as `predict` does, and is quick for places that lie
 * close together: the order of the points hardly changes, so that sorting has little to do.
 */
function classifier(points, { k, distance }) {
  const isL1 = distance === "L1";
  const [xs, ys] = [0, 1].map((side) => Float64Array.from(points, (point) => point[side]));
  const labels = Uint8Array.from(points, (point) => point[2]);
  const seats = Math.min(k, points.length);
  const order = Uint8Array.from(points.keys());
  const gaps = new Float64Array(points.length);
  const votes = [0, 0, 0];
  return (x, y) => {
    for (let rank = 0; rank < order.length; rank++) {
      const index = order[rank];
      const [across, up] = [x - xs[index], y - ys[index]];
      const gap = isL1 ? Math.abs(across) + Math.abs(up) : across * across + up * up;
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
    votes.fill(0);
    for (let rank = 0; rank < seats; rank++) votes[labels[order[rank]]] += 1;
    return winner(votes);
  };
}

/** The class of every cell of a square, row by row from the top: see `predict`. */
export function regions(points, settings, range, cells) {
  const places = middles(range, cells);
  const classOf = classifier(points, settings);
  return [...places].reverse().flatMap((y) => places.map((x) => classOf(x, y)));
}

/** Whether all eight cells around a cell, as far as they exist, are of its class. */
function isInner(classes, cells, row, column) {
  const own = classes[row * cells + column];
  for (let down = Math.max(0, row - 1); down <= Math.min(cells - 1, row + 1); down++) {
    for (let across = Math.max(0, column - 1); across <= Math.min(cells - 1, column + 1); across++) {
      if (classes[down * cells + across] !== own) return false;
    }
  }
  return true;
}

/**
 * The class of every cell of a fine grid, `parts` times as many a side as `cells`: a coarse cell
 * far from every border keeps its class, the others are asked part by part.
 */
export function smoothRegions(points, settings, range, cells, parts) {
  const coarse = regions(points, settings, range, cells);
  const side = cells * parts;
  const fine = new Int8Array(side * side);
  const places = middles(range, side);
  const classOf = classifier(points, settings);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const isSame = isInner(coarse, cells, row, column);
      const own = coarse[row * cells + column];
      for (let down = row * parts; down < (row + 1) * parts; down++) {
        const start = down * side + column * parts;
        if (isSame) {
          fine.fill(own, start, start + parts);
          continue;
        }
        for (let part = 0; part < parts; part++) {
          fine[start + part] = classOf(places[column * parts + part], places[side - 1 - down]);
        }
      }
    }
  }
  return Array.from(fine);
}
