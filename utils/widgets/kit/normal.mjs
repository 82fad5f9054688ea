// Normal numbers: the error function, the share of them below a place, and GELU, which uses it.

const FAR = 6; // from here on erf is 1 in double precision

/** The error function, to about 1e-15: a sum of positive terms, so that no digits are lost. */
export function erf(x) {
  if (Math.abs(x) > FAR) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * Math.exp(-x * x)) / Math.sqrt(Math.PI)) * sum;
}

/** The share of normal numbers below x. */
export const below = (x) => (1 + erf(x / Math.SQRT2)) / 2;

/** x times that share. */
export const gelu = (x) => x * below(x);
