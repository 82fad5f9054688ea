// What the demo of the weight bands says, and its lines of torch.

import { PLACES, copies, freeWeights, matrix, movesAlong, output } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const span = (from, to) => (from === to ? `${from}` : `${from} to ${to}`);
const within = (place, reach) => span(Math.max(0, place - reach), Math.min(PLACES - 1, place + reach));
const places = (count) => (count === 1 ? "1 place" : `${count} places`);

/** What is seen of the part that is pointed at: a cell, an input (a column) or an output (a row). */
function pointedSentence(state, { row, column }) {
  if (row === null) return `Input ${column} goes into the outputs ${within(column, state.reach)}.`;
  if (column === null) return `Output ${row} is a sum over the inputs ${within(row, state.reach)}.`;
  const count = copies(state, row, column);
  if (!count) return `From input ${column} to output ${row} is further than ${places(state.reach)}: the weight is 0.`;
  const value = number(matrix(state)[row][column]);
  if (count === 1) return `The weight ${value} leads from input ${column} to output ${row}, and stands here alone.`;
  return `The weight ${value} stands at ${places(count)}: wherever input and output are as far apart as here.`;
}

/** What is seen now. */
export function sentence(state, pointed) {
  if (pointed) return pointedSentence(state, pointed);
  const { share, reach, shift } = state;
  if (!shift) return "The signal has not moved yet. Move it, and see if the output moves along.";
  if (!movesAlong(state)) return `The signal has moved by ${places(shift)}, and its output has another shape: other weights wait there.`;
  const kernel = reach < PLACES - 1 ? ` This is a convolution with a kernel of ${2 * reach + 1}.` : "";
  return share ? `Equal weights along each diagonal: the output has moved by ${places(shift)} as well.${kernel}` : "";
}

/** The number of free weights as a sum. */
export function countWords({ share, reach }) {
  if (share) return `2 · ${reach} + 1`;
  return reach === PLACES - 1 ? `${PLACES} · ${PLACES}` : `${PLACES} · ${2 * reach + 1} less the corners`;
}

const plain = (value) => String(Number(value.toFixed(4)) + 0);

/** The lines of torch that give the same output. */
export function torchCode(state) {
  const { share, reach, shift } = state;
  const named = `share=${share ? "True" : "False"}, reach=${reach}, shift=${shift}`;
  const asConvolution = [
    "x, v = demo.signal, demo.kernel",
    `F.conv1d(x[None, None], v[None, None], padding=${reach})[0, 0]  # the same`,
  ];
  return [
    "from utils.widgets.weight_bands import WeightBands",
    `demo = WeightBands(${named})`,
    ...(share ? asConvolution : []),
    "demo.matrix @ demo.signal",
    `# ${output(state).map(plain).join(", ")}`,
    `demo.free  # ${freeWeights(state)}`,
  ].join("\n");
}
