// Polynomials by least squares: Legendre's basis, solved by reflections (Householder's QR).

const dot = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
const transposed = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));

/** The Legendre polynomials 0 to `degree` at x. */
export function legendre(x, degree) {
  const values = [1, x];
  for (let k = 1; k < degree; k++) values.push(((2 * k + 1) * x * values[k] - k * values[k - 1]) / (k + 1));
  return values.slice(0, degree + 1);
}

/** Change `rows` to R, upper triangular, and return the unit vectors of the reflections that do it. */
function triangulate(rows) {
  const mirrors = [];
  for (let k = 0; k < rows[0].length; k++) {
    const part = rows.map((row, index) => (index < k ? 0 : row[k]));
    const length = Math.hypot(...part);
    part[k] += part[k] < 0 ? -length : length; // away from zero, so that nothing cancels
    const norm = Math.hypot(...part) || 1;
    const mirror = part.map((value) => value / norm);
    for (let column = k; column < rows[0].length; column++) {
      const twice = 2 * rows.reduce((sum, row, index) => sum + mirror[index] * row[column], 0);
      for (const [index, row] of rows.entries()) row[column] -= twice * mirror[index];
    }
    mirrors.push(mirror);
  }
  return mirrors;
}

const reflected = (values, mirror) => {
  const twice = 2 * dot(values, mirror);
  return values.map((value, index) => value - twice * mirror[index]);
};

/**
 * The w for which |Aw − y| is smallest, and among those the shortest. `rows` are those of A, which
 * must have full rank.
 */
export function leastSquares(rows, y) {
  const [n, width] = [rows.length, rows[0].length];
  if (width <= n) {
    // A = QR: the best w solves R w = Qᵀ y.
    const R = rows.map((row) => [...row]);
    const turned = triangulate(R).reduce(reflected, y);
    const w = Array(width).fill(0);
    for (let k = width - 1; k >= 0; k--) w[k] = (turned[k] - dot(R[k], w)) / R[k][k];
    return w;
  }
  // Aᵀ = QR: the shortest w lies in the span of the rows, w = Qz with Rᵀ z = y.
  const R = transposed(rows);
  const mirrors = triangulate(R);
  const z = Array(width).fill(0);
  for (let k = 0; k < n; k++) {
    z[k] = (y[k] - R.slice(0, k).reduce((sum, row, index) => sum + row[k] * z[index], 0)) / R[k][k];
  }
  return mirrors.reduceRight(reflected, z);
}

/** The weights of the best polynomial of a degree through points [x, y]. */
export function fitted(points, degree) {
  return leastSquares(points.map(([x]) => legendre(x, degree)), points.map(([, y]) => y));
}

/** The height of a polynomial at x. */
export function height(w, x) {
  return dot(w, legendre(x, w.length - 1));
}

/** The root of the mean squared error of a polynomial on points. */
export function error(w, points) {
  const squares = points.map(([x, y]) => (height(w, x) - y) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / points.length);
}

/** The weights of all degrees from 0 to `highest`, with their errors on old and on new points. */
export function sweep(points, fresh, highest) {
  const all = Array.from({ length: highest + 1 }, (_, degree) => fitted(points, degree));
  return {
    weights: all,
    training: all.map((w) => error(w, points)),
    validation: all.map((w) => error(w, fresh)),
  };
}

/** The lowest degree with the smallest validation error. */
export function bestDegree({ validation }) {
  return validation.indexOf(Math.min(...validation));
}
