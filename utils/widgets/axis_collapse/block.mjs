// The block as cubes on rails: they leave their places and flow into a slab in front of the first slice.

import { SHAPE, cells, placeOf, shapeOf, targetOf } from "./math.mjs";
import { AXES, written } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

// Pixels of one place along days, shops, breads: a day behind is seen between the cubes in front.
const ALONG = [[36, -30], [0, 58], [70, 0]];
const SIDE = 30;
const SLANT = [7, -6]; // of a cube's top and side
const VIEW = [-76, -98, 408, 302];
const ARRIVED = 0.97; // the share of the way from which on a cube counts as there
// Where an axis has its arrow and its name: from a corner of the block, for one place of the axis.
const ARROWS = [
  { from: [260, 178], by: [36, -30], name: [266, 195] },
  { from: [306, -24], by: [0, 140], name: [320, 46], look: "book-down" },
  { from: [0, 183], by: [190, 0], name: [96, 195] },
];
const CUBES = cells(SHAPE);
const MARGIN = 7; // of the sheet behind a day, around its cubes

const home = (index) => [0, 1].map((side) => index.reduce((sum, at, axis) => sum + at * ALONG[axis][side], 0));
/** Where a cell arrives: one place before the first slice. */
const goal = (index, dim) => home(index.map((at, axis) => (axis === dim ? -1 : at)));
const move = (node, [x, y]) => node.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);

function cube(look, words = "") {
  const [across, up] = SLANT;
  const top = shape("path", { class: "book-top", d: `M0 0l${across} ${up}h${SIDE}l${-across} ${-up}z` });
  const side = shape("path", { class: "book-side", d: `M${SIDE} 0l${across} ${up}v${SIDE}l${-across} ${-up}z` });
  const front = shape("rect", { class: "book-front", width: SIDE, height: SIDE });
  const label = shape("text", { x: SIDE / 2, y: SIDE / 2 }, words);
  return { root: shape("g", { class: `book-cube ${look}` }, top, side, front, label), label };
}

function arrow({ from, by, name, look = "" }, axis) {
  const [x, y] = from;
  const length = Math.hypot(...by);
  const [across, up] = by.map((part) => part / length);
  const end = [x + by[0], y + by[1]];
  const wing = (way) => `${end[0] - 7 * across + way * 4 * up} ${end[1] - 7 * up - way * 4 * across}`;
  const line = shape("path", { class: "book-shaft", d: `M${x} ${y}L${end}M${wing(1)}L${end}L${wing(-1)}` });
  const label = shape("text", { class: look, x: name[0], y: name[1] });
  return { root: shape("g", { class: "book-axis" }, line, label), label, name: `axis ${axis}: ${AXES[axis]}` };
}

/** The picture; `point(place)` hears which result is pointed at, by any of its cubes. */
export function block(loaves, point) {
  const arrows = ARROWS.map(arrow);
  const layers = Array.from({ length: SHAPE[0] }, (_, day) => {
    const [width, height] = [2, 1].map((axis) => (SHAPE[axis] - 1) * ALONG[axis][axis === 2 ? 0 : 1] + SIDE + 2 * MARGIN);
    const sheet = shape("rect", { class: "book-sheet", x: -MARGIN, y: -MARGIN + SLANT[1] / 2, width: width + SLANT[0], height, rx: 8 });
    move(sheet, home([day, 0, 0]));
    return shape("g", {}, sheet);
  });
  const slab = shape("g", { class: "book-slab" });
  const all = CUBES.map((index) => {
    const words = String(loaves.flat(2)[CUBES.indexOf(index)]);
    const [ghost, body] = [cube("book-ghost", words), cube(`book-body book-layer-${index[0]}`, words)];
    move(ghost.root, home(index));
    layers[index[0]].append(ghost.root, body.root);
    return { index, ghost: ghost.root, body: body.root };
  });
  const rails = layers.map(() => shape("g"));
  layers.forEach((layer, day) => layer.firstChild.after(rails[day]));
  const results = Array.from({ length: 12 }, () => cube("book-result"));
  // The days behind are drawn first.
  const drawing = shape("svg", { viewBox: VIEW.join(" "), role: "img" }, ...arrows.map((one) => one.root), ...layers.toReversed(), slab);
  const root = element("div", { class: "book-block" }, drawing);
  let dim = 0;
  const heard = ({ target }) => {
    const found = target.closest?.("[data-place]");
    if (found) point(Number(found.dataset.place));
  };
  // A cube that comes under a resting pointer is not pointed at.
  for (const kind of ["pointermove", "pointerdown"]) drawing.addEventListener(kind, heard);

  /** A new axis, a new line that is lit: what does not flow. */
  function set(state, words) {
    dim = state.dim;
    const places = cells(shapeOf({ dim, keepdim: false })).keys();
    for (const group of rails) group.replaceChildren();
    [...places].forEach((place) => {
      const { inBlock } = targetOf({ dim, keepdim: true }, place);
      const ends = [goal(inBlock, dim), home(inBlock.map((at, axis) => (axis === dim ? SHAPE[axis] - 1 : at)))];
      const [from, to] = ends.map((end) => end.map((part) => part + SIDE / 2));
      const look = `book-rail${place === state.place ? " book-lit" : ""}`;
      rails[inBlock[0]].append(shape("line", { class: look, x1: from[0], y1: from[1], x2: to[0], y2: to[1] }));
    });
    for (const { index, ghost, body } of all) {
      const place = placeOf(dim, index);
      for (const node of [ghost, body]) {
        node.dataset.place = place;
        node.classList.toggle("book-lit", place === state.place);
      }
    }
    const here = [...cells(shapeOf({ dim, keepdim: false })).entries()];
    // Days behind come first, so that those in front cover them.
    here.sort(([one], [other]) => targetOf({ dim, keepdim: true }, other).inBlock[0] - targetOf({ dim, keepdim: true }, one).inBlock[0]);
    slab.replaceChildren(
      ...here.map(([place]) => {
        const { root: node } = results[place];
        move(node, goal(targetOf({ dim, keepdim: true }, place).inBlock, dim));
        node.dataset.place = place;
        node.classList.toggle("book-lit", place === state.place);
        return node;
      }),
    );
    arrows.forEach((one, axis) => {
      one.root.classList.toggle("book-named", axis === dim);
      one.label.textContent = one.name;
    });
    drawing.setAttribute("aria-label", words);
  }

  /** `flows` says for each cube how much of its way it has gone; returns how many slices are there. */
  function flow(flows, valuesOf, reduction) {
    const arrived = new Array(SHAPE[dim]).fill(true);
    all.forEach(({ index, ghost, body }, number) => {
      const [from, to, share] = [home(index), goal(index, dim), flows[number]];
      move(body, from.map((part, side) => part + share * (to[side] - part)));
      const isThere = share >= ARRIVED;
      if (!isThere) arrived[index[dim]] = false;
      body.classList.toggle("book-there", isThere);
      ghost.classList.toggle("book-left", share > 0);
    });
    const count = arrived.includes(false) ? arrived.indexOf(false) : arrived.length;
    const values = valuesOf(count);
    values.forEach((value, place) => {
      results[place].label.textContent = written(value, reduction);
      results[place].root.classList.toggle("book-empty", !count);
      results[place].root.classList.toggle("book-fine", reduction === "mean");
    });
    return count;
  }
  return { root, set, flow };
}
