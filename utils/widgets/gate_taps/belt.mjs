// The picture: a column for each step, with its number, its tap, and what the belt holds.

import { CANDIDATES, STEPS } from "./math.mjs";
import { number } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";

const PIPE = 16; // units that water fills where the tap is open
const ROAD = 26; // pixels of the belt where a change arrives whole

const per = (value) => `${(100 * value).toFixed(3)}%`;
const signed = (node, value) => {
  node.classList.toggle("book-minus", value < 0);
};

/** How far down a number stands in a box, as a share. */
const depth = (value, [low, high]) => (high - value) / (high - low);

/** A bar from the zero of a box up or down. */
function bar(kind) {
  const root = element("div", { class: kind });
  const set = (value, range) => {
    const [top, bottom] = [Math.max(0, value), Math.min(0, value)].map((end) => depth(end, range));
    root.style.top = per(top);
    root.style.height = per(bottom - top);
    signed(root, value);
  };
  return { root, set };
}

/** A pipe with a handle that turns from across to along; `set(share)` opens it. */
function tap(value) {
  const water = shape("rect", { class: "book-water", y: 0, height: 50 });
  const handle = shape("line", { class: "book-handle", x1: -14, x2: 14, y1: 0, y2: 0 });
  const hub = shape("circle", { class: "book-hub", r: 4.5 });
  const turning = shape("g", {}, handle, hub);
  const pipe = shape("rect", { class: "book-pipe", x: -10, y: -2, width: 20, height: 54, rx: 2 });
  const root = shape("svg", { class: "book-tap", viewBox: "-20 0 40 50", "aria-hidden": true }, pipe, water, turning);
  signed(water, value);
  const set = (share) => {
    water.setAttribute("x", (-PIPE * share) / 2);
    water.setAttribute("width", PIPE * share);
    turning.setAttribute("transform", `translate(0 25) rotate(${90 * share})`);
  };
  return { root, set };
}

function column(value, index) {
  const chip = element("div", { class: "book-chip" }, number(value, 1));
  const valve = tap(value);
  const content = bar("book-content");
  const own = bar("book-own");
  const wanted = element("div", { class: "book-wanted" });
  const zero = element("div", { class: "book-zero" });
  const box = element("div", { class: "book-box" }, zero, content.root, own.root, wanted);
  const road = element("div", { class: "book-road" });
  const belt = element("div", { class: "book-belt" }, road);
  const held = element("div", { class: "book-held" });
  const shown = element("div", { class: "book-shown" });
  const root = element("div", { class: "book-station", "data-about": `step-${index}` }, chip, valve.root, box, held, belt);
  signed(chip, value);
  const mark = (isMarked) => chip.classList.toggle("book-marked", isMarked);
  const want = (isWanted) => {
    wanted.hidden = !isWanted;
  };
  const fill = (all, marked, target, range) => {
    content.set(all, range);
    own.set(marked, range);
    zero.style.top = per(depth(0, range));
    wanted.style.top = per(depth(target, range));
  };
  const widen = (slope) => {
    road.style.height = `${Math.max(1.5, ROAD * slope).toFixed(2)}px`;
  };
  return { root, valve, fill, held, shown, mark, want, widen };
}

// What the colours in the boxes mean.
const KEYS = [
  ["all", "all that is held"],
  ["own", "part of the marked number"],
];

/**
 * The whole picture: `stations[t]` for each step, `set` for what eases, `aim(number)` names the marked
 * number beside its dashed line, `shows` is a row of what leaves the cell.
 */
export function picture() {
  const stations = CANDIDATES.map(column);
  const names = [
    ["book-name-chip", "comes in"],
    ["book-name-tap", "tap"],
    ["book-name-box", ""],
    ["book-name-held", "holds"],
    ["book-name-belt", "gradient"],
  ].map(([kind, words]) => element("div", { class: kind }, words));
  const [aimed, zero] = ["book-aim", "book-nought"].map((kind) => element("span", { class: kind }, "0"));
  names[2].append(aimed, zero);
  const legend = element("div", { class: "book-names", "aria-hidden": true }, ...names);
  const line = element("div", { class: "book-line", role: "img" }, legend, ...stations.map((one) => one.root));
  const keys = KEYS.map(([kind, words]) => element("span", { class: `book-key book-key-${kind}` }, words));
  const root = element("div", {}, element("div", { class: "book-keys" }, ...keys), line);
  // What the cell shows stands under More, where the tap for it is.
  const shows = element("div", { class: "book-shows" }, element("div", { class: "book-names" }, "shows h"), ...stations.map((one) => one.shown));
  /**
   * Numbers as they ease: taps, contents, parts of the mark and slopes, all steps of each in turn;
   * then the marked number, and the range of the boxes.
   */
  const set = (values) => {
    const [target, ...range] = values.slice(4 * STEPS);
    stations.forEach((one, step) => {
      one.valve.set(values[step]);
      one.fill(values[STEPS + step], values[2 * STEPS + step], target, range);
      one.widen(values[3 * STEPS + step]);
    });
    aimed.style.top = per(depth(target, range));
    zero.style.top = per(depth(0, range));
  };
  const aim = (target) => {
    aimed.textContent = `wanted ${number(target, 1)}`;
  };
  return { root, line, shows, stations, set, aim };
}
