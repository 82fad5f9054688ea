// The picture of broadcasting: the table of shapes over the blocks of numbers.

import { shape } from "../kit/parts.mjs";
import { blockOf } from "./block.mjs";
import { layout } from "./layout.mjs";
import { columns, operandBlock, operandCaption, resultBlock, resultCaption, selectedCell } from "./scene.mjs";
import { shapeTable } from "./table.mjs";
import { SIGNS, shapeText } from "./words.mjs";

const UNKNOWN_WIDTH = 740; // pixels, until the picture stands in a page
const KEYS = "arrow keys, Home and End choose a number";

/**
 * The picture: `set(scene)` builds it, `show({ come, filled })` draws a moment of it: how far ones
 * and stretches have come, and the share of the result that has its numbers, all from 0 to 1. `hands`
 * hear presses on the shapes.
 */
export function broadcastPicture(hands) {
  const table = shapeTable(hands);
  const blocks = { a: blockOf("a"), b: blockOf("b"), c: blockOf("c") };
  const sign = shape("text", { class: "book-between" });
  const equals = shape("text", { class: "book-between" });
  const missing = shape("text", { class: "book-missing" });
  const parts = [table.root, ...Object.values(blocks).map((block) => block.root), sign, equals, missing];
  const root = shape("svg", { class: "book-broadcast", role: "application", tabindex: 0 }, ...parts);
  let now = null;
  let block = null; // of the result, if there is one
  let width = 0;
  let places = null;
  let current = ""; // the axis that is compared now
  let built = ""; // what the nodes were made for
  let last = null;

  const write = (node, { x, y }, text) => {
    node.setAttribute("x", x);
    node.setAttribute("y", y);
    node.textContent = text;
  };
  const build = () => {
    const { a, b, result, operation } = now;
    const parts = { a: operandBlock(now, "a"), b: operandBlock(now, "b"), c: result && resultBlock(now) };
    block = parts.c;
    places = layout(width, parts);
    current = columns(now).find(({ isCurrent }) => isCurrent)?.fromRight ?? "";
    root.setAttribute("data-axis", current);
    root.setAttribute("viewBox", `0 0 ${width} ${places.height}`);
    root.setAttribute("height", places.height);
    const told = result ? `c ${shapeText(result)}: ${KEYS}` : `no result of ${shapeText(a)} and ${shapeText(b)}`;
    root.setAttribute("aria-label", told);
    table.set(columns(now), places.table);
    for (const name of ["a", "b"]) blocks[name].set(parts[name], places.blocks[name], operandCaption(now, name));
    if (result) blocks.c.set(parts.c, places.blocks.c, resultCaption(now), operation === "add");
    write(sign, places.signs[0], SIGNS[operation]);
    write(equals, places.signs[1], "=");
    const { box } = places.blocks.c;
    const isLost = now.done && !result;
    write(missing, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, isLost ? "\u2717 no result" : "?");
    missing.classList.toggle("book-fails", isLost);
    // The places of the result are there from the start, its numbers come at the end.
    const hasPlaces = Boolean(result) && (now.done || parts.c.cells.length > 0);
    missing.style.display = hasPlaces ? "none" : "";
    blocks.c.root.style.display = hasPlaces ? "" : "none";
  };
  const set = (scene) => {
    now = scene;
    width = root.getBoundingClientRect().width || UNKNOWN_WIDTH;
    const { a, b, operation, at, place } = now;
    const wanted = JSON.stringify([a, b, operation, at, place?.slice(0, -2), width]);
    // A finger loses hold of a node that is made anew.
    if (wanted !== built) build();
    built = wanted;
  };
  const show = (moment) => {
    last = moment;
    const [, ...stretch] = moment.come;
    const all = block ? block.cells.length : 0;
    const filled = moment.filled * all;
    const place = (at) => [Math.floor(at / block.columns), at % block.columns];
    const isFilling = filled > 0 && filled < all;
    const lit = isFilling ? place(Math.floor(filled)) : moment.filled === 1 ? selectedCell(now) : null;
    table.draw(moment.come);
    for (const name of ["a", "b"]) blocks[name].draw({ stretch, lit });
    if (block) blocks.c.draw({ stretch, lit, filled });
  };
  root.addEventListener("pointerover", ({ target }) => {
    root.setAttribute("data-axis", target.closest("[data-axis]")?.dataset.axis ?? current);
  });
  root.addEventListener("pointerleave", () => root.setAttribute("data-axis", current));
  /** The [row, column] under a point of the screen, or undefined. */
  const cellAt = (x, y) => {
    const cell = root.getRootNode().elementFromPoint(x, y)?.closest("[data-place]");
    return cell && root.contains(cell) ? cell.dataset.place.split(",").map(Number) : undefined;
  };
  /** Draw again if there is more room or less. */
  const resize = () => {
    if (!now || !last || (root.getBoundingClientRect().width || UNKNOWN_WIDTH) === width) return;
    set(now);
    show(last);
  };
  return { root, set, show, cellAt, resize };
}
