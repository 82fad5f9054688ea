// What the demo says: one sentence on what is seen, and the lines of torch.

import { number, percent } from "../kit/numbers.mjs";

const names = (levels) => levels.map((level) => `${64 / 2 ** level}×${64 / 2 ** level}`).join(" and ");

/** Which skips are there, in words. */
function skipWords(skips) {
  const cut = skips.flatMap((isOn, level) => (isOn ? [] : [level]));
  if (!cut.length) return "With all skips";
  if (cut.length === skips.length) return "Without a skip";
  return `Without the skip${cut.length > 1 ? "s" : ""} of ${names(cut)}`;
}

const PLACES = ["is about to enter", "is at 64×64, on the way down", "is at 32×32, on the way down", "is at 16×16, on the way down", "is at the bottom, at 8×8", "is at 16×16, on the way up", "is at 32×32, on the way up", "is at 64×64, on the way up"];
const UP = 5; // the first moment of the way up

/** One sentence on what is seen now. */
export function sentence({ skips, step }, { iou, border }) {
  if (step < PLACES.length) {
    const joins = skips[PLACES.length - 1 - step] ? ", and meets its skip" : ", and its skip is cut";
    return `The picture ${PLACES[step]}${step < UP ? "" : joins}.`;
  }
  return `${skipWords(skips)} the mean IoU is ${number(iou)}, and ${percent(border)} of the pixels along borders are right.`;
}

/** Lines of Python that give the same mask. */
export function torchCode({ skips, scene }) {
  const list = skips.map((isOn) => (isOn ? "True" : "False")).join(", ");
  return [
    "from utils.widgets.skip_switches import SkipSwitches",
    "from utils.widgets.skip_switches.network import maps_of, packed",
    "",
    `x = SkipSwitches(scene=${scene}).picture[None, None]`,
    `maps = maps_of(packed(), x, [${list}])`,
    "mask = maps[-1].argmax(1)[0]",
    "print(mask.flatten().bincount(minlength=4))",
  ].join("\n");
}
