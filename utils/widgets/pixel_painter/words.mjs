// What the pixel painter says: indices, sums, sentences and torch code, all pure text.

import { CHANNELS, LARGEST, SIDE, indexOf, isLast, pixelAt, placeOf, placesOf, shapeOf, stridesOf } from "./math.mjs";

const AXES = {
  "channels first": ["channel", "row", "column"],
  "channels last": ["row", "column", "channel"],
};

/** A shape or strides as Python writes them. */
export const tupleText = (sizes) => `(${sizes.join(", ")})`;

const joined = (words) => `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** One number of a pixel, such as x[0, 2, 6]. */
export const expression = (order, channel, row, column) =>
  `x[${indexOf(order, channel, row, column).join(", ")}]`;

/** The table of one channel, such as x[0] or x[:, :, 0]. */
export const planeText = (order, channel) =>
  order === "channels first" ? `x[${channel}]` : `x[:, :, ${channel}]`;

/** How the place of a number follows from its index and the strides. */
export function placeText(order, channel, row, column) {
  const strides = stridesOf(order);
  const terms = indexOf(order, channel, row, column).map((at, axis) => `${at}·${strides[axis]}`);
  return `place ${terms.join(" + ")} = ${placeOf(order, channel, row, column)}`;
}

/** The shape and the strides: [look, name, value, meaning]. */
export function facts(order) {
  const axes = AXES[order].join(", ");
  return [
    ["none", "Shape of x", tupleText(shapeOf(order)), `axes: ${axes}`],
    ["none", "Strides of x", tupleText(stridesOf(order)), `places to the next ${axes}`],
  ];
}

function remark(light) {
  if (light.some((value) => value !== light[0])) return "";
  if (light[0] === 0) return ": black";
  return light[0] === LARGEST ? ": white" : ": a grey";
}

/** What the walk over all pixels has shown of memory, at its end. */
const ended = (order) =>
  order === "channels first"
    ? `Memory ends: 3 · ${SIDE * SIDE} = ${3 * SIDE * SIDE} numbers, ${SIDE * SIDE} places apart.`
    : `Memory ends: ${SIDE * SIDE} · 3 = ${3 * SIDE * SIDE} numbers, 3 side by side.`;

/** The chosen pixel in words. */
export function sentence({ picture, row, column, order }) {
  const light = pixelAt(picture, row, column);
  const parts = CHANNELS.map((name, channel) => `${name} ${light[channel]}`);
  const where = isLast(row, column)
    ? ended(order)
    : order === "channels first"
      ? "In memory they are 64 places apart."
      : "In memory they stand side by side.";
  return `Row ${row}, column ${column} sends ${joined(parts)}${remark(light)}. ${where}`;
}

/** The line of memory in words. */
export function memorySentence({ row, column, order }) {
  return `Memory: the pixel is at ${joined(placesOf(order, row, column))}.`;
}

/** What the equal parts of the line of memory are: a channel or a row each. */
export const memoryParts = (order) =>
  order === "channels first"
    ? [...CHANNELS]
    : Array.from({ length: SIDE }, (_, row) => `row ${row}`);

const hex = (light) => light.map((value) => value.toString(16).padStart(2, "0")).join("");

/** Torch code that makes the picture, with the pixel's numbers behind the lines that give them. */
export function torchCode({ picture, row, column, order }) {
  const side = Array.from({ length: SIDE }, (_, at) => at);
  const lines = side.map((i) => side.map((j) => hex(pixelAt(picture, i, j))).join(" "));
  const isFirst = order === "channels first";
  const pixel = isFirst ? `x[:, ${row}, ${column}]` : `x[${row}, ${column}, :]`;
  const light = `[${pixelAt(picture, row, column).join(", ")}]`;
  return [
    'data = bytearray.fromhex("""',
    ...lines,
    '""")',
    "x = torch.frombuffer(data, dtype=torch.uint8)",
    `x = x.view(${SIDE}, ${SIDE}, 3)${isFirst ? ".permute(2, 0, 1).contiguous()" : ""}`,
    `tuple(x.shape)  # ${tupleText(shapeOf(order))}`,
    `x.stride()  # ${tupleText(stridesOf(order))}`,
    `${pixel}.tolist()  # ${light}`,
    `x.flatten()[[${placesOf(order, row, column).join(", ")}]].tolist()  # ${light}`,
  ].join("\n");
}
