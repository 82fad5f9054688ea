// The frame that an output as large as its input would fill, and what is missing, as SVG paths.

const STEP = 7; // pixels from one line of the hatching to the next

/** Slanting lines over a rectangle, in step with those over any other. */
function hatching({ left, top, right, bottom }) {
  if (right - left < 1 || bottom - top < 1) return "";
  const lines = [];
  for (let sum = Math.ceil((left + top) / STEP) * STEP; sum < right + bottom; sum += STEP) {
    const [x, end] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    lines.push(`M${x} ${sum - x}L${end} ${sum - end}`);
  }
  return lines.join("");
}

/**
 * Around an output of { rows, columns } that begins at 0: the `frame` of a goal with the same middle,
 * and the `missing` ring between them, for cells of some size. `left`, `top`, `right` and `bottom`
 * are those of both together.
 */
export function goalAround(output, goal, cell) {
  const [width, height] = [output.columns * cell, output.rows * cell];
  const [wide, high] = [goal.columns * cell, goal.rows * cell];
  const [left, top] = [(width - wide) / 2, (height - high) / 2];
  const [right, bottom] = [left + wide, top + high];
  const [upper, lower] = [Math.max(top, 0), Math.min(bottom, height)];
  const ring = [
    { left, top, right, bottom: 0 },
    { left, top: height, right, bottom },
    { left, top: upper, right: 0, bottom: lower },
    { left: width, top: upper, right, bottom: lower },
  ];
  return {
    frame: `M${left} ${top}h${wide}v${high}h${-wide}z`,
    missing: ring.map(hatching).join(""),
    left: Math.min(0, left),
    top: Math.min(0, top),
    right: Math.max(width, right),
    bottom: Math.max(height, bottom),
  };
}
