// What the demo says, and the lines of torch.

import { rightCount } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const NAMES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/** Which letters a place looks at most: equal weights are named together, or counted. */
function most(row) {
  const top = Math.max(...row);
  const best = row.flatMap((weight, index) => (top - weight < 1e-9 ? [index] : []));
  if (best.length === row.length) return "all letters alike";
  if (best.length === 1) return `the ${NAMES[best[0]]} letter most, by ${number(top)},`;
  const which = best.length === 2 ? `the ${NAMES[best[0]]} and ${NAMES[best[1]]} letters` : `${best.length} letters`;
  return `${which} most, by ${number(top)} each,`;
}

/** One sentence on what is seen now. */
export function sentence({ word, place }, { weights, answer }) {
  const right = rightCount(word, answer);
  const score = right === word.length ? "All eight letters are right." : `${right} of 8 letters are right.`;
  return `The ${NAMES[place]} place looks at ${most(weights[place])} and says ${answer[place]}. ${score}`;
}

/** Lines of Python that give the same answer. */
export function torchCode({ word, sharpness, positions, causal }) {
  return [
    "from utils.sequences.attention import sinusoid",
    "from utils.widgets.attention_map.network import unpacked",
    "",
    "net = unpacked()",
    `word = torch.tensor([ord(letter) - 65 for letter in "${word}"])`,
    `x = net["letters"][word]${positions ? " + sinusoid(8, 16, base=100.0, dtype=torch.float64)" : ""}`,
    'Q, K, V = (x @ net[name].T for name in ("query", "key", "value"))',
    "out = F.scaled_dot_product_attention(",
    `    Q, K, V, scale=${sharpness} / 16**0.5, is_causal=${causal ? "True" : "False"}`,
    ")",
    'answer = (out @ net["out"].T + net["bias"]).argmax(1)',
    'print("".join(chr(65 + index) for index in answer))',
  ].join("\n");
}
