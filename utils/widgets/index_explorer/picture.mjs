// The picture of the index explorer: the table x, and beside it y; or the notes and the memory.

import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";
import { grid } from "./grid.mjs";
import { label } from "./label.mjs";
import { HEAD, layout } from "./layout.mjs";
import { SIZES } from "./math.mjs";
import { viewNotes } from "./notes.mjs";
import { keptAxes, placesByRow, tableCells, viewCells } from "./scene.mjs";
import { memoryStrip } from "./strip.mjs";
import { notes, placeNote, stripName, viewName } from "./words.mjs";

const COUNT = SIZES[0] * SIZES[1];
const TABLE_KEYS = "Drag over cells, or move the picked block by arrow keys and resize it with Shift.";
const VIEW_KEYS = "Arrow keys, Home and End choose a number.";
const HOP = 450; // milliseconds from one number to the next

/** The picture; `parts` are its table, its y and its memory, for pointers and keys. */
export function picture() {
  const [table, view, memory, written] = [grid("x"), grid("y"), memoryStrip(COUNT, SIZES[1]), viewNotes()];
  const link = shape("path", { class: "book-link" });
  const caption = shape("g");
  const parts = { table, view, memory };
  const root = shape("svg", { class: "book-board" }, link, table.root, caption);
  let plan = null;
  let now = null;
  let hop = { from: 0, to: 0, count: 0 };
  let drawn = "";
  let built = "";

  /** A line from the selected cell of x to that of y, drawn between the tables alone. */
  function connect([row, column, viewRow, viewColumn]) {
    const middle = (start, at, { cell }) => start + (at + 0.5) * cell;
    const [from, to] = [plan.table, plan.view];
    if (plan.isNarrow) {
      const [x, end] = [middle(from.x, column, from), middle(to.x, viewColumn, to)];
      const [y, last] = [from.y + SIZES[0] * from.cell + 2, to.y - HEAD];
      link.setAttribute("d", `M${x} ${y}C${x} ${y + 9} ${end} ${last - 9} ${end} ${last}m-4 -5l4 5l4 -5`);
      return;
    }
    const [y, end] = [middle(from.y, row, from), middle(to.y, viewRow, to)];
    const [x, last] = [from.x + SIZES[1] * from.cell + 3, to.x - HEAD - 2];
    link.setAttribute("d", `M${x} ${y}C${(x + last) / 2} ${y} ${(x + last) / 2} ${end} ${last} ${end}m-6 -4l6 4l-6 4`);
  }

  const look = eased(([count, ...corners]) => {
    table.light(...corners.slice(0, 2));
    if (now.memory) {
      // A hop that is turned around on its way starts anew.
      const share = Math.max(0, count - hop.count + 1);
      memory.stand(hop.from, hop.to, share, now.table[1] > 1 ? -1 : 1);
      return;
    }
    view.light(...corners.slice(2));
    connect(corners);
  }, HOP);

  /** Have a part in the picture or not; the others stay untouched, as a finger may hold one. */
  function keep(node, isSeen) {
    if (!isSeen) node.remove();
    else if (!node.parentNode) caption.before(node);
  }

  function build(width) {
    plan = layout(width, now.memory, now.turn(now.table));
    for (const [name, value] of Object.entries({ width, height: plan.height, viewBox: `0 0 ${width} ${plan.height}` }))
      root.setAttribute(name, value);
    const { entries, position, cells } = now;
    const isPicked = cells.length > 0;
    const { numbers, heads } = tableCells(now);
    table.draw(plan.table, numbers, heads, `x, ${SIZES.join(" \u00d7 ")}. ${TABLE_KEYS}`);
    table.mark(isPicked);
    memory.mark(isPicked);
    link.style.display = !now.memory && isPicked ? "" : "none";
    keep(view.root, !now.memory && isPicked);
    keep(written.root, now.memory && !now.trouble);
    keep(memory.root, now.memory && !now.trouble);
    caption.replaceChildren();
    if (now.trouble) return;
    if (now.memory) {
      written.draw(plan.notes, [...notes(entries), ...(isPicked ? [placeNote(entries, position)] : [])], keptAxes(now));
      memory.draw(plan.strip, placesByRow(now), `${stripName(now.view, COUNT)} ${VIEW_KEYS}`);
      return;
    }
    const name = viewName(now.view);
    if (isPicked) {
      const seen = viewCells(now);
      view.draw(plan.view, seen.numbers, seen.heads, `${name}. ${VIEW_KEYS}`);
    }
    caption.append(label("book-grid-caption", plan.view.caption.x, plan.view.caption.y, 15, name));
  }

  /** Draw a scene for a width in pixels; only what keeps its index glides. */
  function draw(scene, width) {
    const wanted = JSON.stringify([scene, width]);
    if (wanted === drawn) return;
    const settings = JSON.stringify([scene.entries, scene.memory, width]);
    const isGliding = settings === built;
    const from = isGliding ? now.place : scene.place;
    drawn = wanted;
    built = settings;
    now = scene;
    build(width);
    if (!now.cells.length) return;
    const { place, position, turn } = now;
    hop = { from, to: place, count: hop.count + 1 };
    const corners = [Math.floor(place / SIZES[1]), place % SIZES[1], ...turn(position)];
    if (isGliding) look.to([hop.count, ...corners]);
    else look.set([hop.count, ...corners]);
  }

  /** A place of the screen in the picture's own pixels. */
  function inside(clientX, clientY) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(root.getScreenCTM().inverse());
    return [x, y];
  }
  return { root, parts, draw, inside, stop: look.stop };
}
