// The story of the nearest-neighbours demo: the query walks once around, through the island.

const MIDDLE = [53, 54];
const RADIUS = 24; // the leftmost place of the circle is the island
const STEPS = 48; // of the whole way

/** A place of the circle, in whole numbers; `step` may pass `STEPS`. */
export function placeOf(step) {
  const angle = Math.PI - (2 * Math.PI * step) / STEPS; // from the island on, over the top
  return [MIDDLE[0] + RADIUS * Math.cos(angle), MIDDLE[1] + RADIUS * Math.sin(angle)].map(Math.round);
}

/** The step of the circle that is nearest in direction to a place. */
export function stepAt([x, y]) {
  const angle = Math.atan2(y - MIDDLE[1], x - MIDDLE[0]);
  return (Math.round(((Math.PI - angle) / (2 * Math.PI)) * STEPS) + STEPS) % STEPS;
}

/**
 * A walk of one round: `next(query)` is the next place, from wherever the query is, and null after
 * a round or when a hand has moved the query meanwhile; `begin(query)` starts a round there.
 */
export function walk() {
  let [left, told] = [STEPS, null];
  const begin = (query) => {
    [left, told] = [STEPS, String(query)];
    return query;
  };
  const next = (query) => {
    if (told !== null && String(query) !== told) left = 0;
    if (left === 0) {
      [left, told] = [STEPS, null];
      return null;
    }
    left -= 1;
    const place = placeOf(stepAt(query) + 1);
    told = String(place);
    return place;
  };
  return { begin, next };
}
