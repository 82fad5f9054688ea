// The functions of the tangent demo: values as good as a float can hold them, slopes, Taylor sums.

// A browser's own sin, exp and log are off by a bit now and then, in some browsers often; torch's
// hardly ever. Where two values nearly cancel that bit is all that is left, so these are summed up
// in whole numbers that count 2^-200, and rounded once.
const BITS = 200n;
const ONE = 1n << BITS;
const UNIT = 2 ** -200;
const TINY = 1e-20; // below this a float does not fit into the whole numbers; nothing cancels there

const whole = (x) => BigInt(Math.round(x / UNIT));
const float = (count) => Number(count) * UNIT;

/** Sum of terms; each is the one before, times `factor`, divided by the next `width` integers. */
function series(first, factor, from, width) {
  let sum = first;
  let term = first;
  for (let k = from; term; k += width) {
    const divisor = width === 1n ? k : k * (k + 1n);
    term = ((term * factor) >> BITS) / divisor;
    sum += term;
  }
  return sum;
}

const minusSquare = (x) => -((whole(x) * whole(x)) >> BITS);
const expSum = (count) => series(ONE, count, 1n, 1n);

function sin(x) {
  return Math.abs(x) < TINY ? x : float(series(whole(x), minusSquare(x), 2n, 2n));
}

function cos(x) {
  return float(series(ONE, minusSquare(x), 1n, 2n));
}

function exp(x) {
  return float(expSum(whole(x)));
}

function log(x) {
  const near = Math.log(x);
  if (!(x > TINY)) return near;
  // One Newton step from a value that is right to 16 digits gives twice as many.
  return float(whole(near) + (whole(x) << BITS) / expSum(whole(near)) - ONE);
}

/** Secant minus tangent for a function whose k-th derivative at the point is `derivative(k)`. */
function taylor(derivative, h, isCentral) {
  let sum = 0;
  let factor = 1; // h^(k − 1) / k!
  for (let k = 2; k < 30; k++) {
    factor *= h / k;
    if (!isCentral || k % 2) sum += derivative(k) * factor;
  }
  return sum;
}

function logGap(x, h, isCentral) {
  const u = h / x;
  if (u >= 0.5) {
    return ((isCentral ? Math.log((1 + u) / (1 - u)) / 2 : Math.log1p(u)) / u - 1) / x;
  }
  let sum = 0;
  for (let k = 2, power = -u; k < 60; k++, power *= -u) {
    if (!isCentral || k % 2) sum += power / k;
  }
  return sum / x;
}

function cornerGap(x, h, isCentral) {
  if (isCentral) return Math.abs(x) < h ? x / h - Math.sign(x) : 0;
  return x < 0 && x + h > 0 ? 2 + (2 * x) / h : 0;
}

/**
 * Every function: `value(x, round)` rounds after each operation, `slope(x)` is exact but for one
 * rounding, `gap(x, h, isCentral)` is how much the secant is steeper than the tangent, `sides`
 * are the slopes on the left and on the right of a corner at 0, `y` is what a plane shows.
 */
export const FUNCTIONS = {
  square: {
    name: "x²",
    code: "x * x",
    y: [-1.5, 5],
    value: (x, round) => round(x * x),
    slope: (x) => 2 * x,
    gap: (x, h, isCentral) => (isCentral ? 0 : h),
  },
  cube: {
    name: "x³",
    code: "x * x * x",
    y: [-4, 6],
    value: (x, round) => round(round(x * x) * x),
    slope: (x) => float(3n * -minusSquare(x)),
    gap: (x, h, isCentral) => (isCentral ? h * h : h * (3 * x + h)),
  },
  sin: {
    name: "sin x",
    code: "x.sin()",
    y: [-2, 2],
    value: (x, round) => round(sin(x)),
    slope: cos,
    gap: (x, h, isCentral) =>
      taylor((k) => [sin, cos][k % 2](x) * (k % 4 < 2 ? 1 : -1), h, isCentral),
  },
  exp: {
    name: "exp x",
    code: "x.exp()",
    y: [-1.5, 6.5],
    value: (x, round) => round(exp(x)),
    slope: exp,
    gap: (x, h, isCentral) => exp(x) * taylor(() => 1, h, isCentral),
  },
  log: {
    name: "log x",
    code: "x.log()",
    y: [-3, 2],
    value: (x, round) => round(log(x)),
    slope: (x) => 1 / x,
    gap: logGap,
  },
  abs: {
    name: "|x|",
    code: "x.abs()",
    y: [-1.5, 3],
    value: (x) => Math.abs(x),
    slope: (x) => Math.sign(x),
    gap: cornerGap,
    sides: [-1, 1],
  },
  relu: {
    name: "ReLU(x)",
    code: "x.relu()",
    y: [-1.5, 3],
    value: (x) => Math.max(x, 0),
    slope: (x) => (x > 0 ? 1 : 0),
    gap: (x, h, isCentral) => cornerGap(x, h, isCentral) / 2,
    sides: [0, 1],
  },
};
