// What the demo says of a cut, and its lines of torch.

import { scores } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const hundred = (share) => Math.round(100 * share);

/** One sentence on the cut; `isFewest` where no other one makes fewer mistakes. */
export function sentence({ cut }, { found, missed, alarms, recall, fallOut, precision }, isFewest) {
  if (isFewest && precision !== null) {
    return `From ${number(cut)} on, mistakes are fewest: ${missed} ill missed, ${alarms} healthy alarmed. Another cut trades one for the other.`;
  }
  const first = `From ${number(cut)} on, ${hundred(recall)} % of the ill are found and ${hundred(fallOut)} % of the healthy alarmed.`;
  if (precision === null) return `${first} Nobody is called.`;
  return `${first} Of ${found + alarms} called, ${found} are ill: precision ${hundred(precision)} %.`;
}

/** The picture in words. */
export function described({ found, missed, alarms, spared }) {
  return `Ill: ${found} found, ${missed} missed. Healthy: ${alarms} alarmed, ${spared} spared.`;
}

/** The lines of torch that count the same people. */
export function torchCode(state, { recall, precision }) {
  const { ill, healthy } = scores(state);
  const share = (count) => `torch.special.ndtri((torch.arange(${count}) + 0.5) / ${count})`;
  const half = number(state.apart / 2).replace("\u2212", "-");
  const cut = number(state.cut).replace("\u2212", "-");
  return [
    `ill = ${share(ill.length)} + ${half}`,
    `healthy = ${share(healthy.length)} - ${half}`,
    `found, alarms = (ill >= ${cut}).sum(), (healthy >= ${cut}).sum()`,
    `found / len(ill)  # recall ${recall.toFixed(4)}`,
    `found / (found + alarms)  # ${precision === null ? "nan: nobody is called" : `precision ${precision.toFixed(4)}`}`,
  ].join("\n");
}
