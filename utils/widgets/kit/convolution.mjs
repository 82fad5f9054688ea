// Convolution and transposed convolution on plain arrays, with torch's meaning of every setting.
//
// Settings are pairs (height, width) under torch's names: input_size, kernel_size, padding,
// stride, dilation, output_padding; `transposed` picks the operation. Rows and columns do not
// interact, so almost everything is worked out for one axis and then combined.

/** The settings of the height (side 0) or the width (side 1) alone. */
export function axisOf(settings, side) {
  const pairs = Object.entries(settings).filter(([, value]) => Array.isArray(value));
  const axis = Object.fromEntries(pairs.map(([name, pair]) => [name, pair[side]]));
  return { ...axis, transposed: settings.transposed };
}

/** Cells from the first to the last kernel entry along one axis. */
export function kernelSpan({ kernel_size, dilation }) {
  return dilation * (kernel_size - 1) + 1;
}

/** What the formula of a convolution gives along one axis; below 1 no window fits. */
export function outputSize(axis) {
  const room = axis.input_size + 2 * axis.padding - kernelSpan(axis);
  return Math.floor(room / axis.stride) + 1;
}

/** What the formula of a transposed convolution gives along one axis; below 1 nothing is left. */
export function transposedOutputSize(axis) {
  const spread = (axis.input_size - 1) * axis.stride + kernelSpan(axis);
  return spread - 2 * axis.padding + axis.output_padding;
}

/** What the formula of the chosen operation gives for height and width. */
export function outputShape(settings) {
  const size = settings.transposed ? transposedOutputSize : outputSize;
  return [0, 1].map((side) => size(axisOf(settings, side)));
}

/** The pairs [input index, kernel index] that meet at one output position along one axis. */
function meetings(axis, position) {
  const pairs = [];
  for (let kernel = 0; kernel < axis.kernel_size; kernel++) {
    if (axis.transposed) {
      const input = (position + axis.padding - kernel * axis.dilation) / axis.stride;
      if (Number.isInteger(input) && input >= 0 && input < axis.input_size) {
        pairs.push([input, kernel]);
      }
    } else {
      // Outside of the input this is an index of the padding.
      pairs.push([position * axis.stride - axis.padding + kernel * axis.dilation, kernel]);
    }
  }
  return pairs;
}

function everyMeeting(axis, length) {
  return Array.from({ length }, (_, position) => meetings(axis, position));
}

function cellsAt(settings, [row, column]) {
  const across = meetings(axisOf(settings, 1), column);
  return meetings(axisOf(settings, 0), row).flatMap(([y, i]) =>
    across.map(([x, j]) => ({ input: [y, x], kernel: [i, j] })),
  );
}

/** The input cells under the kernel for one output number; some may lie in the padding. */
export function windowCells(settings, position) {
  return cellsAt({ ...settings, transposed: false }, position);
}

/** The input cells that reach one output number of a transposed convolution. */
export function contributions(settings, position) {
  return cellsAt({ ...settings, transposed: true }, position);
}

function sumOfProducts(input, kernel, settings) {
  const [rows, columns] = outputShape(settings);
  const down = everyMeeting(axisOf(settings, 0), rows);
  const across = everyMeeting(axisOf(settings, 1), columns);
  return down.map((inRow) =>
    across.map((inColumn) => {
      let sum = 0;
      for (const [y, i] of inRow) {
        for (const [x, j] of inColumn) sum += (input[y]?.[x] ?? 0) * kernel[i][j];
      }
      return sum;
    }),
  );
}

const shapeOf = (array) => [array.length, array[0].length];

function withShapes(input, kernel, options, transposed) {
  const defaults = { padding: [0, 0], stride: [1, 1], dilation: [1, 1], output_padding: [0, 0] };
  const shapes = { input_size: shapeOf(input), kernel_size: shapeOf(kernel) };
  return { ...defaults, ...options, ...shapes, transposed };
}

/** Convolve one image with one kernel, both arrays of rows. */
export function conv2d(input, kernel, options = {}) {
  return sumOfProducts(input, kernel, withShapes(input, kernel, options, false));
}

/** The transposed convolution of one image with one kernel, both arrays of rows. */
export function convTranspose2d(input, kernel, options = {}) {
  return sumOfProducts(input, kernel, withShapes(input, kernel, options, true));
}

/**
 * Along one axis: how often each input index is used; for a transposed convolution, how many
 * input indices reach each output index.
 */
export function axisCounts(axis) {
  if (axis.transposed) {
    return everyMeeting(axis, transposedOutputSize(axis)).map((pairs) => pairs.length);
  }
  const counts = new Array(axis.input_size).fill(0);
  for (const pairs of everyMeeting(axis, Math.max(0, outputSize(axis)))) {
    for (const [input] of pairs) if (input in counts) counts[input] += 1;
  }
  return counts;
}

/** Uses of every input cell; for a transposed convolution, products in every output number. */
export function useCounts(settings) {
  const [down, across] = [0, 1].map((side) => axisCounts(axisOf(settings, side)));
  return down.map((row) => across.map((column) => row * column));
}

/** The output positions along one axis that an input index takes part in, padding included. */
export function outputsAt(axis, input) {
  const size = axis.transposed ? transposedOutputSize(axis) : outputSize(axis);
  const positions = Array.from({ length: Math.max(0, size) }, (_, position) => position);
  return positions.filter((position) => meetings(axis, position).some(([at]) => at === input));
}

/** The output position along one axis whose kernel is centred nearest to an input index. */
export function positionNear(axis, input) {
  const middle = (kernelSpan(axis) - 1) / 2;
  const position = axis.transposed
    ? input * axis.stride + middle - axis.padding
    : (input - middle + axis.padding) / axis.stride;
  const size = axis.transposed ? transposedOutputSize(axis) : outputSize(axis);
  return Math.min(size - 1, Math.max(0, Math.round(position)));
}
