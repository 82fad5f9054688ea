// The light that falls from the window through the card of its products on the number they make.

/** From the window to the left side of the card, and from its right side on to the number. */
export function through(opened, closed, { half, top, bottom }, middle) {
  const [left, right] = [-half, half].map((aside) => ({ x: middle + aside, top, bottom }));
  return [[opened, left], [right, closed]];
}

/** The upper and the lower edge of the light from one upright to another. */
export function rays([from, to]) {
  return ["top", "bottom"].map((end) => `M${from.x} ${from[end]}L${to.x} ${to[end]}`).join("");
}

/** The part of the light that lies between two places, the `edges` of the grids. */
export function wedge([from, to], edges) {
  const [start, stop] = [Math.max(from.x, edges[0]), Math.min(to.x, edges[1])];
  const at = (x, end) => `${x} ${from[end] + ((to[end] - from[end]) * (x - from.x)) / (to.x - from.x)}`;
  return `M${at(start, "top")}L${at(stop, "top")}L${at(stop, "bottom")}L${at(start, "bottom")}z`;
}
