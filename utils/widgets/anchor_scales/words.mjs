// What the demo of anchor scales says, and its lines of torch.

import { GRIDS, SIDE } from "./math.mjs";

/** A number with two decimals. */
export const plain = (value) => value.toFixed(2);

const pixels = ([x1, y1, x2, y2]) => `${Math.round(x2 - x1)}×${Math.round(y2 - y1)}`;

/** How many digits are met, and what the anchor of the cell does; or what the smallest gets on each map. */
export function sentence({ box, overlap, label, found, count, told }) {
  if (told) {
    const [fine, ...coarse] = told.row.map(plain);
    return `The smallest digit fits best on ${GRIDS[0]}×${GRIDS[0]} cells: IoU ${fine}. Coarser maps give it ${coarse.slice(0, -1).join(", ")} and ${coarse.at(-1)}.`;
  }
  const what = {
    object: `stands for a digit: IoU ${plain(overlap)}`,
    near: `just misses a digit: IoU ${plain(overlap)}`,
    background: "stands for background",
  }[label];
  return `${found} of ${count} digits ${found === 1 ? "has" : "have"} an anchor. The blue one, ${pixels(box)} pixels, ${what}.`;
}

/** The picture in words. */
export function pictureWords({ stage, cell, found, count }) {
  return `Four digits under ${GRIDS[stage]} by ${GRIDS[stage]} cells, row ${cell[0] + 1}, column ${cell[1] + 1}. ${found} of ${count} digits ${found === 1 ? "is" : "are"} met. Arrow keys move from cell to cell.`;
}

/** The lines of torch that give the table's column of a map. */
export function torchCode({ stage, size, ratio, boxes, overlaps }) {
  return [
    "from torchvision.ops import box_iou",
    `n, size, ratio = ${GRIDS[stage]}, ${size}, ${ratio}`,
    `centres = (torch.arange(n) + 0.5) * ${SIDE} / n`,
    'y, x = torch.meshgrid(centres, centres, indexing="ij")',
    "middle = torch.stack([x, y], -1).reshape(-1, 2)",
    "half = torch.tensor([size * ratio**0.5, size / ratio**0.5]) / 2",
    "anchors = torch.cat([middle - half, middle + half], 1)",
    `boxes = torch.tensor([${boxes.map((box) => `[${box.map((edge) => `${edge}.`).join(", ")}]`).join(",\n                      ")}])`,
    `box_iou(boxes, anchors).amax(1)  # ${overlaps[stage].map(plain).join(", ")}`,
  ].join("\n");
}
