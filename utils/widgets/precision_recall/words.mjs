// What the demo says of the box that came last, and its lines of torch.

import { averagePrecision } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const NEAR = 0.1; // an overlap below it is no overlap worth a word

const counted = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;

function why({ object, overlap, isTaken }, threshold) {
  if (object >= 0) return `hit, overlap ${number(overlap)}`;
  if (overlap < NEAR) return "false alarm, it lies on nothing";
  if (overlap < threshold) return `false alarm, overlap ${number(overlap)} is below ${number(threshold)}`;
  return isTaken ? "false alarm, its digit is taken" : "false alarm";
}

/** One sentence on the box that came last. */
export function sentence(found, scores, shown, threshold, count) {
  if (!shown) return `No box has come yet, and none of the ${count} digits is found.`;
  const hits = found.slice(0, shown).filter(({ object }) => object >= 0).length;
  const words = why(found[shown - 1], threshold);
  return `Box ${shown}, score ${number(scores[shown - 1])}: ${words}. ${hits} of ${counted(shown, "box").replace("boxs", "boxes")} right, ${hits} of ${count} digits found.`;
}

/** The lines of torch that give the area. */
export function torchCode(scores, hits, count) {
  const area = averagePrecision(hits, count);
  if (!hits.length) return `found = torch.zeros(${count})  # nothing yet\nfound.mean()  # 0`;
  return [
    `scores = torch.tensor([${scores.slice(0, hits.length).map((score) => score.toFixed(2)).join(", ")}])`,
    `hits = torch.tensor([${hits.map(Number).join(", ")}])`,
    "hits = hits[scores.argsort(descending=True)]",
    "precision = hits.cumsum(0) / torch.arange(1, len(hits) + 1)",
    "best = precision.flip(0).cummax(0).values.flip(0)",
    `(best * hits).sum() / ${count}  # ${area.toFixed(4)}`,
  ].join("\n");
}
