// What the two methods give: their tables, and the course of a number along the region's row.

import { WIDE, course, table } from "./math.mjs";
import { shown } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const [LONG, HIGH] = [100, 24]; // of the curve's drawing
const EDGE = 3; // room for the dot

/** A curve with the part up to a share of it in bold, and a dot there; `range` is of all its kind. */
function curve() {
  const [whole, passed, dot] = ["whole", "passed", "now"].map((look) => shape("path", { class: `book-${look}` }));
  const root = shape("svg", { class: "book-curve", viewBox: `0 0 ${LONG} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": true }, whole, passed, dot);
  function draw(values, share, [least, most]) {
    const up = (value) => HIGH - EDGE - ((value - least) / (most - least || 1)) * (HIGH - 2 * EDGE);
    const along = (index) => EDGE + (index / Math.max(1, values.length - 1)) * (LONG - 2 * EDGE);
    const points = values.map((value, index) => `${along(index).toFixed(2)} ${up(value).toFixed(2)}`);
    const now = Math.round(share * (values.length - 1));
    whole.setAttribute("d", `M${points.join("L")}`);
    passed.setAttribute("d", `M${points.slice(0, now + 1).join("L")}`);
    dot.setAttribute("d", `M${points[now]}h0`);
  }
  return { root, draw };
}

/** The ways side by side: each with its name, its table and its curve. */
export function waysPanel(ways) {
  const panels = ways.map(([way, words]) => {
    const grid = element("div", { class: "book-table", role: "img" });
    const line = curve();
    const note = element("div", { class: "book-caption" }, "upper left number");
    const root = element("div", { class: "book-way" }, element("div", { class: "book-name" }, words), grid, line.root, note);
    return { way, grid, line, root };
  });
  const root = element("div", { class: "book-seen" }, ...panels.map((panel) => panel.root));

  function draw(method, region, parts) {
    const curves = panels.map(({ way }) => course(way, region, parts));
    const range = [Math.min(...curves.flat()), Math.max(...curves.flat())];
    const room = WIDE - (region[2] - region[0]);
    for (const [index, { way, grid, line, root: panel }] of panels.entries()) {
      const numbers = table(way, region, parts);
      panel.classList.toggle("book-chosen", way === method);
      grid.style.setProperty("--parts", parts);
      grid.setAttribute("aria-label", `The table of ${way}: ${numbers.map((row) => row.map((value) => shown(way, value)).join(" ")).join("; ")}`);
      grid.replaceChildren(
        ...numbers.flatMap((row, y) =>
          row.map((value, x) => {
            const cell = element("span", { class: "book-value", "data-about": `part-${y}-${x}` }, shown(way, value));
            cell.style.setProperty("--share", value / 9);
            return cell;
          }),
        ),
      );
      line.draw(curves[index], room > 1e-6 ? Math.min(1, region[0] / room) : 0, range);
    }
  }
  return { root, draw };
}
