// A straight line beside points.

/** Prediction minus target of every point [x, y], for a line [slope, intercept]. */
export function residuals(points, [slope, intercept]) {
  return points.map(([x, y]) => slope * x + intercept - y);
}
