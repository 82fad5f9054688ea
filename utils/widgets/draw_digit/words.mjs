// Draw a digit: what it says, and the lines of torch.

import { number, percent } from "../kit/numbers.mjs";
import { SIDE } from "./math.mjs";

const isMoved = ({ moved }) => moved.some(Boolean);

/** What is seen now; `unit` or `label` is what the reader points at, −1 for nothing. */
export function sentence(state, { ink, hidden, probabilities, said, before, unit, label }) {
  if (unit >= 0) {
    return `This unit sends on ${number(hidden[unit])}. Ink on blue squares speeds it up, ink on red discs holds it back.`;
  }
  if (label >= 0) {
    return `The ${label} gets ${percent(probabilities[label])}. Blue lines speak for it, red ones against it: the wider, the louder.`;
  }
  const sure = percent(probabilities[said]);
  if (!ink.some(Boolean)) return `Nothing is drawn. The biases alone say ${said}, with ${sure}.`;
  if (isMoved(state)) {
    return said === before
      ? `Moved, it still is a ${said} for the network: ${sure}.`
      : `Moved, it is a ${said} for the network: ${sure}. In its old place it was a ${before}.`;
  }
  const others = [...probabilities.keys()].filter((at) => at !== said);
  const next = others.reduce((best, at) => (probabilities[at] > probabilities[best] ? at : best));
  return `A ${said}, says the network: ${sure}. Next comes the ${next} with ${percent(probabilities[next])}.`;
}

/** The picture in words, for readers who cannot see it. */
export function drawingWords(ink, cursor) {
  const place = `row ${Math.floor(cursor / SIDE)}, column ${cursor % SIDE}`;
  return `Drawing: ink ${ink[cursor]} of 16 at ${place}. Arrow keys move, Space paints.`;
}

const tensor = (values, digits) => {
  const texts = Array.from(values, (value) => value.toFixed(digits).replace(/^-(0\.0*)$/, "$1"));
  const lines = [];
  for (let at = 0; at < texts.length; at += 8) lines.push(`    ${texts.slice(at, at + 8).join(", ")},`);
  return `torch.tensor([\n${lines.join("\n")}\n])`;
};

/** The lines of torch that give the probabilities, from what the hidden units send on. */
export function torchCode({ hidden, logits, said }, row, bias) {
  return [
    `# relu(W1 @ x + b1): what the hidden units send on`,
    `hidden = ${tensor(hidden, 4)}`,
    `# W2[${said}]: what the ${said} makes of them`,
    `w = ${tensor(row, 4)}`,
    `# W2 @ hidden + b2, and how the ${said} comes to its logit`,
    `logits = ${tensor(logits, 4)}`,
    `logits[${said}] = w @ hidden + ${bias.toFixed(4)}`.replace("+ -", "- "),
    `logits.softmax(0)`,
  ].join("\n");
}
