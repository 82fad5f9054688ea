// What bits stand for: pure functions, compared with torch in the tests.

export const BITS = 16;
export const FORMATS = { float16: { E: 5, F: 10 }, bfloat16: { E: 8, F: 7 } };

/** The three fields of a code: the sign bit, and the exponent and the fraction as integers. */
export function fields(code, name) {
  const { E, F } = FORMATS[name];
  return { sign: code >> (E + F), e: (code >> F) % 2 ** E, f: code % 2 ** F };
}

/** The number that a code stands for. */
export function value(code, name) {
  const { E, F } = FORMATS[name];
  const { sign, e, f } = fields(code, name);
  const bias = 2 ** (E - 1) - 1;
  const way = sign ? -1 : 1;
  if (e === 2 ** E - 1) return f ? NaN : way * Infinity;
  return way * (e ? (1 + f / 2 ** F) * 2 ** (e - bias) : (f / 2 ** F) * 2 ** (1 - bias));
}

/** The sizes that a format holds: the smallest, the smallest normal one and the largest. */
export function range(name) {
  const { E, F } = FORMATS[name];
  const bias = 2 ** (E - 1) - 1;
  return [2 ** (1 - bias - F), 2 ** (1 - bias), (2 - 2 ** -F) * 2 ** bias];
}

/** What a bit belongs to: the bits are counted from the left, and the sign is number 0. */
export function part(place, name) {
  if (place === 0) return "sign";
  return place <= FORMATS[name].E ? "exponent" : "fraction";
}

/** The code with one bit turned round, counted from the left. */
export function flipped(code, place) {
  return code ^ (1 << (BITS - 1 - place));
}

/** The code with other exponent bits in float16; sign and fraction stay. */
export function withExponent(code, e) {
  const { E, F } = FORMATS.float16;
  const { sign, f } = fields(code, "float16");
  return sign * 2 ** (E + F) + e * 2 ** F + f;
}
