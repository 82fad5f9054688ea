// What the demo of suppression says, and its lines of torch.

const and = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : String(names[0]));
const boxCount = (count) => (count === 1 ? "1 box" : `${count} boxes`);
const digitCount = (count, none = "no digit") => (count ? `${count} ${count === 1 ? "digit" : "digits"}` : none);

/** A number with two decimals. */
export const plain = (value) => value.toFixed(2);

/** What became of a box, beside its score. */
export function fateWords({ fate, by, overlap }) {
  if (fate === "gone") return `IoU ${plain(overlap)} with ${by + 1}`;
  return { kept: "kept", waiting: "", low: "score too low" }[fate];
}

/** What is seen after `step` of all steps. */
export function sentence({ all, step, scores, left, threshold, count }) {
  if (!all.length) return "No box has a score that large.";
  if (!step) return `${boxCount(scores.length)} wait, best score first. Box 1 comes next.`;
  if (step >= all.length) {
    const { one, several, none, nothing } = left;
    const astray = nothing ? ` ${boxCount(nothing)} ${nothing === 1 ? "lies" : "lie"} beside the digits.` : "";
    return `Done: ${boxCount(all.length)} for ${count} digits. One box: ${digitCount(one)}. Several: ${digitCount(several)}. None: ${digitCount(none)}.${astray}`;
  }
  const { kept, removed } = all[step - 1];
  const gone = removed.map(([index]) => index + 1);
  const what = gone.length
    ? `It removes ${and(gone)}: ${gone.length === 1 ? "the" : "each"} IoU with it is above ${plain(threshold)}.`
    : `It removes none: no IoU with it is above ${plain(threshold)}.`;
  return `Box ${kept + 1}, score ${plain(scores[kept])}, is the best left and stays. ${what}`;
}

/** The lines of torch that keep the same boxes. */
export function torchCode({ boxes, scores }, all, iouThreshold, scoreThreshold) {
  return [
    "from torchvision.ops import nms",
    "boxes = torch.tensor([",
    ...boxes.map((box) => `    [${box.join(", ")}],`),
    "], dtype=torch.float64)",
    "scores = torch.tensor([",
    `    ${scores.slice(0, 7).join(", ")},`,
    `    ${scores.slice(7).join(", ")},`,
    "], dtype=torch.float64)",
    `high = (scores >= ${plain(scoreThreshold)}).nonzero()[:, 0]`,
    `kept = high[nms(boxes[high], scores[high], ${plain(iouThreshold)})]`,
    `kept + 1  # ${all.map(({ kept }) => kept + 1).join(", ") || "none"}`,
  ].join("\n");
}
