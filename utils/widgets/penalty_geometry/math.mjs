// A quadratic loss of two weights, its minimum under a penalty, and the curves around them.

const [SQUARE, CROSS] = [1, 0.6]; // the curvature is [[SQUARE, CROSS], [CROSS, SQUARE]]
const DETERMINANT = SQUARE * SQUARE - CROSS * CROSS;
const SIGNS = [-1, 1];
const TURN = Math.SQRT1_2; // the axes of the ellipses lie on the diagonals

const pull = ([a, b]) => [SQUARE * a + CROSS * b, CROSS * a + SQUARE * b];

/** ½ (w − c)ᵀ H (w − c): the loss of weights w whose minimum is c. */
export function loss(w, c) {
  const away = w.map((weight, side) => weight - c[side]);
  const along = pull(away);
  return (away[0] * along[0] + away[1] * along[1]) / 2;
}

/** The penalty of weights: ‖w‖₁ for "L1", ½ ‖w‖² for "L2". */
export function price(w, penalty) {
  const [a, b] = w;
  return penalty === "L1" ? Math.abs(a) + Math.abs(b) : (a * a + b * b) / 2;
}

/** How far the diamond or the disc through w reaches from the origin. */
export function radius(w, penalty) {
  return penalty === "L1" ? price(w, "L1") : Math.hypot(...w);
}

function shrunk(value, by) {
  return Math.sign(value) * Math.max(0, Math.abs(value) - by);
}

function ridge(c, strength) {
  const [p, q] = pull(c);
  const square = SQUARE + strength;
  const determinant = square * square - CROSS * CROSS;
  return [(square * p - CROSS * q) / determinant, (square * q - CROSS * p) / determinant];
}

/** Where both weights keep these signs, the gradient is −λ times the signs. */
function inQuadrant(c, strength, [s, t]) {
  return [
    c[0] - (strength * (SQUARE * s - CROSS * t)) / DETERMINANT,
    c[1] - (strength * (SQUARE * t - CROSS * s)) / DETERMINANT,
  ];
}

function lasso(c, strength) {
  const [p, q] = pull(c);
  const corners = [
    [0, 0],
    [shrunk(p, strength) / SQUARE, 0],
    [0, shrunk(q, strength) / SQUARE],
  ];
  const inside = SIGNS.flatMap((s) => SIGNS.map((t) => [s, t]))
    .map((signs) => ({ signs, at: inQuadrant(c, strength, signs) }))
    .filter(({ signs, at }) => at.every((weight, side) => weight * signs[side] > 0))
    .map(({ at }) => at);
  const total = (w) => loss(w, c) + strength * price(w, "L1");
  // One of these is the minimum, as the function is convex; of equals the one with more zeros.
  return [...corners, ...inside].reduce((best, next) => (total(next) < total(best) - 1e-12 ? next : best));
}

/** The minimum of loss + λ · penalty, for λ = `strength`. */
export function solution(c, penalty, strength) {
  if (strength === 0) return c;
  const found = penalty === "L1" ? lasso(c, strength) : ridge(c, strength);
  return found.map((weight) => weight + 0); // no −0
}

/** Where the minimum has come from: its places from λ = 0 to `strength`. */
export function path(c, penalty, strength, parts = 80) {
  return Array.from({ length: parts + 1 }, (_, part) => solution(c, penalty, (strength * part) / parts));
}

/** The ellipse around c on which the loss has this value. */
export function contour(c, level, parts = 120) {
  const [long, short] = [SQUARE - CROSS, SQUARE + CROSS].map((value) => Math.sqrt((2 * level) / value));
  return Array.from({ length: parts + 1 }, (_, part) => {
    const angle = (2 * Math.PI * part) / parts;
    const [u, v] = [long * Math.cos(angle) * TURN, short * Math.sin(angle) * TURN];
    return [c[0] + u + v, c[1] - u + v];
  });
}

/** The diamond or the disc of this radius around the origin. */
export function ball(penalty, reach, parts = 72) {
  const count = penalty === "L1" ? 4 : parts;
  return Array.from({ length: count }, (_, part) => {
    const angle = (2 * Math.PI * part) / count;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

/** Which weights are exactly zero at the minimum, though they are not zero in c: places 0 and 1. */
export function dropped(c, penalty, strength) {
  const w = solution(c, penalty, strength);
  return [0, 1].filter((side) => w[side] === 0 && c[side] !== 0);
}
