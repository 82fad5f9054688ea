// What the demo says: captions, the sentence, and the lines of torch.

import { KINDS, amount, windowOf } from "./math.mjs";

export const TITLES = Object.fromEntries(KINDS.map((kind) => [kind, kind[0].toUpperCase() + kind.slice(1)]));

const percent = (share) => `${Math.round(100 * share)} %`;

/** Whether an operation leaves the picture as it is. */
const isStill = ({ kind, strength }) => strength < (kind === "flip" ? 50 : 1);

/** What has been done to the large picture. */
export function caption(state) {
  const { kind, strength } = state;
  if (isStill(state)) return "Not augmented yet";
  if (kind === "flip") return "Flipped left to right";
  if (kind === "turn") return `Turned by ${amount(kind, strength).toFixed(1)}°`;
  if (kind === "shear") return `Sheared by ${amount(kind, strength).toFixed(1)}°`;
  if (kind === "hue") return `Hue shifted by ${amount(kind, strength).toFixed(2)}`;
  const [left, top, right, bottom] = windowOf(strength);
  return `A crop of ${percent(((right - left) * (bottom - top)) / 400 ** 2)} of the area`;
}

/** What is seen now; `found` has the fits of the cup and of the spoon. */
export function sentence(state, found) {
  const { kind, strength, follow } = state;
  const [cup, spoon] = found.map(({ fit }) => percent(fit));
  if (isStill(state)) {
    return kind === "flip" && strength ? "A flip happens or not: push the strength to 50 %." : "Nothing has changed: both boxes fit.";
  }
  if (kind === "hue") return "Other colours, the same places: boxes need not follow.";
  if (!follow) return `The boxes stayed behind: the cup’s fits to ${cup}, the spoon’s to ${spoon}.`;
  if (kind === "flip") return "Right edges have become left ones: both boxes fit as before.";
  if (kind === "crop") return "Boxes are stretched with the window and cut off at its border: both fit.";
  const word = kind === "turn" ? "turned" : "sheared";
  return `Boxes around ${word} corners are loose: the cup’s fits to ${cup}, the spoon’s to ${spoon}.`;
}

const CALLS = {
  flip: () => "V.horizontal_flip(boxes)",
  turn: (strength) => `V.affine(boxes, ${amount("turn", strength)},\n    [0, 0], 1, [0, 0])`,
  shear: (strength) => `V.affine(boxes, 0, [0, 0], 1,\n    [${amount("shear", strength)}, 0])`,
  crop: (strength) => {
    const [left, top, right, bottom] = windowOf(strength);
    return `V.resized_crop(boxes, ${top}, ${left},\n    ${bottom - top}, ${right - left}, [400, 400])`;
  },
};

/** The boxes by torchvision, in lines short enough for a phone. */
export function torchCode(state, boxes) {
  const call = state.follow && !isStill(state) && CALLS[state.kind];
  return [
    "from torchvision import tv_tensors",
    "from torchvision.transforms.v2 import (",
    "    functional as V)",
    "boxes = tv_tensors.BoundingBoxes(",
    `    [[${boxes[0].join(", ")}],`,
    `     [${boxes[1].join(", ")}]],`,
    '    format="XYXY", dtype=torch.float64,',
    "    canvas_size=(400, 400))",
    ...(call ? [`boxes = ${call(state.strength)}`] : []),
    "print(boxes)",
  ].join("\n");
}
