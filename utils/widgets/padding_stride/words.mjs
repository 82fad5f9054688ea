// What the padding and stride explorer says: formulas, products and sentences, all pure text.

import { axisCounts, axisOf, kernelSpan, outputShape, outputSize, transposedOutputSize } from "../kit/convolution.mjs";

const SIDES = [
  { name: "height", one: "row", many: "rows" },
  { name: "width", one: "column", many: "columns" },
];

/** How often, in words. */
export const times = (count) => ["never", "once", "twice"][count] ?? `${count} times`;
/** So many products, in words. */
export const sums = (count) => (count === 1 ? "1 product" : `${count} products`);
const number = (value) => String(value).replace("-", "\u2212");
const to = (least, most) => (most === least + 1 ? "or" : "to");
const both = (settings) => [0, 1].map((side) => axisOf(settings, side));

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

/** The call that computes the same in torch, with the shapes it takes and gives. */
export function torchCode(settings) {
  const pair = (name) => `${name}=(${settings[name].join(", ")})`;
  const call = settings.transposed
    ? `F.conv_transpose2d(x, kernel, ${pair("padding")}, ${pair("output_padding")}, `
    : `F.conv2d(x, kernel, ${pair("padding")}, `;
  const shape = (size) => `(1, 1, ${size.join(", ")})`;
  const result = problem(settings) ? "raises RuntimeError" : `has shape ${shape(outputShape(settings))}`;
  return [
    `# x: ${shape(settings.input_size)}, kernel: ${shape(settings.kernel_size)}`,
    `${call}${pair("stride")}, ${pair("dilation")})  # ${result}`,
  ].join("\n");
}

/** The products of one output number, one line for every row of the kernel, and their sum. */
export function products(cells, input, kernel) {
  const lines = new Map();
  let sum = 0;
  for (const { input: [y, x], kernel: [i, j] } of cells) {
    const value = input[y]?.[x];
    sum += (value ?? 0) * kernel[i][j];
    const term = { text: `${value ?? 0}·${kernel[i][j]}`, padding: value === undefined };
    lines.set(i, [...(lines.get(i) ?? []), term]);
  }
  return { lines: [...lines.values()], sum };
}

/** The selected output number in words. */
export function resultSentence(settings, [row, column], output, cells) {
  const start = `Output row ${row}, column ${column} is ${output[row][column]}`;
  if (!cells.length) return `${start}: no input number reaches it.`;
  const isInside = ({ input }) =>
    input.every((index, side) => index >= 0 && index < settings.input_size[side]);
  const outside = cells.filter((cell) => !isInside(cell)).length;
  const padded = outside ? `, ${outside} of them with a zero of the padding` : "";
  return `${start}, the sum of ${sums(cells.length)}${padded}.`;
}

function listed(indices, length, { one, many }) {
  const count = indices.length;
  if (!count) return "";
  if (count === length) return `all ${many}`;
  const gapless = indices.at(-1) - indices[0] === count - 1;
  const end = indices[0] === 0 ? "first" : "last";
  if (gapless && (indices[0] === 0 || indices.at(-1) === length - 1)) {
    return count === 1 ? `the ${end} ${one}` : `the ${end} ${count} ${many}`;
  }
  if (count === 1) return `${one} ${indices[0]}`;
  if (count > 4) return `${count} of the ${length} ${many}`;
  return `${many} ${indices.slice(0, -1).join(", ")} and ${indices.at(-1)}`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const nonzero = (counts) => counts.filter((count) => count > 0);

/** The least and the greatest number of uses among the cells that are used at all. */
export function useRange(settings) {
  const used = both(settings).map((axis) => nonzero(axisCounts(axis)));
  if (used.some((counts) => !counts.length)) return [0, 0];
  return [Math.min, Math.max].map((end) => end(...used[0]) * end(...used[1]));
}

/** Which input cells are used how often; for a transposed convolution, see `overlapSentence`. */
export function useSentence(settings) {
  if (settings.transposed) return overlapSentence(settings);
  const counts = both(settings).map(axisCounts);
  const [least, most] = useRange(settings);
  if (!most) return "No input cell is ever used: every window that fits sees padding only.";
  const dead = counts.map((axis) => axis.flatMap((count, index) => (count ? [] : [index])));
  const parts = dead.map((list, side) => listed(list, counts[side].length, SIDES[side]));
  const missing = parts.filter(Boolean).join(" and ");
  const single = dead.flat().length === 1;
  const never = missing ? `${capital(missing)} ${single ? "is" : "are"} never used. ` : "";
  const cells = missing ? "The other input cells" : "All input cells";
  if (least === most) return `${never}${cells} are used ${times(most)}.`;
  const [row, column] = counts.map((axis) => axis[Math.floor(axis.length / 2)]);
  // With stride 1 the counts mirror each other, so one corner speaks for all four.
  const steady = String(settings.stride) === "1,1";
  if (!missing && steady && counts[0][0] * counts[1][0] === least && row * column === most) {
    return `The corners are used ${times(least)}, the middle ${times(most)}.`;
  }
  return `${never}${cells} are used ${least} ${to(least, most)} ${most} times.`;
}

/** Whether counts differ between places that no edge affects: the pattern of stride and kernel. */
function isUneven(axis) {
  const touched = (phase) =>
    Array.from({ length: axis.kernel_size }, (_, k) => k * axis.dilation - phase).filter(
      (offset) => offset % axis.stride === 0,
    ).length;
  const counts = axisCounts(axis);
  const away = counts.filter((count, i) => count === touched((i + axis.padding) % axis.stride));
  return new Set(away).size > 1;
}

/** How many products the output numbers of a transposed convolution add up, and the pattern. */
function overlapSentence(settings) {
  const counts = both(settings).map(axisCounts);
  const total = counts[0].length * counts[1].length;
  const reached = nonzero(counts[0]).length * nonzero(counts[1]).length;
  const [least, most] = useRange(settings);
  const range = `${least} ${to(least, most)} ${sums(most)}`;
  const amount = `is the sum of ${least === most ? sums(most) : range}`;
  const empty = `${total - reached} of the ${total} output numbers get nothing and are 0.`;
  const others = reached ? ` Each of the others ${amount}.` : "";
  const summary = reached === total ? `Every output number ${amount}.` : empty + others;
  const uneven = both(settings).filter(isUneven);
  if (!uneven.length) return summary;
  const pattern = uneven.length === 2 ? "a checkerboard" : "stripes";
  const cause = uneven.some((axis) => axis.kernel_size % axis.stride)
    ? "the kernel size is not a multiple of the stride"
    : "stride and dilation have a common factor";
  return `${summary} Even away from the edges neighbours differ: ${pattern}, because ${cause}.`;
}
