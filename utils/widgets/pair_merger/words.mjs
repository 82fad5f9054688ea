// What the demo says, and the same lines in Python.

import { shown } from "./math.mjs";

const many = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;

/** A token for the eye: spaces are seen. */
export const seen = (bytes) => shown(bytes).replaceAll(" ", "␣");

/** One sentence on a moment of the story. */
export function sentence({ rows, pairs, tokens }, bytes) {
  const so = `${many(bytes, "byte")}, ${many(tokens.length - 256, "merge")}, ${many(rows.flat().length, "token")}.`;
  const [next] = pairs;
  if (!next || next.count < 2) return `${so} No pair stands there twice: the end.`;
  const [one, other] = next.pair.map((id) => seen(tokens[id]));
  return `${so} Next: ${one} and ${other}, together ${next.count} times.`;
}

/** The same in Python: a text is quoted as JSON does, which Python reads alike. */
export function torchCode(text, step, apart) {
  return [
    "from utils.sequences.bpe import merge, split_words, train",
    "",
    `text = ${JSON.stringify(text)}`,
    `learned = train(text, ${step}, within_words=${apart ? "True" : "False"})`,
    `words = [list(word.encode()) for word in ${apart ? "split_words(text)" : "[text]"}]`,
    "for new, pair in enumerate(learned.merges, start=256):",
    "    words = [merge(word, pair, new) for word in words]",
    "ids = torch.tensor([index for word in words for index in word])",
    "print([learned.tokens[index] for index in ids])",
  ].join("\n");
}
