// The picture: a row for each batch, before normalisation on the left and after it on the right,
// and under each half what becomes of it at every batch size.

import { AFTER, BEFORE, LEFT, WIDTH, frame, text } from "./axes.mjs";
import { ROWS, SIZES, moments } from "./math.mjs";
import { table } from "./table.mjs";
import { element, shape } from "../kit/parts.mjs";

const [TOP, STEP, FOOT] = [19, 11, 17]; // rows of 8 on a phone, by look.css
const BOTTOM = TOP + ROWS * STEP;
const HEIGHT = BOTTOM + FOOT;

/** One half: its frame, and for each row what is moved in it later. */
function panel(axis) {
  const { across, ticks, title } = axis;
  const band = shape("rect", { class: "book-band", y: TOP, height: ROWS * STEP });
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const y = TOP + (row + 0.5) * STEP;
    const reach = shape("rect", { class: "book-lane", x: 0, y: y - STEP / 2, width: WIDTH, height: STEP });
    const bar = shape("line", { class: "book-bar", y1: y, y2: y });
    const tick = shape("line", { class: "book-mean", y1: y - 3.5, y2: y + 3.5 });
    const dots = shape("path", { class: "book-others" });
    const own = shape("circle", { class: "book-own", cy: y, r: 3.8 });
    const isEnd = row === 0 || row === ROWS - 1;
    const name = isEnd ? [text(`batch ${row + 1}`, -LEFT, y + 4, "batch")] : [];
    const root = shape("g", { class: "book-batch-row", style: `--row: ${row}`, "data-about": `batch-${row}` }, reach, bar, tick, dots, own, ...name);
    const place = (others, one, [from, middle, to]) => {
      dots.setAttribute("d", others.map((value) => `M${across(value).toFixed(1)} ${y}h0`).join(""));
      own.setAttribute("cx", across(one));
      for (const [node, ends] of [[bar, [from, to]], [tick, [middle, middle]]]) {
        ends.forEach((end, side) => node.setAttribute(`x${side + 1}`, across(end)));
      }
    };
    return { root, place };
  });
  const root = frame(
    axis,
    "book-panel",
    HEIGHT,
    [TOP, BOTTOM],
    text(title, -LEFT, 12, "title"),
    band,
    ...rows.map((row) => row.root),
    ...ticks.map((at) => text(String(at).replace("-", "\u2212"), across(at), HEIGHT - 4, "tick")),
  );
  const shade = (from, to) => {
    band.setAttribute("x", across(from));
    band.setAttribute("width", across(to) - across(from));
  };
  return { root, rows, shade };
}

const KEY = [
  ["own", "one image"],
  ["other", "its batch"],
  ["bar", "mean \u00b1 spread"],
];

/**
 * Both halves; `draw(batches, used, bySize)` places every dot, `used` being [mean, root] for each
 * batch and `bySize` the same for each batch size. `onPick(size)` hears of a click in a table.
 */
export function picture(onPick) {
  const [before, after] = [panel(BEFORE), panel(AFTER)];
  const [means, outcomes] = [table(BEFORE, "mean", onPick), table(AFTER, "outcome", onPick)];
  const key = KEY.map(([look, words]) => element("span", { class: `book-key book-key-${look}` }, words));
  function draw(batches, used, bySize) {
    const outputs = [];
    batches.forEach(([own, ...others], row) => {
      const [mean, root] = used[row];
      const turned = (value) => (value - mean) / root;
      before.rows[row].place(others, own, [mean - root, mean, mean + root]);
      after.rows[row].place(others.map(turned), turned(own), [-1, 0, 1]);
      outputs.push(turned(own));
    });
    const { mean, variance } = moments(outputs);
    const spread = Math.sqrt(variance);
    after.shade(mean - spread, mean + spread);
    before.shade(batches[0][0], batches[0][0]);
    bySize.forEach((pairs, place) => {
      means.place(place, pairs.map(([middle]) => middle));
      outcomes.place(place, pairs.map(([middle, root]) => (batches[0][0] - middle) / root));
    });
  }
  /** What is said to a reader who does not see it, and which batch size is meant. */
  function label(words, size) {
    [before, after, means, outcomes].forEach((part, place) => part.root.setAttribute("aria-label", words[place]));
    for (const part of [means, outcomes]) part.mark(SIZES.indexOf(size));
  }
  const halves = [[before, means], [after, outcomes]].map((parts) => element("div", {}, ...parts.map((part) => part.root)));
  const root = element("div", {}, element("div", { class: "book-keys" }, ...key), element("div", { class: "book-panels" }, ...halves));
  return { root, draw, label };
}
