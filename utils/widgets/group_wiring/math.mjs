// What the demo computes: pure functions, compared with torch in the tests.

/** The square of a number. */
export function square(x) {
  return x * x;
}
