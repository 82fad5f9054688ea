// What the demo says.

import { positions, used } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

/** One sentence on what is seen; `seen` holds the levels, the rounded rows and the counts. */
export function sentence(state, { levels, rows, right, floats }) {
  if (state.row >= 0) {
    const { scale } = levels[state.row];
    const all = positions(levels[state.row], state).length;
    return `Row ${state.row + 1}: levels ${number(scale, 3)} apart. Its 64 weights use ${used(rows[state.row])} of the ${all}; lines show how far each one has moved.`;
  }
  const count = positions(levels[0], state).length;
  const whose = state.per_row ? "in each row" : "for all rows";
  const where = state.affine ? "from lowest to highest weight" : "alike on both sides of 0";
  const lost = floats - right;
  const compared = lost > 0 ? `${lost} fewer than with floats` : lost < 0 ? `${-lost} more than with floats` : "as many as with floats";
  return `${count} levels ${whose}, ${where}: ${right} of 360 images are right, ${compared}.`;
}

const named = (value) => (value ? "True" : "False");

/** The lines of torch that give the same count. */
export function torchCode({ bits, affine, per_row }) {
  return [
    "from utils.data.images import load_images",
    "from utils.quantisation import quantised",
    "from utils.widgets.quantisation_levels.network import unpacked",
    "",
    "digits = load_images(\"digits\")",
    `net = quantised(unpacked(), ${bits}, symmetric=${named(!affine)}, per_channel=${named(per_row)})`,
    "said = net(digits.test_images.flatten(1).double()).argmax(1)",
    "print((said == digits.test_labels).sum().item())",
  ].join("\n");
}
