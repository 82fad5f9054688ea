// Moves of places and colours: pure functions, compared with torch and torchvision.
//
// Places are counted in 400ths of the picture's side, x to the right and y down. A move is
// [a, b, right, c, d, down]: (x, y) goes to (a x + b y + right, c x + d y + down). A box is
// [left, top, right, bottom].

export const SIDE = 400;
export const KINDS = ["flip", "crop", "turn", "shear", "hue"];
const MIDDLE = SIDE / 2;
const MOST = { turn: 45, shear: 30, hue: 0.5 };
const WINDOW = [100, 50, 400, 400]; // the smallest crop

/** How far an operation goes: degrees, degrees, or a share of the circle of colours. */
export const amount = (kind, strength) => (MOST[kind] * strength) / 100;

/** The window of a crop, in whole numbers, which torchvision wants. */
export const windowOf = (strength) =>
  [0, 0, SIDE, SIDE].map((whole, at) => Math.round(whole + ((WINDOW[at] - whole) * strength) / 100));

/** A move by four numbers that leaves the middle where it is. */
const about = (a, b, c, d) => [a, b, MIDDLE * (1 - a - b), c, d, MIDDLE * (1 - c - d)];

/** The move of an operation. */
export function moveOf(kind, strength) {
  const angle = (amount(kind, strength) * Math.PI) / 180;
  if (kind === "flip" && strength >= 50) return [-1, 0, SIDE, 0, 1, 0];
  if (kind === "turn") return about(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle));
  if (kind === "shear") return about(1, -Math.tan(angle), 0, 1);
  if (kind !== "crop") return [1, 0, 0, 0, 1, 0];
  const [left, top, right, bottom] = windowOf(strength);
  const [x, y] = [SIDE / (right - left), SIDE / (bottom - top)];
  return [x, 0, -x * left, 0, y, -y * top];
}

/** Where points go. */
export const pushed = (points, [a, b, right, c, d, down]) => points.map(([x, y]) => [a * x + b * y + right, c * x + d * y + down]);

/** The upright box around points, cut off at the picture's edges. */
export function around(points) {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return box.map((place) => Math.max(0, Math.min(SIDE, place)));
}

/** The box around the moved corners of a box. */
export function movedBox([left, top, right, bottom], move) {
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return around(pushed(corners, move));
}

const area = ([left, top, right, bottom]) => Math.max(0, right - left) * Math.max(0, bottom - top);

/** What two boxes share, of all that they cover. */
export function fit(one, other) {
  const low = [0, 1].map((at) => Math.max(one[at], other[at]));
  const high = [2, 3].map((at) => Math.min(one[at], other[at]));
  const shared = area([...low, ...high]);
  return shared / (area(one) + area(other) - shared || 1);
}

/** All that is drawn of one object: its moved outline, its box, and how well that fits. */
export function object(outline, { kind, strength, follow }) {
  const move = moveOf(kind, strength);
  const old = around(outline);
  const box = follow ? movedBox(old, move) : old;
  return { box, fit: fit(box, around(pushed(outline, move))) };
}

/** Bytes of red, green, blue and opacity with the hue shifted by a share of the circle. */
export function shiftHue(bytes, shift) {
  const result = Uint8ClampedArray.from(bytes);
  if (!shift) return result;
  for (let at = 0; at < bytes.length; at += 4) {
    const [red, green, blue] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
    const spread = high - low;
    if (!spread) continue;
    let hue = 4 + (red - green) / spread;
    if (high === green) hue = 2 + (blue - red) / spread;
    if (high === red) hue = (green - blue) / spread;
    for (let channel = 0; channel < 3; channel++) {
      const from = hue + 6 * shift - 2 * channel + 15; // in sixths of the circle, above 0
      const apart = Math.abs((from % 6) - 3);
      result[at + channel] = low + spread * Math.max(0, Math.min(1, 2 - apart));
    }
  }
  return result;
}
