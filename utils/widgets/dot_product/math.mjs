// Two arrows in a plane: pure functions, compared with torch in the tests.

export const REACH = 3; // the longest that an arrow can be
export const STEP = 0.5; // between the places where a drag can put a tip
const TINY = 1e-9; // shorter is 0

/** The sum of the products of matching entries. */
export function dot([left, up], [right, high]) {
  return left * right + up * high;
}

/** The root of the sum of the squares. */
export function length(arrow) {
  return Math.hypot(...arrow);
}

/** Whether an arrow is 0. */
export function isNothing(arrow) {
  return length(arrow) < TINY;
}

/** How far b reaches along a, negative backwards; a must not be 0. */
export function shadow(a, b) {
  return dot(a, b) / length(a);
}

/** The place where the shadow of b on the line of a ends. */
export function foot(a, b) {
  const share = dot(a, b) / dot(a, a);
  return a.map((entry) => share * entry);
}

/** From a to b in degrees, counter-clockwise, at least 0 and less than 360; neither may be 0. */
export function angle(a, b) {
  const way = (Math.atan2(b[1], b[0]) - Math.atan2(a[1], a[0])) * (180 / Math.PI);
  const round = ((way % 360) + 360) % 360;
  return round > 360 - TINY ? 0 : round;
}

/** An arrow as long as b, this many degrees from a. */
export function turned(a, b, degrees) {
  const way = Math.atan2(a[1], a[0]) + (degrees * Math.PI) / 180;
  return [length(b) * Math.cos(way), length(b) * Math.sin(way)];
}

/** The sign of the product: 1, 0 or −1. */
export function sign(a, b) {
  const product = dot(a, b);
  return Math.abs(product) < TINY ? 0 : Math.sign(product);
}

/** The place of the half grid next to a point, no farther from the middle than an arrow may reach. */
export function nearest(point) {
  const far = length(point);
  const on = point.map((entry) => Math.round(entry / STEP) * STEP + 0);
  if (length(on) <= REACH) return on;
  return point.map((entry) => Math.trunc((entry * Math.min(1, REACH / far)) / STEP + Math.sign(entry) * TINY) * STEP + 0);
}

/** Where an arrow key takes a tip: one step on, at the edge no step; Infinity asks for the far end of the row. */
export function stepped(tip, right, up) {
  const row = nearest(tip);
  if (!Number.isFinite(right)) {
    const far = Math.floor(Math.sqrt(REACH ** 2 - row[1] ** 2) / STEP + TINY) * STEP;
    return [Math.sign(right) * far + 0, row[1]];
  }
  const next = [row[0] + right * STEP, row[1] + up * STEP];
  return length(next) <= REACH ? next : row;
}

/** The product at each angle: points [degrees, product] from one angle to another. */
export function wave(a, b, from = 0, to = 360) {
  const most = length(a) * length(b);
  const count = Math.max(1, Math.ceil((to - from) / 5));
  return Array.from({ length: count + 1 }, (_, index) => {
    const degrees = from + ((to - from) * index) / count;
    return [degrees, most * Math.cos((degrees * Math.PI) / 180)];
  });
}
