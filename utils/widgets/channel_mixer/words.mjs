// What the channel mixer says.

import { number } from "../kit/numbers.mjs";

export const COLOURS = ["red", "green", "blue"];

const MEANINGS = {
  "as it is": "Each channel passes through.",
  grey: "Equal rows, equal channels: grey.",
  sepia: "Rows almost alike: brown tones.",
  swapped: "Red and blue trade places.",
  vivid: "More of each colour, less grey.",
  "colour only": "Rows add up to 0: grey turns black.",
  custom: "Your own weights.",
};

/** A weight or a sum: at most two decimals, none where it is whole. */
export function short(value) {
  return number(value).replace(/\.?0+$/, "");
}

/** One sentence on the weights, and one on the sum at the pixel, unless it is still on its way. */
export function sentence({ preset, matrix, channel }, meeting) {
  if (!meeting) return MEANINGS[preset];
  const terms = matrix[channel].map((weight, i) => {
    const sign = i === 0 ? "" : weight < 0 ? " − " : " + ";
    return `${sign}${short(i === 0 ? weight : Math.abs(weight))} · ${meeting.pixel[i]}`;
  });
  const sum = meeting.sums[channel];
  const isCut = sum < -0.5 || sum > 255.5;
  const drawn = isCut ? `, drawn as ${meeting.levels[channel]}` : "";
  const isAsShown = (value, digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9;
  const isExact = isAsShown(sum, 0) && matrix[channel].every((weight) => isAsShown(weight, 2));
  const result = `${isExact ? "=" : "≈"} ${number(sum, 0)}`;
  return `${MEANINGS[preset]} At the ring, ${COLOURS[channel]} becomes ${terms.join("")} ${result}${drawn}.`;
}

/** The lines of torch that make the output. */
export function torchCode({ photo, matrix }, side) {
  const rows = matrix.map((row) => `    [${row.map((weight) => (Number.isInteger(weight) ? weight.toFixed(1) : weight)).join(", ")}],`).join("\n");
  return [
    "from utils.data.photos import photo",
    `x = photo("${photo}", size=${side}, gray=False)[None]  # (1, 3, ${side}, ${side})`,
    `weight = torch.tensor([\n${rows}\n])`,
    "mixed = F.conv2d(x, weight[:, :, None, None])",
    "y = mixed.clamp(0, 1)  # what can be drawn",
  ].join("\n");
}
