// Numbers and places in words.

/** A number with a proper minus sign; never "−0.00". */
export function number(value, digits = 2) {
  const scale = 10 ** digits;
  return (Math.round(value * scale) / scale).toFixed(digits).replace("-", "\u2212");
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10 to the power of a whole number, in print. */
export function power(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[digit]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** A probability in per cent, never rounded to certainty. */
export function percent(share) {
  if (share > 0.995) return "over 99 %";
  if (share < 0.005) return "under 1 %";
  return `${Math.round(100 * share)} %`;
}

/** A place on a plane, for a reader who cannot see it. */
export function placeWords([across, up], names = ["x", "y"]) {
  return `${names[0]} ${number(across)}, ${names[1]} ${number(up)}`;
}

const UNITS = [[1e9, "billion"], [1e6, "million"], [1e3, "thousand"]];

/** A large count in words, to three digits. */
export function large(count) {
  const [unit, name] = UNITS.find(([size]) => count >= size) ?? [1, ""];
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, count / unit))));
  return `${(count / unit).toFixed(unit === 1 ? 0 : digits)} ${name}`.trim();
}
