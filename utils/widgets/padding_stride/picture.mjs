// The two grids of the padding and stride explorer, the window on one, its number on the other.

import { cellNodes } from "../kit/number_grid.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";
import { goalAround } from "./goal.mjs";
import { layout, letters, tileHeight } from "./layout.mjs";
import { lightPath } from "./light.mjs";
import { meetingsAt, windowBox } from "./math.mjs";
import { aboutWeight } from "./panel.mjs";
import { sizeNote } from "./words.mjs";

const box = (x, y, side) => `M${x} ${y}h${side}v${side}h${-side}z`;

function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** How many digits are as wide as a text: a minus sign is wider than they are. */
const breadth = (text = "") => String(text).length + (String(text).startsWith("\u2212") ? 0.35 : 0);

/** The frame that the output would fill if it were as large as the input, or null. */
function frameFor({ settings: { input_size, transposed }, trouble }) {
  return trouble || transposed ? null : { rows: input_size[0], columns: input_size[1] };
}

/** One grid: its caption, its cells, marks on them, and a ring that shows the keyboard's focus. */
function gridParts() {
  const caption = shape("text", { class: "book-grid-caption" });
  const cells = shape("g", { class: "book-grid" });
  const cover = shape("path", { class: "book-cover" });
  const marks = shape("path", { class: "book-marks" });
  const border = shape("path", { class: "book-border" });
  const ring = shape("rect", { class: "book-reach", x: -3, y: -3, rx: 4 });
  const parts = [cells, cover, border, marks, ring];
  const root = shape("g", { class: "book-side", tabindex: 0, role: "application" }, ...parts);
  return { root, caption, cells, cover, border, marks, ring };
}

/** The picture; the node `between` keeps to the middle of the gap between the grids. */
export function picture(between) {
  const sides = [gridParts(), gridParts()];
  const missing = shape("path", { class: "book-missing" });
  const dashes = shape("path", { class: "book-dashes" });
  const note = shape("text", { class: "book-note-below", "text-anchor": "middle" });
  sides[1].root.prepend(missing);
  sides[1].border.after(dashes);
  const veil = shape("path", { class: "book-veil" });
  const inner = shape("g", { class: "book-inner" });
  const frame = shape("rect", { class: "book-window", rx: 3 });
  const target = shape("rect", { class: "book-window book-goal", rx: 3 });
  const light = shape("g", {}, veil, inner, frame, target);
  const captions = sides.map(({ caption }) => caption);
  const grounds = sides.map((side) => side.root);
  const root = shape("svg", { class: "book-board" }, ...grounds, light, ...captions, note);
  let grids = [];
  let plan = null;
  let lastSeen = null;
  let drawn = "";
  let story = { at: [0, 0], hidden: [], isFilling: false };
  let around = null; // the frame around the output, and what it lacks
  let shown = null; // the numbers that were drawn last
  let card = null; // the products between the grids

  const show = (numbers) => {
    shown = numbers;
    const [, , , , , middle, top, left, height, width, row, column] = numbers;
    // Grids that get more cells take smaller ones at once: they stay in their frame.
    const cell = Math.min(numbers[0], plan.cell);
    const corners = plan.within(cell, [numbers.slice(1, 3), numbers.slice(3, 5)]);
    const [[inX, inY], [outX, outY]] = corners;
    const scale = cell / plan.cell;
    for (const [side, [x, y]] of corners.entries()) {
      place(sides[side].root, { transform: `translate(${x} ${y}) scale(${scale})` });
    }
    // A caption longer than its grid must not run into the other one, under the products, or off the picture.
    const [long, far] = captions.map((caption) => caption.getComputedTextLength());
    const second = Math.min(outX + scale * around.left, root.viewBox.baseVal.width - far);
    const most = card ? middle - card.half - 8 : second - 12;
    place(captions[0], { x: Math.max(0, Math.min(inX, most - long)), y: inY - 9 });
    place(captions[1], { x: second, y: outY + scale * around.top - 9 });
    const below = { x: outX + (scale * (around.left + around.right)) / 2, y: outY + scale * around.bottom };
    const furthest = root.viewBox.baseVal.width - note.getComputedTextLength() / 2;
    place(note, { x: Math.min(below.x, furthest), y: below.y + 17 });
    between.style.left = `${middle}px`;
    const [[inTop, inLeft], [outTop, outLeft]] = grids.map(({ first }) => first);
    const [x, y] = [inX + (left - inLeft) * cell, inY + (top - inTop) * cell];
    const [endX, endY] = [outX + (column - outLeft) * cell, outY + (row - outTop) * cell];
    place(frame, { x, y, width: width * cell, height: height * cell });
    place(target, { x: endX, y: endY, width: cell, height: cell });
    place(inner, { transform: `translate(${x} ${y}) scale(${scale})` });
    const opened = { top: y, bottom: y + height * cell };
    const closed = { top: endY, bottom: endY + cell };
    // The light falls between the grids, never on their numbers.
    const edges = [inX + grids[0].columns * cell, outX];
    place(veil, { d: lightPath(opened, closed, edges, card, middle) });
    // The number that the window goes to is there when the window is, and so are its products.
    const isThere = row === story.at[0] && column === story.at[1];
    if (isThere) arrive();
    const covered = isThere || !story.isFilling ? story.hidden : [...story.hidden, story.at];
    place(sides[1].cover, { d: outline(1, covered) });
  };
  const look = eased(show);
  const arrive = () => {
    story.onThere?.();
    story.onThere = null;
  };

  function drawCells(side, text) {
    const { first, rows, columns, size, look: show } = grids[side];
    const { cell } = plan;
    let longest = 1;
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        longest = Math.max(longest, breadth(show(r + first[0], c + first[1]).text));
    const font = letters(cell, longest);
    const { cells, border, caption, ring, root: node } = sides[side];
    cells.replaceChildren(...cellNodes({ first, rows, columns, size: cell, look: show, font }));
    const [top, left, height, width] = [...first.map((at) => -at), ...size].map((at) => at * cell);
    place(border, { d: `M${left} ${top}h${width}v${height}h${-width}z` });
    place(ring, { width: columns * cell + 6, height: rows * cell + 6 });
    place(node, { "aria-label": text.label });
    caption.textContent = text.caption;
  }

  function drawGoal({ settings }, goal) {
    const { rows, columns } = grids[1];
    const own = { left: 0, top: 0, right: columns * plan.cell, bottom: rows * plan.cell };
    around = goal ? goalAround(grids[1], goal, plan.cell) : { ...own, frame: "", missing: "" };
    place(missing, { d: around.missing });
    place(dashes, { d: around.frame });
    const { text, isSame } = goal ? sizeNote(settings) : { text: "", isSame: false };
    note.textContent = text;
    for (const node of [root, note]) node.classList.toggle("book-same", isSame);
  }

  /** Where the card of the products stands: how far from the middle of the gap, from and to where. */
  function cardBeside() {
    const { width, top, bottom } = between.lastElementChild.getBoundingClientRect();
    const from = root.getBoundingClientRect().top;
    return { half: width / 2, top: top - from, bottom: bottom - from };
  }

  const outline = (side, cells) =>
    cells
      .map(([r, c]) => [r - grids[side].first[0], c - grids[side].first[1]])
      .map(([r, c]) => box(c * plan.cell, r * plan.cell, plan.cell))
      .join("");

  /**
   * Draw a scene: `now`, both `cells` as [input, output] grids with a text each, the output
   * position `at` whose window is lit, `marked` cells of both grids, the output cells that are
   * still `hidden` because the story `isFilling` them, for a width in pixels. `isSudden` leaves out
   * the motion, which takes some `time`; `onThere()` is called when the window has arrived. Returns
   * whether the width has room for a kernel between the grids.
   */
  function draw({ now, cells, texts, at, marked, hidden, isFilling, width, isSudden, time, onThere }) {
    grids = cells;
    const seen = windowBox(now, at);
    // A window that fits nowhere sticks out of the input.
    const room = {
      rows: Math.max(grids[0].rows, seen?.height ?? 0),
      columns: Math.max(grids[0].columns, seen?.width ?? 0),
    };
    const goal = frameFor(now);
    plan = layout(width, [room, grids[1]], goal);
    const wanted = JSON.stringify([now.settings, now.kernel, texts, width]);
    const isNew = wanted !== drawn;
    if (isNew) {
      drawn = wanted;
      place(root, { height: plan.height, viewBox: `0 0 ${width} ${plan.height}`, width });
      const tile = tileHeight(plan.height, now.kernel.length);
      between.style.setProperty("--tile-room", `${tile}px`);
      for (const side of [0, 1]) drawCells(side, texts[side]);
      drawGoal(now, goal);
    }
    sides[1].root.style.visibility = now.trouble ? "hidden" : "";
    for (const side of [0, 1]) place(sides[side].marks, { d: outline(side, marked[side]) });
    story = { at, hidden, isFilling, onThere };
    light.classList.toggle("book-misfit", now.trouble !== "");
    light.style.visibility = seen ? "" : "hidden";
    lastSeen = seen ?? lastSeen ?? { top: 0, left: 0, height: 1, width: 1 };
    const meetings = now.trouble ? [] : meetingsAt(now, at);
    inner.replaceChildren(
      ...meetings.map(({ input: [y, x], kernel: [i, j] }) =>
        shape("rect", {
          "data-about": aboutWeight(i, j),
          x: (x - lastSeen.left) * plan.cell,
          y: (y - lastSeen.top) * plan.cell,
          width: plan.cell,
          height: plan.cell,
        }),
      ),
    );
    const { top, left, height, width: columns } = lastSeen;
    const { cell, corners, middle } = plan;
    card = plan.isWide ? cardBeside() : null;
    const numbers = [cell, ...corners.flat(), middle, top, left, height, columns, ...at];
    if (isSudden) look.set(numbers);
    else {
      if (shown && isNew) show(shown); // other cells, before they begin to move
      look.to(numbers, time);
    }
    if (String(shown) === String(numbers)) arrive();
    return plan.isWide;
  }

  /** { side, cell } under a point of the screen: side 0 is the input; null outside of both. */
  function under(clientX, clientY) {
    const bounds = root.getBoundingClientRect();
    const [x, y] = [clientX - bounds.left, clientY - bounds.top];
    for (const [side, corner] of plan.corners.entries()) {
      const { first, rows, columns } = grids[side];
      const [row, column] = [y - corner[1], x - corner[0]].map((at) => Math.floor(at / plan.cell));
      if (row >= 0 && row < rows && column >= 0 && column < columns)
        return { side, cell: [row + first[0], column + first[1]] };
    }
    return null;
  }
  return { root, sides: grounds, draw, under, stop: look.stop };
}
