// The picture: a row for each batch, before normalisation on the left and after it on the right, and
// under them what becomes of the marked image at every batch size.

import { AFTER, BEFORE, LEFT, WHOLE, WIDTH, frame, numbers, text } from "./axes.mjs";
import { ROWS, SIZES, moments } from "./math.mjs";
import { table } from "./table.mjs";
import { element, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const [TOP, STEP, FOOT] = [27, 11, 17]; // rows of 8 on a phone, by look.css
const FACE = 22; // side of the marked image, above its dots
const BOTTOM = TOP + ROWS * STEP;
const HEIGHT = BOTTOM + FOOT;

/** The address of a picture of 8×8 pixels from 0 to 16. */
function address(pixels) {
  const canvas = document.createElement("canvas");
  paint(canvas, pixels.map((ink) => Math.round((ink * 255) / 16)), 8, 8);
  return canvas.toDataURL();
}

/** One half: its frame, the marked image above its dots, and for each row what is moved in it later. */
function panel(axis, href) {
  const { across, title } = axis;
  const band = shape("rect", { class: "book-band", y: TOP, height: ROWS * STEP });
  const box = { x: -FACE / 2, y: 1, width: FACE, height: FACE };
  const face = shape("g", { class: "book-face" }, shape("image", { ...box, href }), shape("rect", { ...box, rx: 2 }));
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
    text(title, -LEFT, 14, "title"),
    face,
    band,
    ...rows.map((row) => row.root),
    ...numbers(axis, HEIGHT - 4),
  );
  const shade = (from, to) => {
    band.setAttribute("x", across(from));
    band.setAttribute("width", across(to) - across(from));
    face.setAttribute("transform", `translate(${across((from + to) / 2)} 0)`);
  };
  return { root, rows, shade };
}

const KEY = [
  ["other", "its batch"],
  ["bar", "mean \u00b1 spread"],
];

/**
 * Both halves and the tables; `draw(batches, used, bySize)` places every dot, `used` being [mean, root]
 * for each batch and `bySize` the same for each batch size. `onPick(size)` hears of a click in a table.
 * The table of the means is no part of `root`.
 */
export function picture(pixels, onPick) {
  const href = address(pixels);
  const [before, after] = [panel(BEFORE, href), panel(AFTER, href)];
  const [means, whole, narrow] = [
    table(BEFORE, "mean", 12, onPick),
    table(WHOLE, "outcome", 15, onPick),
    table(AFTER, "outcome", 11, onPick),
  ];
  whole.root.classList.add("book-whole");
  narrow.root.classList.add("book-narrow");
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
      const outputs = pairs.map(([middle, root]) => (batches[0][0] - middle) / root);
      for (const part of [whole, narrow]) part.place(place, outputs);
    });
  }
  /** What is said to a reader who does not see it, and which batch size is meant. */
  function label(words, size) {
    [before, after, means, whole, narrow].forEach((part, place) => part.root.setAttribute("aria-label", words[Math.min(place, 3)]));
    for (const part of [means, whole, narrow]) part.mark(SIZES.indexOf(size));
  }
  const keys = element("div", { class: "book-keys" }, ...key);
  const halves = element("div", { class: "book-panels" }, before.root, after.root);
  return { root: element("div", {}, keys, halves, whole.root, narrow.root), means: means.root, draw, label };
}
