// What the mask brush says, and its lines of torch.

/** A score with two decimals, rounded down so that 1 means all; a dash where it is 0/0. */
export const plain = (score) => (score === null ? "–" : (Math.floor(score * 100 + 1e-9) / 100).toFixed(2));

/** What is seen now. */
export function sentence({ right, missed, beside }, { accuracy }, truth) {
  if (!right && !beside) {
    return `Nothing is painted, and ${plain(accuracy)} of all pixels are right: the background.`;
  }
  if (!missed && !beside) return "Pixel by pixel, this is the true mask.";
  const last = truth === "both" ? "Both objects of the class are one mask." : "Grey counts for accuracy alone.";
  return `IoU: ${right} green of ${right + missed + beside} coloured pixels. ${last}`;
}

/** The cursor and what is under it, for readers who hear the picture. */
export function placeWords(row, column, what) {
  const words = { right: "painted, right", missed: "missed", beside: "painted, wrong", rest: "background" };
  return `Picture to paint on. Row ${row}, column ${column}: ${words[what]}. Space uses the brush.`;
}

/** Lines of torch with as many pixels of each kind, in another order. */
export function torchCode({ right, missed, beside, rest }, { accuracy, iou, dice }) {
  return [
    `count = torch.tensor([${right}, ${missed}, ${beside}, ${rest}])`,
    "painted = torch.tensor([1, 0, 1, 0]).repeat_interleave(count)",
    "truth = torch.tensor([1, 1, 0, 0]).repeat_interleave(count)",
    "both, either = (painted & truth).sum(), (painted | truth).sum()",
    "accuracy = (painted == truth).double().mean()",
    "iou = both / either",
    "dice = 2 * both / (painted.sum() + truth.sum())",
    `accuracy, iou, dice  # ${[accuracy, iou, dice].map(plain).join(", ")}`,
  ].join("\n");
}
