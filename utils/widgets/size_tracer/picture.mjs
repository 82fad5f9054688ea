// The maps in a row, and under each the right-hand end of what the next striding layer sees.

import { ending, striding } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const [WIDE, CELL] = [200, 18]; // of an ending, in its own units
const TOP = 4;
const CHANNELS = ["3", "96", "256", "256", "256"];
const BETWEEN = [["conv 1"], ["pool 1"], ["conv 2", "pool 2"], ["conv 3–5", "pool 3"]]; // two maps
const SEEN = [16, 5, 5, 5]; // cells of an ending

/** Both rows; `draw(state)` shows a state. */
export function picture() {
  const squares = CHANNELS.map((channels, index) => {
    const strips = ["right", "below"].map((where) => element("div", { class: `book-strip book-${where}` }));
    const square = element("div", { class: "book-square" }, ...strips);
    const count = element("span", { class: "book-count" });
    const words = element("span", { class: "book-channels" }, index ? `${channels} maps` : "the photo");
    const about = [index && `layer-${index - 1}`, index < 4 && `layer-${index}`].filter(Boolean).join(" ");
    return { square, strips, count, root: element("div", { class: "book-map", "data-about": about }, square, count, words) };
  });
  const ends = SEEN.map((_, index) => {
    const name = element("span", { class: "book-layer" });
    const steps = element("span", { class: "book-steps" });
    const missed = element("span", { class: "book-missed" });
    const drawing = shape("svg", { viewBox: `0 0 ${WIDE} ${CELL + 2 * TOP}`, preserveAspectRatio: "none", "aria-hidden": true });
    const root = element("div", { class: "book-end", "data-about": `layer-${index}` }, element("div", { class: "book-words" }, name, steps, missed), drawing);
    return { name, steps, missed, drawing, root };
  });
  const arrows = BETWEEN.map((names, index) => {
    const lines = names.map((name) => element("span", {}, name));
    return element("div", { class: "book-arrow", "data-about": `layer-${index}` }, ...lines, element("span", { "aria-hidden": true }, "→"));
  });
  const row = squares.flatMap((one, index) => (index ? [arrows[index - 1], one.root] : [one.root]));
  const cuts = element("strong", {});
  const flat = element("strong", {});
  const root = element(
    "div",
    { class: "book-picture" },
    element("div", { class: "book-chain" }, ...row),
    element("p", { class: "book-total" }, cuts, element("span", {}, "steps miss a strip")),
    element("p", { class: "book-caption" }, "Ends of rows; dashed: one window more"),
    element("div", { class: "book-ends" }, ...ends.map((one) => one.root)),
    element("p", { class: "book-flat" }, flat, element("span", {}, "numbers")),
  );

  const draw = ({ side, padding }) => {
    const layers = striding(side, padding);
    const last = layers.at(-1).to;
    const count = layers.filter(({ missed }) => missed).length;
    cuts.textContent = `${count} of ${layers.length}`;
    root.classList.toggle("book-some", count > 0);
    flat.textContent = (256 * last * last).toLocaleString("en");
    [side, ...layers.map(({ to }) => to)].forEach((now, index) => {
      const { square, strips, count } = squares[index];
      const lost = layers[index]?.missed ?? 0;
      square.style.setProperty("--side", Math.sqrt(now).toFixed(3));
      square.style.setProperty("--lost", lost ? Math.max(0.04, lost / now).toFixed(4) : 0);
      for (const strip of strips) strip.hidden = !lost;
      count.textContent = `${now}×${now}`;
    });
    layers.forEach((layer, index) => {
      const { name, steps, missed, drawing, root: end } = ends[index];
      const unit = WIDE / (SEEN[index] + layer.stride);
      const { cells, last, next } = ending(layer, SEEN[index]);
      name.textContent = layer.name;
      steps.textContent = `${layer.window}×${layer.window}, steps of ${layer.stride}`;
      missed.textContent = layer.missed ? `misses ${layer.missed}` : "misses none";
      end.classList.toggle("book-cut", layer.missed > 0);
      const box = (place, length, look, inset = 0) =>
        shape("rect", {
          x: (place * unit + inset).toFixed(2),
          y: TOP + inset,
          width: (length * unit - 2 * inset).toFixed(2),
          height: CELL - 2 * inset,
          class: look,
        });
      const look = ({ isPadding, isMissed, isReached }) =>
        ["cell", isPadding && "zero", isMissed && "lost", isReached && "reached"].filter(Boolean).map((word) => `book-${word}`).join(" ");
      drawing.replaceChildren(
        ...cells.map((cell, place) => box(place, 1, look(cell))),
        box(next, layer.window, "book-next", 3),
        box(last, layer.window, "book-last"),
      );
    });
  };
  return { root, draw };
}
