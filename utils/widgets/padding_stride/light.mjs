// The light that falls from the window through the card of its products on the number they make.

/** From the window to the left side of the card, and from its right side on to the number. */
export function through(opened, closed, { half, top, bottom }, middle) {
  const [left, right] = [-half, half].map((aside) => ({ x: middle + aside, top, bottom }));
  return [[opened, left], [right, closed]];
}

/** The light from one upright to another, as far as it lies between two places: { area, sides }. */
export function wedge([from, to], edges) {
  const [start, stop] = [Math.max(from.x, edges[0]), Math.min(to.x, edges[1])];
  const at = (x, end) => `${x} ${from[end] + ((to[end] - from[end]) * (x - from.x)) / (to.x - from.x)}`;
  const [upper, lower] = ["top", "bottom"].map((end) => [at(start, end), at(stop, end)]);
  const sides = [upper, lower].map((ends) => `M${ends.join("L")}`).join("");
  return { area: `M${[...upper, ...lower.toReversed()].join("L")}z`, sides };
}
