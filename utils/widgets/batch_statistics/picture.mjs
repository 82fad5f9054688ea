// The picture: a row for each batch, before normalisation on the left and after it on the right.

import { ROWS, moments } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const [WIDTH, TOP, STEP, FOOT] = [300, 20, 10.5, 18];
const BOTTOM = TOP + ROWS * STEP;
const HEIGHT = BOTTOM + FOOT;
const BEFORE = { range: [3.9, 6.1], ticks: [4, 4.5, 5, 5.5, 6], title: "brightness of the images" };
const AFTER = { range: [-3.3, 3.3], ticks: [-3, -2, -1, 0, 1, 2, 3], title: "after normalisation" };

/** One half: its frame, and for each row what is moved in it later. */
function panel({ range: [least, most], ticks, title }) {
  const across = (value) => ((value - least) / (most - least)) * WIDTH;
  const text = (words, x, y, look) => shape("text", { x, y, class: `book-label book-${look}` }, words);
  const band = shape("rect", { class: "book-band", y: TOP, height: ROWS * STEP });
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const y = TOP + (row + 0.5) * STEP;
    const reach = shape("rect", { class: "book-lane", x: 0, y: y - STEP / 2, width: WIDTH, height: STEP });
    const bar = shape("line", { class: "book-bar", y1: y, y2: y });
    const tick = shape("line", { class: "book-mean", y1: y - 4.5, y2: y + 4.5 });
    const dots = shape("path", { class: "book-others" });
    const own = shape("circle", { class: "book-own", cy: y, r: 4.5 });
    const root = shape("g", { "data-about": `batch-${row}` }, reach, bar, tick, dots, own);
    const place = (others, one, [from, middle, to]) => {
      dots.setAttribute("d", others.map((value) => `M${across(value).toFixed(1)} ${y}h0`).join(""));
      own.setAttribute("cx", across(one));
      for (const [node, ends] of [[bar, [from, to]], [tick, [middle, middle]]]) {
        ends.forEach((end, side) => node.setAttribute(`x${side + 1}`, across(end)));
      }
    };
    return { root, place };
  });
  const lines = ticks.map((at) => shape("line", { class: "book-line", x1: across(at), x2: across(at), y1: TOP, y2: BOTTOM }));
  const root = shape(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "book-panel" },
    text(title, WIDTH / 2, 13, "title"),
    ...lines,
    band,
    ...rows.map((row) => row.root),
    ...ticks.map((at) => text(String(at).replace("-", "\u2212"), across(at), HEIGHT - 5, "tick")),
  );
  const shade = (from, to) => {
    band.setAttribute("x", across(from));
    band.setAttribute("width", across(to) - across(from));
  };
  return { root, rows, shade };
}

/** Both halves; `draw(batches, used)` places every dot, `used` being [mean, root] for each batch. */
export function picture() {
  const [before, after] = [panel(BEFORE), panel(AFTER)];
  function draw(batches, used) {
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
    return { mean, spread };
  }
  /** What is said to a reader who does not see it. */
  function label(words) {
    before.root.setAttribute("aria-label", words[0]);
    after.root.setAttribute("aria-label", words[1]);
  }
  return { root: element("div", { class: "book-panels" }, before.root, after.root), draw, label };
}
