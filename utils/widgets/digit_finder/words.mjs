// What the digit finder says, and its lines of torch.

import { HIT, SIDE, iou } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const NUMBERS = ["No", "One", "Two", "Three", "Four"];
const place = (cell) => [cell % SIDE, Math.floor(cell / SIDE)];

/** Why an object is missed, as far as it can be seen. */
function reason(index, { objects, boxes, fates, all, threshold, inSight }) {
  if (!inSight[index]) return "it is covered.";
  const rival = fates.findIndex(({ cell }, at) => at !== index && cell === fates[index].cell);
  if (rival >= 0) return `the ${objects[rival][0]} has its centre in the same cell.`;
  const below = all.find(({ box, label, score }) => score < threshold && label === objects[index][0] && iou(box, boxes[index]) >= HIT);
  if (below) return `the right box has a score of ${number(below.score)}.`;
  const near = fates[index].iou;
  return near ? `the best box has an IoU of ${number(near)}.` : "no box touches it.";
}

/** What is seen now. */
export function sentence(seen) {
  const { objects, fates, shown, right } = seen;
  const alarms = shown.filter((_, at) => !right[at]);
  if (!objects.length) {
    if (!alarms.length) return "An empty scene, and not one box.";
    return `An empty scene, yet a box says ${alarms[0].label}, with a score of ${number(alarms[0].score)}.`;
  }
  const names = objects.map(([digit]) => digit);
  const found = fates.filter(({ fate }) => fate === "found");
  const head = `${NUMBERS[objects.length]} ${objects.length === 1 ? "digit" : "digits"}, ${NUMBERS[found.length].toLowerCase()} found.`;
  const wrong = fates.findIndex(({ fate }) => fate === "wrong");
  const missed = fates.findIndex(({ fate }) => fate === "missed");
  if (wrong >= 0) return `${head} The ${names[wrong]} is taken for a ${fates[wrong].report.label}, with a score of ${number(fates[wrong].report.score)}.`;
  if (missed >= 0) return `${head} The ${names[missed]} is missed: ${reason(missed, seen)}`;
  if (alarms.length) return `${head} But a box says ${alarms[0].label} where there is none, with a score of ${number(alarms[0].score)}.`;
  const least = found.reduce((one, other) => (other.report.score < one.report.score ? other : one));
  return `${head} The lowest score is ${number(least.report.score)}, for the ${least.report.label}.`;
}

/** The fate of an object in a few words. */
export function fateWords({ fate, report }) {
  if (fate === "missed") return "missed";
  return fate === "found" ? "found" : `taken for a ${report.label}`;
}

/** An object in words, for a reader who cannot see it. */
export function objectWords([digit, side, x, y], fate) {
  const score = fate.report ? `, score ${number(fate.report.score)}` : "";
  return `Digit ${digit}, side ${side}, left ${x}, top ${y}: ${fateWords(fate)}${score}. Arrow keys move it, plus and minus change its size, Delete removes it.`;
}

/** The lines of torch that read the box of one cell from its numbers. */
export function torchCode(cell, { numbers, box, scores }) {
  const best = scores.indexOf(Math.max(...scores));
  const lines = [];
  for (let at = 0; at < numbers.length; at += 5) {
    lines.push(`    ${numbers.slice(at, at + 5).map((value) => value.toFixed(4)).join(", ")},`);
  }
  const [column, row] = place(cell);
  return [
    `# what the cell in column ${column}, row ${row} says`,
    "cell = torch.tensor([",
    ...lines,
    "])",
    `centre = (torch.tensor([${column}, ${row}]) + cell[:2].sigmoid()) * 8`,
    "half = torch.tensor([15.0, 20.0]) * cell[2:4].exp() / 2",
    "box = torch.cat([centre - half, centre + half])",
    `box  # ${box.map((value) => value.toFixed(1)).join(", ")}`,
    "scores = cell[4].sigmoid() * cell[5:].softmax(0)",
    `scores.max(), scores.argmax()  # ${scores[best].toFixed(2)}, ${best}`,
  ].join("\n");
}
