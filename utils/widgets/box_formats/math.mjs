// A box on pixels: pure functions, compared with torchvision. A box is its four edges,
// [left, top, right, bottom], counted in pixels from the upper left corner.

export const ROWS = 12;
export const COLUMNS = 16;
export const NOTATIONS = ["xyxy", "xywh", "cxcywh"];

const within = (value, least, most) => Math.max(least, Math.min(most, value));

/** The four numbers of a box in a notation; counted by pixels, the last one is included. */
export function numbersOf([left, top, right, bottom], notation, count) {
  const last = count === "pixels" ? 1 : 0;
  const [width, height] = [right - left, bottom - top];
  if (notation === "xyxy") return [left, top, right - last, bottom - last];
  if (notation === "xywh") return [left, top, width, height];
  return [left + (width - last) / 2, top + (height - last) / 2, width, height];
}

/** The points that a notation names: [x, y] each. */
export function pointsOf(box, notation, count) {
  const numbers = numbersOf(box, notation, count);
  return notation === "xyxy" ? [numbers.slice(0, 2), numbers.slice(2)] : [numbers.slice(0, 2)];
}

/** The box moved by whole pixels, as far as the picture goes. */
export function moved([left, top, right, bottom], rows, columns) {
  const across = within(columns, -left, COLUMNS - right);
  const down = within(rows, -top, ROWS - bottom);
  return [left + across, top + down, right + across, bottom + down];
}

/** The box with one corner pulled to the nearest edges; at least one pixel is left. */
export function pulled([left, top, right, bottom], { isRight, isLow }, [x, y]) {
  const [across, down] = [Math.round(x), Math.round(y)];
  return [
    isRight ? left : within(across, 0, right - 1),
    isLow ? top : within(down, 0, bottom - 1),
    isRight ? within(across, left + 1, COLUMNS) : right,
    isLow ? within(down, top + 1, ROWS) : bottom,
  ];
}

export const isSame = (one, other) => one.every((edge, index) => edge === other[index]);
