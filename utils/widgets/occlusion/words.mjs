// Occlusion: what it says, and the lines of torch.

import { percent } from "../kit/numbers.mjs";
import { patchAt } from "./math.mjs";

const share = (value) => percent(value).replaceAll(" ", "\u00a0"); // does not break at a line's end

const COLOURS = new Map([[0, "black"], [0.5, "grey"], [1, "white"]]);
export const colourWords = (fill) => COLOURS.get(fill);

/** "an 8", "a 3". */
export const article = (label) => `${Number(label) === 8 ? "an" : "a"} ${label}`;

/** What is seen now. */
export function sentence({ digit, size }, { before, probabilities, said }) {
  const label = Number(digit);
  const [was, is] = [before, probabilities[label]].map(share);
  const patch = `${size}×${size} pixels`;
  if (said !== label) return `Another verdict: with these ${patch} hidden it is ${article(said)}, ${share(probabilities[said])}. The ${digit} falls to ${is}.`;
  if (before - probabilities[label] > 0.005) return `The ${digit} falls from ${was} to ${is}: some of what it needs is hidden.`;
  return `The ${digit} stays at ${is}: what is hidden here is not missed.`;
}

/** The left picture in words, for readers who cannot see it. */
export function pictureWords({ digit, place: [row, column], size, fill }) {
  return `${article(digit)} under a ${colourWords(fill)} patch of ${size} by ${size} pixels, row ${row}, column ${column} of 14. Arrow keys move it.`;
}

/** The map in words. */
export function mapWords({ digit }, cells) {
  const others = cells.filter(({ said }) => said !== Number(digit)).length;
  return `Map of ${cells.length} places where the patch has been: at ${others} of them the verdict is another one.`;
}

/** The lines of torch that give the same probabilities. */
export function torchCode({ digit, place, size, fill }) {
  const { top, left, bottom, right } = patchAt(place, size);
  return [
    `from utils.widgets.kit.lenet import trained`,
    `from utils.widgets.occlusion import Occlusion`,
    ``,
    `x = Occlusion(digit="${digit}").picture.float()[None, None].clone()`,
    `x[:, :, ${top}:${bottom}, ${left}:${right}] = ${fill.toFixed(1)}`,
    `with torch.no_grad():`,
    `    print(trained()(x).softmax(1))`,
  ].join("\n");
}
