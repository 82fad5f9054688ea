// The grids of the kernel stamps, the light between them, and the stamp that flies.

import { cellNodes } from "../kit/number_grid.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";
import { layout, letters } from "./layout.mjs";

const FLIGHT = 380; // milliseconds from the input to the output
const NARROWEST = 76; // pixels of a card, without its edges
const NAMES = ["left", "kernel", "made", "output"];

function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** The box of `side` cells from a row and column of a grid on. */
const boxIn = ({ x, y, cell }, [row, column], side) => ({
  x: x + column * cell,
  y: y + row * cell,
  size: side * cell,
});

const path = ({ x, y, size }) => `M${x} ${y}h${size}v${size}h${-size}z`;

/** The light from the right side of one box to the left side of another. */
function beamBetween(from, to) {
  return `M${from.x + from.size} ${from.y}L${to.x} ${to.y}v${to.size}L${from.x + from.size} ${from.y + from.size}z`;
}

/** One grid: caption, cells, a border, marks, and a ring that shows the keyboard's focus. */
function gridParts(name) {
  const caption = shape("text", { class: "book-grid-caption" });
  const cells = shape("g", { class: "book-grid" });
  const border = shape("path", { class: "book-border" });
  const marks = shape("path", { class: "book-marks" });
  const parts = [cells, border, marks];
  const isOpen = name === "left" || name === "output";
  const ring = shape("path", { class: "book-reach" });
  const root = shape("g", isOpen ? { class: "book-side", tabindex: 0, role: "application" } : { "aria-hidden": true }, ...parts, ring);
  return { root, caption, cells, border, marks, ring };
}

/** The picture; `onLanded()` hears when a stamp has arrived. */
export function picture(onLanded) {
  const grids = Object.fromEntries(NAMES.map((name) => [name, gridParts(name)]));
  const beam = shape("path", { class: "book-beam" });
  const shields = [shape("rect", { class: "book-shield", rx: 6 }), shape("rect", { class: "book-shield", rx: 6 })];
  const source = shape("path", { class: "book-window" });
  const target = shape("path", { class: "book-window" });
  const flying = shape("g", { class: "book-flying" });
  const strip = shape("g", { class: "book-strip" });
  const captions = NAMES.map((name) => grids[name].caption);
  const { left, kernel, made, output } = grids;
  const root = shape("svg", { class: "book-board" }, left.root, output.root, strip, beam, ...shields, kernel.root, made.root, source, target, flying, ...captions);
  let plan = null;
  let ends = null; // the boxes that the light joins: from the input to the output

  const fly = eased(([share]) => {
    const isThere = share >= 1 || !ends;
    flying.style.display = isThere ? "none" : "";
    target.style.display = isThere ? "" : "none";
    if (isThere) {
      if (ends) onLanded();
      return;
    }
    const at = (name) => ends.from[name] + share * (ends.to[name] - ends.from[name]);
    place(flying, { transform: `translate(${at("x")} ${at("y")}) scale(${at("size") / ends.to.size})` });
  }, FLIGHT);

  function drawGrid(name, { caption, short = caption, label, first = 0, look, kept }) {
    const { cell, side, x, y } = plan[name];
    const { root: node, cells, border, caption: text, ring } = grids[name];
    let longest = 1;
    for (let r = 0; r < side; r++)
      for (let c = 0; c < side; c++)
        longest = Math.max(longest, String(look(r + first, c + first).text ?? "").length);
    const font = letters(cell, longest);
    cells.replaceChildren(...cellNodes({ first: [first, first], rows: side, columns: side, size: cell, look, font }));
    place(cells, { transform: `translate(${x} ${y})` });
    place(border, { d: path(boxIn(plan[name], [kept[0], kept[0]], kept[1])) });
    place(ring, { d: path({ x: x - 3, y: y - 3, size: side * cell + 6 }) });
    if (label) place(node, { "aria-label": label });
    text.textContent = plan.isNarrow ? short : caption;
    place(text, { x: x + (side * cell) / 2, y: y - 8 });
  }

  function drawStrip(counts, width) {
    const { cell, side, x, y } = plan.output;
    const top = y + side * cell + 5;
    const most = Math.max(...counts);
    const nodes = counts.flatMap((count, at) => {
      const bar = shape("rect", { x: x + at * cell + 1, y: top, width: cell - 2, height: 17, rx: 3 });
      bar.style.setProperty("--share", count / most);
      const middle = { x: x + (at + 0.5) * cell, y: top + 9 };
      return [bar, shape("text", { class: "book-count", ...middle }, String(count))];
    });
    const words = shape("text", { class: "book-note", x: x + (side * cell) / 2, y: top + 30 }, "stamps of one input row");
    strip.replaceChildren(...nodes, words);
    const half = words.getComputedTextLength() / 2;
    words.setAttribute("x", Math.min(x + (side * cell) / 2, width - half - 2));
  }

  /** Keep captions in the picture. */
  function settle(width) {
    for (const caption of captions) {
      const half = caption.getComputedTextLength() / 2;
      const x = Number(caption.getAttribute("x"));
      caption.setAttribute("x", Math.max(half, Math.min(x, width - half - 1)));
    }
  }

  /**
   * Draw a scene: `parts` are { caption, look, … } of the four grids, `sides` their sides, `counts`
   * what the strip shows; `from` and `to` are [cell, side] of the boxes that the light joins, or
   * null; `marked` lists cells of input and output to mark; `stamp` are the numbers of a stamp that
   * is to fly, or null.
   */
  function draw({ parts, sides, counts, from, to, marked, stamp, width }) {
    plan = layout(width, sides);
    place(root, { width, height: plan.height, viewBox: `0 0 ${width} ${plan.height}` });
    for (const name of NAMES) drawGrid(name, parts[name]);
    drawStrip(counts, width);
    settle(width);
    for (const [at, name] of ["kernel", "made"].entries()) {
      const { x, y, cell, side } = plan[name];
      const wide = Math.max(cell * side, NARROWEST) + 12; // the caption has room in it
      place(shields[at], { x: x + (cell * side - wide) / 2, y: y - 24, width: wide, height: cell * side + 30 });
    }
    for (const [name, cells] of Object.entries(marked))
      place(grids[name].marks, { d: cells.map((cell) => path(boxIn(plan[name], cell, 1))).join("") });
    ends = from && { from: boxIn(plan.left, ...from), to: boxIn(plan.output, ...to) };
    for (const node of [source, target, beam]) node.style.visibility = ends ? "" : "hidden";
    if (ends) {
      place(source, { d: path(ends.from) });
      place(target, { d: path(ends.to) });
      place(beam, { d: beamBetween(ends.from, ends.to) });
    }
    if (!stamp) return fly.set([1]);
    const { cell } = plan.output;
    const look = (row, column) => ({ kind: "plain", share: 1, text: stamp[row][column] });
    flying.replaceChildren(...cellNodes({ rows: stamp.length, columns: stamp.length, size: cell, look, font: letters(cell, 2) }));
    fly.set([0]);
    return fly.to([1]);
  }

  /** { side, cell } under a point of the screen: 0 is the input, 1 the output; null elsewhere. */
  function under(clientX, clientY) {
    const bounds = root.getBoundingClientRect();
    for (const [at, name] of ["left", "output"].entries()) {
      const { x, y, cell, side } = plan[name];
      const found = [clientY - bounds.top - y, clientX - bounds.left - x].map((far) => Math.floor(far / cell));
      if (found.every((one) => one >= 0 && one < side)) return { side: at, cell: found };
    }
    return null;
  }
  return { root, sides: [left.root, output.root], draw, under, stop: fly.stop };
}
