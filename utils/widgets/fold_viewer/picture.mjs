// The recordings in the plane with one fold held out, and a row of blocks for each fold.

import { element, onArrows, shape } from "../kit/parts.mjs";
import { percent } from "./words.mjs";

const [WIDE, HIGH, ROOM] = [290, 262, 18]; // pixels, and those kept free along the sides
const R = 6;

/** How places become pixels: all recordings fit, and both axes have one scale. */
function fitted(recordings) {
  const sides = [0, 1].map((side) => recordings.map((one) => one[side]));
  const [low, high] = [Math.min, Math.max].map((end) => sides.map((values) => end(...values)));
  const unit = Math.min(...[WIDE, HIGH].map((size, side) => (size - 2 * ROOM) / (high[side] - low[side])));
  const middle = low.map((value, side) => (value + high[side]) / 2);
  return ([x, y]) => [WIDE / 2 + unit * (x - middle[0]), HIGH / 2 - unit * (y - middle[1])];
}

/** A mark for a class: a circle for healthy, a square for ill. */
function mark([left, top], ill, look) {
  return ill
    ? shape("rect", { class: look, x: left - R, y: top - R, width: 2 * R, height: 2 * R, rx: 1.5 })
    : shape("circle", { class: look, cx: left, cy: top, r: R + 0.5 });
}

function line([x1, y1], [x2, y2], look) {
  return shape("line", { class: look, x1, y1, x2, y2 });
}

/** The plane; `draw(recordings, part)` shows what a fold finds. */
export function cloud() {
  const root = shape("svg", { class: "book-cloud", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img" });
  function draw(recordings, { judged, found, wrong }, words) {
    const places = recordings.map(fitted(recordings));
    const pairs = recordings.flatMap((one, index) =>
      recordings.flatMap((other, next) => (next > index && other[3] === one[3] ? [line(places[index], places[next], "book-pair")] : [])),
    );
    const asked = judged.map((index, at) => line(places[index], places[found[at]], wrong[at] ? "book-asks book-wrong" : "book-asks"));
    const state = recordings.map(() => "book-trained");
    for (const [at, index] of judged.entries()) state[index] = wrong[at] ? "book-held book-wrong" : "book-held";
    const marks = recordings.map((one, index) => mark(places[index], one[2], `book-mark-of ${state[index]}`));
    const crosses = judged.filter((_, at) => wrong[at]).map((index) => {
      const [left, top] = places[index];
      return shape("path", { class: "book-cross", d: `M${left - 4} ${top - 4}l8 8m0 -8l-8 8` });
    });
    root.replaceChildren(...pairs, ...asked, ...marks, ...crosses);
    root.setAttribute("aria-label", words);
  }
  return { root, draw };
}

const legend = (ill, words) =>
  element("span", {}, shape("svg", { viewBox: "0 0 16 16", "aria-hidden": true }, mark([8, 8], ill, "book-plain")), words);

/** What the marks of the plane mean. */
export function key() {
  const pair = shape("svg", { viewBox: "0 0 34 16", "aria-hidden": true });
  pair.append(line([6, 8], [22, 8], "book-pair"), mark([7, 8], 0, "book-plain"), mark([27, 8], 0, "book-plain"));
  return element("p", { class: "book-key" }, legend(0, "healthy"), legend(1, "ill"), element("span", {}, pair, "one person"));
}

/**
 * The table of folds; `choose(number)` hears which row the reader wants. `draw({ recordings, parts,
 * shown, mean, truth })` shows them all.
 */
export function table({ choose }) {
  const rows = element("div", { class: "book-rows", role: "slider", tabindex: 0, "aria-label": "Fold shown", "aria-valuemin": 1 });
  const [mean, truth] = ["book-mean", "book-truth"].map((look) => element("span", { class: look }));
  const scale = element("div", { class: "book-scale", "aria-hidden": true }, mean, truth);
  const head = element("div", { class: "book-row-of book-head", "aria-hidden": true });
  const foot = element("div", { class: "book-foot" });
  // A phone has room for the first word alone.
  const chip = (look, word, rest) => element("span", { class: `book-chip ${look}` }, element("i", {}), word, element("span", { class: "book-long" }, rest));
  const chips = element("span", { class: "book-chips" }, chip("book-trained", "in", " training"), chip("book-held", "held", " out"), chip("book-tied", "twin", " in training"));
  const root = element("div", { class: "book-folds" }, head, element("div", { class: "book-body" }, rows, scale), foot);
  let [now, last] = [0, 0];
  const go = (number) => choose(Math.max(0, Math.min(last, number)));
  onArrows(rows, (down, right) => go(now + (down || right)));
  rows.addEventListener("click", ({ target }) => {
    const row = target.closest(".book-row-of");
    if (row) go([...rows.children].indexOf(row));
  });

  /** Whether the model is judged on one recording of a person, and trained on the next one of theirs. */
  function isTorn(recordings, { judged, trained }, index) {
    const pair = [index, index + 1];
    if (recordings[index + 1]?.[3] !== recordings[index][3]) return false;
    return pair.some((one, at) => judged.includes(one) && !judged.includes(pair[1 - at]) && trained.includes(pair[1 - at]));
  }

  function block(recordings, part, index) {
    const at = part.judged.indexOf(index);
    const isWrong = at >= 0 && part.wrong[at];
    const isFirst = recordings[index][3] !== recordings[index - 1]?.[3];
    const looks = [isFirst && "book-first", at >= 0 && "book-held", isWrong && "book-wrong", isFirst && isTorn(recordings, part, index) && "book-tied"];
    return element("i", { class: looks.filter(Boolean).join(" ") }, isWrong ? "\u00d7" : "");
  }

  function draw({ recordings, parts, shown, mean: middle, truth: real, words }) {
    [now, last] = [shown, parts.length - 1];
    const kinds = recordings.map((one, index) => {
      const dot = shape("svg", { viewBox: "0 0 16 16" }, mark([8, 8], one[2], "book-plain"));
      return element("i", { class: one[3] !== recordings[index - 1]?.[3] ? "book-first" : "" }, dot);
    });
    head.replaceChildren(element("span", {}), element("span", { class: "book-strip" }, ...kinds), element("span", { class: "book-axis-of" }, "error of this fold"));
    rows.replaceChildren(
      ...parts.map((part, number) =>
        element(
          "div",
          { class: number === shown ? "book-row-of book-now" : "book-row-of" },
          element("span", { class: "book-number" }, number + 1),
          element("span", { class: "book-strip" }, ...recordings.map((_, index) => block(recordings, part, index))),
          element("span", { class: "book-track" }, element("span", { class: "book-fill", style: `width: ${100 * part.error}%` }), element("span", { class: "book-error" }, percent(part.error))),
        ),
      ),
    );
    rows.setAttribute("aria-valuemax", parts.length);
    rows.setAttribute("aria-valuenow", shown + 1);
    rows.setAttribute("aria-valuetext", words);
    mean.style.left = `${100 * middle}%`;
    truth.style.left = `${100 * real}%`;
    foot.replaceChildren(
      chips,
      element("span", { class: "book-of-mean" }, `mean ${percent(middle)}`),
      element("span", { class: "book-of-truth" }, `new people ${percent(real)}`),
    );
  }
  return { root, draw };
}
