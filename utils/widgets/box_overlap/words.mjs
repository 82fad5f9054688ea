// What the demo says, and the lines of torch.

import { areas, scores } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const FUNCTIONS = { IoU: "box_iou", GIoU: "generalized_box_iou", DIoU: "distance_box_iou", CIoU: "complete_box_iou" };

const short = (value) => String(Number(value.toFixed(3)));
const units = (value) => number(value, 1);

export function boxWords(name, box) {
  return `The ${name} box, from ${box.slice(0, 2).map(short).join(", ")} to ${box.slice(2).map(short).join(", ")}: arrow keys move it, with Shift its lower right corner`;
}

/** One sentence on the score that is looked at. */
export function sentence({ score, predicted, true: truth }) {
  const { shared, union, around } = areas(predicted, truth);
  const found = scores(predicted, truth);
  if (score === "IoU" && !shared) return "The boxes share nothing: IoU is 0 here and all around, so it has no slope, and Play has nowhere to go.";
  if (score === "IoU") return `Shared (green) ${units(shared)} over covered ${units(union)} is ${number(found.IoU)}.`;
  if (score === "GIoU") return `The box around both has the area ${units(around)}. Of it ${units(around - union)} are empty (striped): IoU minus that share is ${number(found.GIoU)}.`;
  const away = found.IoU - found.DIoU;
  if (score === "DIoU") return `Squared, the line between the centres is ${number(away)} of the diagonal: ${number(found.IoU)} minus that is ${number(found.DIoU)}.`;
  return `The shapes differ as well: DIoU ${number(found.DIoU)} minus ${number(found.DIoU - found.CIoU)} is ${number(found.CIoU)}.`;
}

export function torchCode({ score, predicted, true: truth }) {
  const row = (box) => `torch.tensor([[${box.map(short).join(", ")}]])`;
  return `from torchvision import ops\n\npredicted = ${row(predicted)}\ntrue = ${row(truth)}\nops.${FUNCTIONS[score]}(predicted, true)`;
}
