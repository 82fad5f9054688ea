// The light that falls from the window through the card of its products on the number they make.

const wedge = ([from, to]) => `M${from.x} ${from.top}L${to.x} ${to.top}V${to.bottom}L${from.x} ${from.bottom}z`;

/**
 * From the right `edges[0]` of the input, at the height of the window, to the left `edges[1]` of the
 * output, at the height of the number, { top, bottom } each; through a `card` in the `middle`, if there
 * is one.
 */
export function lightPath(opened, closed, edges, card, middle) {
  const [start, end] = [opened, closed].map((height, side) => ({ ...height, x: edges[side] }));
  if (!card) return wedge([start, end]);
  const [left, right] = [-card.half, card.half].map((aside) => ({ ...card, x: middle + aside }));
  return wedge([start, left]) + wedge([right, end]);
}
