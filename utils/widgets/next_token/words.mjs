// What the demo says, and the lines of torch.

import { percent } from "../kit/numbers.mjs";

const NAMES = { " ": "a space", "\n": "a new line" };

/** A character as a word, with marks around it. */
export const named = (character) => NAMES[character] ?? `“${character}”`;

/** A character as a sign in a box. */
export const sign = (character) => ({ " ": "␣", "\n": "↵" })[character] ?? character;

/** A chance; 0 and 1 stand for themselves, as at temperature 0. */
export const chanceWords = (chance) => ({ 0: "0 %", 1: "100 %" })[chance] ?? percent(chance);

/** One sentence on what is seen now. */
export function sentence({ temperature }, { read, order, chances, looks, characters }) {
  const [first, second] = order;
  const said = `${named(characters[first])} has ${chanceWords(chances[first])}`;
  const other = chances[second] > 0 ? `, ${named(characters[second])} ${percent(chances[second])}` : "";
  const most = looks.indexOf(Math.max(...looks));
  const back = read.length - 1 - most;
  const where = ["the last character", "the one before the last"][back] ?? `${named(read[most])}, ${back} places before the last`;
  const cold = temperature === 0 ? "At temperature 0 the likeliest takes all. " : "";
  return `${cold}${said[0].toUpperCase()}${said.slice(1)}${other}. The model looks most at ${where}.`;
}

/** Lines of Python that give the same chances. */
export function torchCode({ temperature }, read) {
  return [
    "from utils.sequences.sampling import with_temperature",
    "from utils.widgets.next_token import stored_writer, vocabulary",
    "",
    `ids = vocabulary().encode(${JSON.stringify(read)})`,
    "logits, caches = stored_writer()(ids[None])",
    `chances = with_temperature(logits[0, -1].detach(), ${temperature})`,
    "top = chances.topk(5)",
    "for chance, place in zip(top.values, top.indices, strict=True):",
    '    print(f"{vocabulary().characters[place]!r} {chance:.3f}")',
  ].join("\n");
}
