// What the doctor says, and what the patients suffer from.

/** The case of each patient, from the first on. */
export const CASES = ["not shuffled", "softmax twice", "nothing wrong", "never cleared", "labels mixed up", "rate too high"];

/** What can be said about a patient: the value, and how the list shows it. */
export const DIAGNOSES = [
  ["", "?"],
  ["nothing wrong", "nothing wrong"],
  ["rate too high", "learning rate too high"],
  ["never cleared", "gradients never cleared"],
  ["labels mixed up", "labels mixed up"],
  ["not shuffled", "not shuffled"],
  ["softmax twice", "softmax twice"],
];

const RIGHT = {
  "nothing wrong": "Right, this one is healthy: both losses fall far below guessing, and close together.",
  "rate too high": "Right: from the first steps on the loss leaps above guessing, and stays there.",
  "never cleared": "Right: it learns at first, then leaps above guessing. Each step follows the sum of all gradients so far.",
  "labels mixed up": "Right: no learning rate lifts it far off guessing. Points and labels do not belong together.",
  "not shuffled": "Right: the pattern repeats with each epoch, because a minibatch holds one class alone.",
  "softmax twice": "Right: most points are right, yet the loss cannot fall below 0.55.",
};

const WRONG = {
  "nothing wrong": "No, something is wrong. Look at the dotted line, and at the single minibatches.",
  "rate too high": "No: too high a rate would throw the loss above guessing from the first steps on.",
  "never cleared": "No: then it would learn at first, and leap above guessing later.",
  "labels mixed up": "No: then neither loss would leave the line of guessing by much.",
  "not shuffled": "No: then one pattern would repeat with each epoch.",
  "softmax twice": "No: then the losses would end just above 0.55, with most points right.",
};

/** A loss with two digits that count. */
export function lossWords(loss) {
  if (loss < 0.01) return "below 0.01";
  return loss < 10 ? loss.toFixed(2) : String(Math.round(loss));
}

/** The verdict on the guess, or the numbers where there is none; `means` are those of the epochs. */
export function sentence({ patient, guesses, epochs }, { means, validation, accuracy }) {
  const guess = guesses[patient - 1];
  if (guess) return (guess === CASES[patient - 1] ? RIGHT : WRONG)[guess];
  const numbers = `training loss ${lossWords(means[epochs - 1])}, validation loss ${lossWords(validation[epochs - 1])}`;
  return `Patient ${patient}, epoch ${epochs}: ${numbers}, ${Math.round(100 * accuracy[epochs - 1])} % of the validation points right.`;
}

/** What the picture shows, for a reader who cannot see it. */
export function pictureWords({ patient, epochs }, { means, validation }) {
  const course = (losses) => [1, Math.ceil(epochs / 2), epochs].map((epoch) => lossWords(losses[epoch - 1])).join(", ");
  return `Patient ${patient}: mean training loss at first, half way and at last ${course(means)}; validation loss ${course(validation)}; guessing gives 1.10`;
}
