// What the padding and stride explorer says on sizes, numbers and faults, all pure text.

import { axisOf, kernelSpan, outputShape, outputSize, transposedOutputSize } from "../kit/convolution.mjs";

/** The two axes in words. */
export const SIDES = [
  { name: "height", one: "row", many: "rows" },
  { name: "width", one: "column", many: "columns" },
];

/** So many products, in words. */
export const sums = (count) => (count === 1 ? "1 product" : `${count} products`);
/** A number with a proper minus sign. */
export const number = (value) => String(value).replace("-", "\u2212");
/** The settings of height and width. */
export const both = (settings) => [0, 1].map((side) => axisOf(settings, side));

/** "" for settings that torch accepts, else a sentence that says what is wrong and what helps. */
export function problem(settings) {
  return settings.transposed ? transposedProblem(settings) : windowProblem(settings);
}

function windowProblem(settings) {
  const fails = both(settings).map((axis) => outputSize(axis) < 1);
  if (!fails.includes(true)) return "";
  const spans = both(settings).map(kernelSpan);
  const rooms = both(settings).map((axis) => axis.input_size + 2 * axis.padding);
  const dilated = both(settings).some((axis, side) => fails[side] && axis.dilation > 1);
  const side = fails.indexOf(true);
  const [covers, room, dilation] = fails.every(Boolean)
    ? [`${spans.join(" × ")} cells`, rooms.join(" × "), [...new Set(settings.dilation)].join(" × ")]
    : [`${spans[side]} ${SIDES[side].many}`, rooms[side], settings.dilation[side]];
  return (
    `No window fits: the kernel spans ${covers}${dilated ? ` with dilation ${dilation}` : ""}, ` +
    `but the padded input has ${room}. Add padding or enlarge the input, or make ` +
    `${dilated ? "the kernel or the dilation" : "the kernel"} smaller.`
  );
}

function transposedProblem(settings) {
  for (const [side, axis] of both(settings).entries()) {
    const { padding, stride, dilation, output_padding } = axis;
    if (output_padding >= Math.max(stride, dilation)) {
      return (
        "The output padding must be smaller than the stride or the dilation, but for the " +
        `${SIDES[side].name} it is ${output_padding}, with stride ${stride} and dilation ` +
        `${dilation}. Lower the output padding, or raise the stride or the dilation.`
      );
    }
    const size = transposedOutputSize(axis);
    if (size < 1) {
      const { one, many } = SIDES[side];
      const spread = size + 2 * padding;
      return (
        `Nothing is left: the padding cuts off ${2 * padding} ${many} of the output, which has ` +
        `${spread} ${spread === 1 ? one : many}. Use less padding, or a larger input or kernel.`
      );
    }
  }
  return "";
}

/** The size formula in letters, then with the numbers of the height and of the width. */
export function sizeFormulas(settings) {
  const [letters, filled] = settings.transposed
    ? [
        "(n − 1)·s − 2p + d·(k − 1) + output_padding + 1",
        (a) =>
          `(${a.input_size} − 1)·${a.stride} − 2·${a.padding} + ` +
          `${a.dilation}·(${a.kernel_size} − 1) + ${a.output_padding} + 1`,
      ]
    : [
        "⌊(n + 2p − d·(k − 1) − 1) / s⌋ + 1",
        (a) =>
          `⌊(${a.input_size} + 2·${a.padding} − ${a.dilation}·(${a.kernel_size} − 1) − 1) / ` +
          `${a.stride}⌋ + 1`,
      ];
  const sizes = outputShape(settings);
  const lines = both(settings).map((axis, side) => [
    SIDES[side].name,
    `${filled(axis)} = ${number(sizes[side])}${sizes[side] < 1 ? ", so there is no output" : ""}`,
  ]);
  return [["size", letters], ...lines];
}

/**
 * The product of each kernel entry that meets an input number, spelled out and as a number,
 * { text, short, value, isPadding }, and their sum.
 */
export function products(cells, input, kernel) {
  const tiles = kernel.map((row) => row.map(() => null));
  let sum = 0;
  for (const { input: [y, x], kernel: [i, j] } of cells) {
    const value = input[y]?.[x];
    const product = (value ?? 0) * kernel[i][j];
    sum += product;
    const text = `${value ?? 0}·${number(kernel[i][j])}`;
    tiles[i][j] = { text, short: number(product), value: product + 0, isPadding: value === undefined };
  }
  return { tiles, sum };
}

/** The selected output number in words. */
export function resultSentence(settings, [row, column], output, cells) {
  const start = `Output row ${row}, column ${column} is ${number(output[row][column])}`;
  if (!cells.length) return `${start}: no input number reaches it.`;
  const isInside = ({ input }) =>
    input.every((index, side) => index >= 0 && index < settings.input_size[side]);
  const outside = cells.filter((cell) => !isInside(cell)).length;
  const padded = outside ? `, ${outside} of them with a zero of the padding` : "";
  return `${start}, the sum of ${sums(cells.length)}${padded}.`;
}

/** How many output numbers use one input cell. */
export function readersSentence(settings, cell, count) {
  const isInside = cell.every((index, side) => index >= 0 && index < settings.input_size[side]);
  const name = isInside ? `Input row ${cell[0]}, column ${cell[1]}` : "This zero of the padding";
  if (settings.transposed) return `${name} reaches ${count} output number${count === 1 ? "" : "s"}.`;
  const users = count === 1 ? "1 window" : `${count || "no"} windows`;
  return `${name} is used by ${users}.`;
}

const ORDINALS = ["", "", "second", "third", "fourth"];

/** How many windows fit, and how large the output is. */
export function sizeSentence(settings) {
  const shape = outputShape(settings);
  const output = `the output is ${shape.join(" × ")}.`;
  if (settings.transposed) return `T${output.slice(1)}`;
  const [down, across] = both(settings);
  if (JSON.stringify(down) !== JSON.stringify(across))
    return `The window fits at ${shape[0]} places down and ${shape[1]} across: ${output}`;
  const padded = down.padding ? ` + 2·${down.padding}` : "";
  const places = outputSize({ ...down, stride: 1 });
  const sum = `${down.input_size}${padded} − ${kernelSpan(down)} + 1 = ${places}`;
  if (down.stride === 1) return `The window fits at ${sum} places each way: ${output}`;
  return `Of ${sum} places each way, stride ${down.stride} takes every ${ORDINALS[down.stride]}: ${output}`;
}

/** What the output has more or less than the input, { text, isSame }. */
export function sizeNote(settings) {
  const parts = outputShape(settings).flatMap((size, side) => {
    const more = size - settings.input_size[side];
    const { one, many } = SIDES[side];
    return more ? [`${more > 0 ? "+" : ""}${number(more)} ${Math.abs(more) === 1 ? one : many}`] : [];
  });
  const isSame = parts.length === 0;
  return { text: isSame ? "as large as the input" : parts.join(", "), isSame };
}

const LARGEST = 9; // as in Python

/** The least and the largest weight, and the step between two, as a number field knows them. */
export const WEIGHTS = { min: -LARGEST, max: LARGEST, step: 1 };

/** "" for the text of a whole weight within its bounds, else what is allowed. */
export function weightFault(text) {
  const weight = Number(text);
  if (text.trim() && Number.isInteger(weight) && Math.abs(weight) <= LARGEST) return "";
  return `A weight must be a whole number from ${number(-LARGEST)} to ${LARGEST}.`;
}
