// Numbers and places in words.

/** A number with a proper minus sign; never "−0.00". */
export function number(value, digits = 2) {
  const scale = 10 ** digits;
  return (Math.round(value * scale) / scale).toFixed(digits).replace("-", "\u2212");
}

/** A place on a plane, for a reader who cannot see it. */
export function placeWords([across, up], names = ["x", "y"]) {
  return `${names[0]} ${number(across)}, ${names[1]} ${number(up)}`;
}
