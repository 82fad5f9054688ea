// The picture: a column for each step, with its number, its tap, and what the belt holds.

import { CANDIDATES, STEPS } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";

const PIPE = 48; // units that a number of 1 would fill
const [MIDDLE, DOOR] = [24, 8]; // of a tap: where its door stands, and how high it is
const [FULL, END] = [60, 27]; // units of the whole drawing of a tap, across, and to an end of its door
const ROAD = 26; // pixels of the belt where a change arrives whole

const per = (value) => `${(100 * value).toFixed(3)}%`;
const signed = (node, value) => {
  node.classList.toggle("book-minus", value < 0);
};

/** How far down a number stands in a box, as a share. */
const depth = (value, [low, high]) => (high - value) / (high - low);

/** A bar in a box, from where another one ends up or down. */
function bar(kind) {
  const root = element("div", { class: kind });
  const set = (from, to, range) => {
    const [top, bottom] = [Math.max(from, to), Math.min(from, to)].map((end) => depth(end, range));
    root.style.top = per(top);
    root.style.height = per(bottom - top);
  };
  return { root, set };
}

/**
 * A stream as wide as its number, and a door in it: `set(share)` opens the door for that share, and below
 * it runs what is let through.
 */
function tap(value) {
  const wide = PIPE * Math.abs(value);
  const come = shape("rect", { class: "book-come", x: -wide / 2, y: 0, width: wide, height: MIDDLE });
  const water = shape("rect", { class: "book-water", y: MIDDLE, height: FULL - MIDDLE });
  const doors = [0, 1].map(() => shape("rect", { class: "book-door", y: MIDDLE - DOOR / 2, height: DOOR, rx: 2 }));
  const root = shape("svg", { class: "book-tap", viewBox: `${-FULL / 2} 0 ${FULL} ${FULL}`, preserveAspectRatio: "none", "aria-hidden": true }, come, water, ...doors);
  signed(root, value);
  const set = (share) => {
    const open = wide * share;
    water.setAttribute("x", -open / 2);
    water.setAttribute("width", open);
    doors.forEach((door, side) => {
      door.setAttribute("x", side ? open / 2 : -END);
      door.setAttribute("width", END - open / 2);
    });
  };
  return { root, set };
}

function column(value, index) {
  const chip = element("div", { class: "book-chip" }, number(value, 1));
  const valve = tap(value);
  const words = element("span", {});
  const share = element("div", { class: "book-share" }, words, element("span", { class: "book-cent" }, "\u00a0%"));
  const [ghost, own, added, taken] = ["ghost", "own", "added", "taken"].map((kind) => bar(`book-${kind}`));
  const [wanted, zero, level] = ["wanted", "zero", "level"].map((kind) => element("div", { class: `book-${kind}` }));
  const box = element("div", { class: "book-box" }, zero, ...[ghost, own, added, taken].map((one) => one.root), wanted, level);
  const road = element("div", { class: "book-road" });
  const belt = element("div", { class: "book-belt" }, road);
  const held = element("div", { class: "book-held" });
  const shown = element("div", { class: "book-shown" });
  const root = element("div", { class: "book-station", "data-about": `step-${index}` }, chip, valve.root, share, box, held, belt);
  signed(chip, value);
  const mark = (isMarked) => root.classList.toggle("book-marked", isMarked);
  const want = (isWanted) => {
    for (const one of [wanted, ghost.root]) one.hidden = !isWanted;
  };
  const open = (part) => {
    words.textContent = String(Math.round(100 * part));
  };
  // Each bar begins where the one before it ends, and the last one ends at what the belt holds.
  const fill = (all, marked, brought, target, range) => {
    own.set(0, marked, range);
    added.set(marked, marked + brought, range);
    taken.set(marked + brought, all, range);
    ghost.set(0, target, range);
    level.style.top = per(depth(all, range));
    zero.style.top = per(depth(0, range));
    wanted.style.top = per(depth(target, range));
  };
  const widen = (slope) => {
    road.style.height = `${Math.max(1.5, ROAD * slope).toFixed(2)}px`;
  };
  return { root, valve, open, fill, held, shown, mark, want, widen };
}

// What the bars in the boxes mean, and what stands between them.
const KEYS = [
  ["own", "marked number", "+"],
  ["rest", "all others", "="],
  ["level", "holds", ""],
];

/**
 * The whole picture: `stations[t]` for each step, `set` for what eases, `aim(number)` names the marked
 * number beside its dashed line, `shows` is a row of what leaves the cell.
 */
export function picture() {
  const stations = CANDIDATES.map(column);
  const names = [
    ["book-name-chip", "comes"],
    ["book-name-tap", "tap"],
    ["book-name-share", "lets in"],
    ["book-name-box", ""],
    ["book-name-held", "holds"],
    ["book-name-belt", "gradient"],
  ].map(([kind, words]) => element("div", { class: kind }, words));
  const [aimed, zero] = ["book-aim", "book-nought"].map((kind) => element("span", { class: kind }, "0"));
  names[3].append(aimed, zero);
  const legend = element("div", { class: "book-names", "aria-hidden": true }, ...names);
  const line = element("div", { class: "book-line", role: "img" }, legend, ...stations.map((one) => one.root));
  const keys = KEYS.flatMap(([kind, words, sign]) => [element("span", { class: `book-key book-key-${kind}` }, words), ...(sign ? [element("span", { class: "book-sum" }, sign)] : [])]);
  const root = element("div", {}, element("div", { class: "book-keys" }, ...keys), line);
  // What the cell shows stands under More, where the tap for it is.
  const shows = element("div", { class: "book-shows" }, element("div", { class: "book-names" }, "shows h"), ...stations.map((one) => one.shown));
  /**
   * Numbers as they ease: taps, contents, parts of the mark and of what was added to it, and slopes, all
   * steps of each in turn; then the marked number, and the range of the boxes.
   */
  const set = (values) => {
    const [target, ...range] = values.slice(5 * STEPS);
    stations.forEach((one, step) => {
      one.valve.set(values[step]);
      const [all, marked, brought, slope] = [1, 2, 3, 4].map((kind) => values[kind * STEPS + step]);
      one.fill(all, marked, brought, target, range);
      one.widen(slope);
    });
    aimed.style.top = per(depth(target, range));
    zero.style.top = per(depth(0, range));
  };
  const aim = (target) => {
    aimed.textContent = `wanted ${number(target, 1)}`;
  };
  return { root, line, shows, stations, set, aim };
}
