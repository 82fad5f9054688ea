// Norms, singular values and eigenvalues of a real 2×2 matrix [[a, b], [c, d]], in closed form.

const EVERY = 1e-12; // below this share of the largest entry a difference is rounding
const DOUBLE = 1e-13; // the same for a difference of squares

const largest = (matrix) => Math.max(...matrix.flat().map(Math.abs));

/** Ax. */
export function apply([[a, b], [c, d]], [x, y]) {
  return [a * x + b * y, c * x + d * y];
}

/** The vector of length 1 at an angle in degrees, counted counter-clockwise from the x axis. */
export function direction(degrees) {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}

/** The angle of the line through a vector, at least 0 and less than 180 degrees. */
export function lineAngle([x, y]) {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  return ((degrees % 180) + 180) % 180;
}

/** The root of the sum of all squared entries. */
export function frobeniusNorm(matrix) {
  return Math.hypot(...matrix.flat());
}

/** The factor by which areas grow; negative where the plane is turned over. */
export function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}

/**
 * { lengths, into, out }: the unit vectors `into` are at right angles, and A turns each into
 * its length, the larger one first, times a unit vector of `out`, at right angles again.
 *
 * A is half a turn with stretching and half a reflection with stretching: their sizes `turn` and
 * `mirror` add up along one axis and compete along the other.
 */
export function singular([[a, b], [c, d]]) {
  const [turn, mirror] = [Math.hypot(a + d, c - b) / 2, Math.hypot(a - d, c + b) / 2];
  const [turned, mirrored] = [Math.atan2(c - b, a + d), Math.atan2(c + b, a - d)];
  const into = ((mirrored - turned) * 90) / Math.PI;
  const out = ((mirrored + turned) * 90) / Math.PI;
  return {
    lengths: [turn + mirror, Math.abs(turn - mirror)],
    into: [direction(into), direction(into + 90)],
    out: [direction(out), direction(out + (turn < mirror ? -90 : 90))],
  };
}

function keptLine([[a, b], [c, d]], value) {
  // Both rows of A − λ are orthogonal to the eigenvector; the longer one knows it better.
  const [first, second] = [[b, value - a], [d - value, -c]];
  const [x, y] = Math.hypot(...first) > Math.hypot(...second) ? first : second;
  const length = Math.hypot(x, y);
  return [x / length, y / length];
}

/**
 * { kind, values, lines }: two eigenvalues as [real, imaginary], the larger one first, and a unit
 * vector on every line that A keeps. The kind is "two", "one" (a double eigenvalue with a single
 * line), "every" (a multiple of the identity) or "none" (complex eigenvalues).
 */
export function eigen(matrix) {
  const [[a, b], [c, d]] = matrix;
  const [mean, half] = [(a + d) / 2, (a - d) / 2];
  const square = half * half + b * c;
  const scale = largest(matrix);
  if (Math.max(...[half, b, c].map(Math.abs)) <= EVERY * scale) {
    return { kind: "every", values: [[mean, 0], [mean, 0]], lines: [] };
  }
  if (Math.abs(square) <= DOUBLE * scale * scale) {
    return { kind: "one", values: [[mean, 0], [mean, 0]], lines: [keptLine(matrix, mean)] };
  }
  const root = Math.sqrt(Math.abs(square));
  if (square < 0) return { kind: "none", values: [[mean, root], [mean, -root]], lines: [] };
  const values = [mean + root, mean - root];
  const lines = values.map((value) => keptLine(matrix, value));
  return { kind: "two", values: values.map((value) => [value, 0]), lines };
}

/** Whether Ax lies on the line of the unit vector x. */
export function isKept(matrix, x) {
  const [left, up] = apply(matrix, x);
  return Math.abs(left * x[1] - up * x[0]) <= EVERY * largest(matrix);
}

const turned = (degrees) => ((degrees % 360) + 360) % 360;

/** Both ends of lines through the origin, as angles from 0 to 360, in order. */
function ends(lines) {
  const angles = lines.map(lineAngle);
  return [...angles, ...angles.map((angle) => angle + 180)].sort((one, other) => one - other);
}

/** The angle itself, or the end of a line that is at most `within` degrees away. */
export function snapped(angle, lines, within) {
  const away = (end) => Math.abs(turned(end - angle + 180) - 180);
  const near = ends(lines).filter((end) => away(end) <= within);
  return turned(near.sort((one, other) => away(one) - away(other))[0] ?? angle);
}

/** The next whole degree in the given sense, 1 or −1, or the end of a line on the way there. */
export function stepped(angle, sense, lines) {
  const whole = sense * (Math.floor(sense * angle + 1e-6) + 1);
  if (!lines.length) return turned(whole);
  const next = nextEnd(angle, sense, lines);
  const isOnTheWay = turned(sense * (next - angle)) < turned(sense * (whole - angle));
  return turned(isOnTheWay ? next : whole);
}

/** The next end of a line in the given sense, 1 or −1; the angle itself if there is no line. */
export function nextEnd(angle, sense, lines) {
  const ahead = (end) => turned(sense * (end - angle) - 1e-6);
  const all = ends(lines).sort((one, other) => ahead(one) - ahead(other));
  return all[0] ?? angle;
}
