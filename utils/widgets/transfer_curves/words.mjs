// What the demo says.

import { WAYS, accuracies, passes } from "./math.mjs";

const percent = (share) => `${Math.round(100 * share)} %`;

/** One sentence on how far the others are from learning from scratch now. */
export function sentence(results, { pictures, step }) {
  const found = accuracies(results, pictures, step);
  if (step === 0) return "Before the first step all three guess.";
  const gain = (way) => Math.round(100 * found[way]) - Math.round(100 * found["from scratch"]);
  const sign = (number) => `${number > 0 ? "+" : number < 0 ? "\u2212" : ""}${Math.abs(number)}`;
  const tuned = gain("fine-tuned");
  return `Against scratch: fine-tuned ${sign(tuned)} ${Math.abs(tuned) === 1 ? "point" : "points"}, frozen ${sign(gain("frozen"))}.`;
}

/** The accuracies in words, for a reader who cannot see the curves. */
export function chartWords(results, { pictures, step }) {
  const found = accuracies(results, pictures, step);
  const each = WAYS.map((way) => `${way} ${percent(found[way])}`).join(", ");
  return `Accuracy against pictures of each class after ${step} steps. With ${pictures}: ${each}.`;
}

/** Where the task is done: the last step, and the first number with which from scratch stays ahead. */
export function isDone(results, { pictures, step }) {
  return step === 60 && pictures === passes(results, "from scratch", "frozen", step);
}

/** The lines that train the fine-tuned networks of the picture. */
export function torchCode({ rates }, { pictures, step }, place) {
  return [
    'from utils.data.images import load_images',
    'from utils.transfer import two_tasks',
    'from utils.transfer_runs import source_networks, train_few, with_new_classifier',
    '',
    'tasks, seeds = two_tasks(load_images("digits", size=8)), range(5)',
    'start = with_new_classifier(source_networks(tasks, seeds), tasks, seeds)',
    `setting = {"rates": [${rates["fine-tuned"][place]}], "seeds": seeds, "steps": ${step}}`,
    `runs = train_few({"fine-tuned": (start, 0.1)}, tasks, ${pictures}, **setting)`,
    'print(runs["fine-tuned"].test.mean())',
  ].join("\n");
}
