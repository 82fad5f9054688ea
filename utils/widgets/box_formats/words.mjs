// Box formats: what it says, and the lines of torch.

import { numbersOf } from "./math.mjs";

export const LABELS = { xyxy: ["x1", "y1", "x2", "y2"], xywh: ["x", "y", "w", "h"], cxcywh: ["cx", "cy", "w", "h"] };
const MEANINGS = { xyxy: "two corners", xywh: "corner, size", cxcywh: "middle, size" };
const PIXEL_MEANINGS = { xyxy: "first, last pixel", xywh: "first pixel, size", cxcywh: "middle, size" };

export const meaning = (notation, count) => (count === "pixels" ? PIXEL_MEANINGS : MEANINGS)[notation];

/** "4.5" for halves, "4" for whole numbers. */
export const short = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

const plural = (count) => `${count} pixel${count === 1 ? "" : "s"}`;

/** What is seen now. */
export function sentence({ box: [left, top, right, bottom], count }) {
  const width = right - left;
  if (count === "pixels") return `From pixel ${left} to pixel ${right - 1}, both included: ${right - 1} − ${left} + 1 = ${plural(width)} wide.`;
  return `From edge ${left} to edge ${right}: ${right} − ${left} = ${plural(width)} wide.`;
}

/** The picture in words. */
export function pictureWords({ box, notation, count }) {
  const numbers = numbersOf(box, notation, count).map(short).join(", ");
  return `Box, ${meaning(notation, count)}: ${numbers}. Arrow keys move it, with Shift its lower right corner.`;
}

const SHIFTS = { xyxy: "0, 0, 1, 1", cxcywh: "0.5, 0.5, 0, 0" };

/** The lines of torch that give the same numbers. */
export function torchCode({ box, notation, count }) {
  const shift = count === "pixels" && SHIFTS[notation] ? ` - torch.tensor([${SHIFTS[notation]}])` : "";
  return [
    `from torchvision.ops import box_convert`,
    ``,
    `edges = torch.tensor([${box.map((edge) => edge.toFixed(1)).join(", ")}])`,
    `print(box_convert(edges, "xyxy", "${notation}")${shift})`,
  ].join("\n");
}
