// Where a setting's picture lies in the atlas, and its losses: pure functions, compared with Python.

export const STOPS = [0, 10, 30, 100, 300];
export const STYLES = [2, 10, 40, 200];
export const SMOOTHS = [0, 1, 10];
const LOW = 0.003; // the style loss that the task asks for

/** The row of a setting in the atlas; smoothness runs first. */
export function rowOf(style, smooth) {
  return STYLES.indexOf(style) * SMOOTHS.length + SMOOTHS.indexOf(smooth);
}

/** Row and column of the picture in sight. */
export function tileOf({ style, smooth, step }) {
  return [rowOf(style, smooth), STOPS.indexOf(step)];
}

/** The losses of content, style and smoothness of the picture in sight. */
export function lossesOf(losses, state) {
  const [row, column] = tileOf(state);
  return losses[row][column];
}

/** A share in per cent, with two digits or more. */
export function percent(share) {
  const number = 100 * share;
  const digits = number >= 10 || number === 0 ? 0 : number >= 1 ? 1 : 2;
  return `${number.toFixed(digits)} %`;
}

/** Whether the style is reached by a picture that is smoother than the photograph. */
export function isReached(losses, state) {
  const [, style, smooth] = lossesOf(losses, state);
  return style < LOW && smooth < losses[0][0][2];
}
