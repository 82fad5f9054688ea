// How often the cells of the padding and stride explorer are used, in words.

import { axisCounts } from "../kit/convolution.mjs";
import { SIDES, both, sums } from "./words.mjs";

const times = (count) => ["never", "once", "twice"][count] ?? `${count} times`;
const to = (least, most) => (most === least + 1 ? "or" : "to");

function listed(indices, length, { one, many }) {
  const count = indices.length;
  if (!count) return "";
  if (count === length) return `all ${many}`;
  const gapless = indices.at(-1) - indices[0] === count - 1;
  const end = indices[0] === 0 ? "first" : "last";
  if (gapless && (indices[0] === 0 || indices.at(-1) === length - 1)) {
    return count === 1 ? `the ${end} ${one}` : `the ${end} ${count} ${many}`;
  }
  if (count === 1) return `${one} ${indices[0]}`;
  if (count > 4) return `${count} of the ${length} ${many}`;
  return `${many} ${indices.slice(0, -1).join(", ")} and ${indices.at(-1)}`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const nonzero = (counts) => counts.filter((count) => count > 0);

/** The least and the greatest number of uses among the cells that are used at all. */
export function useRange(settings) {
  const used = both(settings).map((axis) => nonzero(axisCounts(axis)));
  if (used.some((counts) => !counts.length)) return [0, 0];
  return [Math.min, Math.max].map((end) => end(...used[0]) * end(...used[1]));
}

/** Which input cells are used how often; for a transposed convolution, see `overlapSentence`. */
export function useSentence(settings) {
  if (settings.transposed) return overlapSentence(settings);
  const counts = both(settings).map(axisCounts);
  const [least, most] = useRange(settings);
  if (!most) return "No input cell is ever used: every window that fits sees padding only.";
  const dead = counts.map((axis) => axis.flatMap((count, index) => (count ? [] : [index])));
  const parts = dead.map((list, side) => listed(list, counts[side].length, SIDES[side]));
  const missing = parts.filter(Boolean).join(" and ");
  const single = dead.flat().length === 1;
  const never = missing ? `${capital(missing)} ${single ? "is" : "are"} never used. ` : "";
  const cells = missing ? "The other input cells" : "All input cells";
  if (least === most) return `${never}${cells} are used ${times(most)}.`;
  const [row, column] = counts.map((axis) => axis[Math.floor(axis.length / 2)]);
  // With stride 1 the counts mirror each other, so one corner speaks for all four.
  const steady = String(settings.stride) === "1,1";
  if (!missing && steady && counts[0][0] * counts[1][0] === least && row * column === most) {
    return `The corners are used ${times(least)}, the middle ${times(most)}.`;
  }
  const each = missing ? "Each of the other input cells" : "Each input cell";
  return `${never}${each} is used ${least} ${to(least, most)} ${most} times.`;
}

/** What is to be known of it at first sight: of a transposed convolution the first sentence. */
export function useBriefly(settings) {
  const sentence = useSentence(settings);
  if (settings.transposed) return /^.*?\.(?= |$)/.exec(sentence)[0];
  return /never used|No input cell/.test(sentence) ? "Hatched input is never used." : "";
}

/** Whether counts differ between places that no edge affects: the pattern of stride and kernel. */
function isUneven(axis) {
  const touched = (phase) =>
    Array.from({ length: axis.kernel_size }, (_, k) => k * axis.dilation - phase).filter(
      (offset) => offset % axis.stride === 0,
    ).length;
  const counts = axisCounts(axis);
  const away = counts.filter((count, i) => count === touched((i + axis.padding) % axis.stride));
  return new Set(away).size > 1;
}

/** How many products the output numbers of a transposed convolution add up, and the pattern. */
function overlapSentence(settings) {
  const counts = both(settings).map(axisCounts);
  const total = counts[0].length * counts[1].length;
  const reached = nonzero(counts[0]).length * nonzero(counts[1]).length;
  const [least, most] = useRange(settings);
  const range = `${least} ${to(least, most)} ${sums(most)}`;
  const amount = `is the sum of ${least === most ? sums(most) : range}`;
  const empty = `${total - reached} of the ${total} output numbers get nothing and are 0.`;
  const others = reached ? ` Each of the others ${amount}.` : "";
  const summary = reached === total ? `Every output number ${amount}.` : empty + others;
  const uneven = both(settings).filter(isUneven);
  if (!uneven.length) return summary;
  const pattern = uneven.length === 2 ? "a checkerboard" : "stripes";
  const cause = uneven.some((axis) => axis.kernel_size % axis.stride)
    ? "the kernel size is not a multiple of the stride"
    : "stride and dilation have a common factor";
  return `${summary} Even away from the edges neighbours differ: ${pattern}, because ${cause}.`;
}
