// The scene with its boxes, the curve beside it, and the line of boxes under both.

import { element, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";
import { plane } from "../kit/plane.mjs";

/** The scene: the picture, the true boxes, and a place for those that have come. */
export function board({ size, pixels, truths, boxes }) {
  const canvas = element("canvas", { "aria-hidden": true });
  paint(canvas, decodePixels(pixels), size, size);
  const rect = ([x, y, right, below], look) =>
    shape("rect", { class: look, x, y, width: right - x, height: below - y });
  const real = truths.flatMap((box) => [rect(box, "book-halo"), rect(box, "book-real")]);
  const come = shape("g");
  const about = { viewBox: `0 0 ${size} ${size}`, role: "img" };
  const drawing = shape("svg", about, shape("g", {}, ...real), come);
  const tag = element("span", { class: "book-tag", "aria-hidden": true });
  const root = element("div", { class: "book-board" }, canvas, drawing, tag);

  function mark(box, isHit, isLast, index) {
    const [x1, y1, x2, y2] = box;
    const cross = shape("path", { class: "book-cross", d: `M${x1} ${y1}L${x2} ${y2}M${x2} ${y1}L${x1} ${y2}` });
    const look = `${isHit ? "book-hit" : "book-false"}${isLast ? " book-last" : ""}`;
    const parts = [rect(box, "book-halo"), rect(box, "book-box"), ...(isHit ? [] : [cross])];
    return shape("g", { class: look, "data-about": `box${index}` }, ...parts);
  }

  function draw(hits) {
    const last = hits.length - 1;
    come.replaceChildren(...hits.map((isHit, index) => mark(boxes[index], isHit, index === last, index)));
    drawing.setAttribute("aria-label", `${truths.length} digits and the ${hits.length} boxes that have come`);
    tag.hidden = last < 0;
    if (last < 0) return;
    const [x, y] = boxes[last];
    tag.textContent = String(last + 1);
    tag.className = `book-tag ${hits[last] ? "book-hit" : "book-false"}`;
    tag.style.left = `${(100 * Math.max(0, x)) / size}%`;
    tag.style.top = `${(100 * Math.max(0, y)) / size}%`;
  }
  return { root, draw };
}

/** The curve: a bar for each object, as high as its best precision, and the way of the point. */
export function chart(count) {
  const drawing = plane({
    label: "Precision against recall",
    x: [-0.12, 1.06],
    y: [-0.14, 1.12],
    names: ["recall: digits found", "precision: boxes right"],
    size: [360, 230],
    steps: [0.2, 0.2],
  });
  const gap = 0.004;

  /** `highs` are the heights of the bars, `points` the way so far, `hits` what each box was. */
  function draw(highs, points, hits) {
    const bars = highs.map((height, index) => {
      const [left, right] = [index / count + gap, (index + 1) / count - gap];
      return { area: [[left, 0], [left, height], [right, height], [right, 0]], look: "bar" };
    });
    const last = points.length - 1;
    drawing.draw([
      ...bars,
      ...(last > 0 ? [{ line: points, look: "way" }] : []),
      ...points.map((dot, index) => ({ dot, look: hits[index] ? "hit" : "false" })),
      ...(last < 0 ? [] : [{ dot: points[last], look: "ring" }]),
    ]);
    const dots = drawing.root.querySelectorAll(".book-head:not(.book-ring)");
    dots.forEach((dot, index) => dot.setAttribute("data-about", `box${index}`));
  }
  return { root: drawing.root, draw };
}

/**
 * The line of all boxes by falling score, a tick or a cross for each that has come; `pick(shown)`
 * hears a touch. For the keyboard there is the slider.
 */
export function strip(scores, pick) {
  const chips = scores.map((score, index) => {
    const about = { class: "book-chip", "data-about": `box${index}`, onclick: () => pick(index + 1) };
    return element("span", about, element("b", {}), element("span", {}, score.toFixed(2).slice(1)));
  });
  const root = element("div", { class: "book-line", role: "img" }, ...chips);

  function draw(hits) {
    chips.forEach((chip, index) => {
      const state = index >= hits.length ? "book-waits" : hits[index] ? "book-hit" : "book-false";
      chip.className = `book-chip ${state}${index === hits.length - 1 ? " book-last" : ""}`;
      chip.firstChild.textContent = index >= hits.length ? "·" : hits[index] ? "✓" : "✕";
    });
    const words = hits.map((isHit) => (isHit ? "hit" : "false alarm"));
    root.setAttribute("aria-label", `Boxes by falling score: ${words.join(", ") || "none yet"}`);
  }
  return { root, draw };
}
