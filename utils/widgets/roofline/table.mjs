// A row for each operation: its speed, and two bars, the time of its arithmetic and of its bytes.

import { GLYPHS } from "./chart.mjs";
import { attainable, operations, shares, wall } from "./math.mjs";
import { speed } from "./words.mjs";
import { element } from "../kit/parts.mjs";

const KINDS = ["memory", "arithmetic"];

/** Returns { root, draw(state) }. */
export function table() {
  const rows = GLYPHS.map((glyph, index) => {
    const [name, reached] = [element("span", {}), element("b", {})];
    const bars = KINDS.map((kind) => element("i", { class: `book-bar book-${kind}` }));
    const badge = element("i", { class: "book-badge" }, glyph);
    const head = element("div", { class: "book-head" }, badge, name, reached);
    const tracks = element("div", { class: "book-tracks", role: "img" }, ...bars);
    return { root: element("div", { class: "book-row-of", "data-about": `operation-${index}` }, head, tracks), name, reached, bars, tracks };
  });
  const key = KINDS.map((kind) => element("span", {}, element("i", { class: `book-key book-${kind}` }), kind));
  const title = element("div", { class: "book-legend" }, element("span", {}, "Time for"), ...key);
  const root = element("div", { class: "book-table" }, title, ...rows.map((row) => row.root));

  function draw({ peak, bandwidth, n }) {
    operations(n).forEach((operation, index) => {
      const row = rows[index];
      const share = shares(operation, peak, bandwidth);
      row.name.textContent = operation.name;
      row.reached.textContent = speed(attainable(operation.intensity, peak, bandwidth), "FLOP/s");
      const limit = wall(operation.intensity, peak, bandwidth);
      row.root.dataset.wall = limit;
      KINDS.forEach((kind, at) => {
        row.bars[at].style.width = `${(100 * share[kind]).toFixed(2)}%`;
      });
      row.tracks.setAttribute("aria-label", `${operation.name}: ${limit} takes longer.`);
    });
  }
  return { root, draw };
}
