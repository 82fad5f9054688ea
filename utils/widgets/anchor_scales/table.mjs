// A row for each digit, a column for each map: the digit with the best anchor of the map drawn on it.

import { anchor, GRIDS, label, SIDE } from "./math.mjs";
import { plain } from "./words.mjs";
import { element, newId, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";

// What the lines in the picture mean.
const KEYS = { object: "IoU ≥ 0.5", near: "IoU ≥ 0.4", view: "what is seen" };

/** A digit cut out of the picture, as large in relation to the others as it is there. */
function portrait(pixels, [x1, y1, x2, y2]) {
  const [width, height] = [x2 - x1, y2 - y1];
  const canvas = element("canvas", { width, height, class: "book-portrait", style: `--wide: ${width}; --high: ${height}`, "aria-hidden": true });
  const image = new ImageData(width, height);
  for (let index = 0; index < width * height; index++) {
    const grey = pixels[(y1 + Math.floor(index / width)) * SIDE + x1 + (index % width)];
    image.data.set([grey, grey, grey, 255], 4 * index);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

/** The whole picture, to fill pieces of it with. */
function filling(greys) {
  const canvas = document.createElement("canvas");
  paint(canvas, greys, SIDE, SIDE);
  const id = newId("book-scene");
  const size = { width: SIDE, height: SIDE };
  const whole = shape("pattern", { id, ...size, patternUnits: "userSpaceOnUse" }, shape("image", { ...size, href: canvas.toDataURL() }));
  return { defs: shape("defs", {}, whole), fill: `url(#${id})` };
}

/** A small picture of one digit, its box, an anchor and what both share; `place(anchor)` shows as much as both need. */
function snapshot(fill, box) {
  const at = ([x1, y1, x2, y2]) => ({ x: x1, y: y1, width: x2 - x1, height: y2 - y1 });
  const drawn = shape("rect", { class: "book-best" });
  const shared = shape("rect", { class: "book-shared" });
  const piece = shape("rect", { class: "book-piece", fill });
  const root = shape("svg", { class: "book-snapshot", "aria-hidden": true }, piece, shape("rect", { ...at(box), class: "book-outline" }), shared, drawn);
  function place(one) {
    const set = (node, edges) => Object.entries(at(edges)).forEach(([name, value]) => node.setAttribute(name, value));
    const both = [0, 1, 2, 3].map((edge) => (edge < 2 ? Math.min : Math.max)(one[edge], box[edge]));
    const room = 0.08 * Math.max(both[2] - both[0], both[3] - both[1]);
    const seen = both.map((edge, at) => (at < 2 ? edge - room : edge + room));
    set(drawn, one);
    const start = [0, 1].map((edge) => Math.max(one[edge], box[edge]));
    set(shared, [...start, ...start.map((least, side) => Math.max(least, Math.min(one[side + 2], box[side + 2])))]);
    set(piece, seen.map((edge) => Math.max(0, Math.min(SIDE, edge))));
    root.setAttribute("viewBox", Object.values(at(seen)).join(" "));
  }
  return { root, place };
}

/** The table; `onStage(stage)` hears which map is chosen, `onCell(stage, cell)` which anchor. `draw` shows the numbers. */
export function table({ pixels, boxes }, onStage, onCell) {
  const greys = decodePixels(pixels);
  const { defs, fill } = filling(greys);
  const heads = GRIDS.map((count, stage) => {
    const size = element("span", { class: "book-size" });
    const root = element("button", { type: "button", class: "book-map", onclick: () => onStage(stage) }, element("b", {}, `${count}×${count}`), size);
    return { root, size };
  });
  const rows = boxes.map((box, index) => {
    const cells = GRIDS.map((_, stage) => {
      const words = element("span", { class: "book-number" });
      const picture = snapshot(fill, box);
      const root = element("div", { class: "book-field", "data-about": `object${index}` }, picture.root, words);
      const cell = { root, words, picture, best: null };
      root.addEventListener("click", () => onCell(stage, cell.best));
      root.dataset.stage = stage;
      return cell;
    });
    return { name: element("div", { class: "book-digit", "data-about": `object${index}` }, portrait(greys, box)), cells };
  });
  rows[0].cells[0].picture.root.prepend(defs);
  const corner = element("div", { class: "book-corner" }, "best anchor");
  const keys = Object.entries(KEYS).map(([kind, words]) => element("div", { class: `book-key book-key-${kind}` }, words));
  const root = element("div", { class: "book-table" }, corner, ...heads.map((head) => head.root), ...rows.flatMap((row) => [row.name, ...row.cells.map((cell) => cell.root)]), element("div", { class: "book-keys" }, ...keys));

  function draw({ stage, sizes, ratio, bests, overlaps, told }) {
    root.classList.toggle("book-telling", Boolean(told));
    heads.forEach((head, index) => {
      head.root.setAttribute("aria-pressed", index === stage);
      head.size.textContent = `${sizes[index]} px`;
    });
    rows.forEach(({ name, cells }, object) => {
      name.classList.toggle("book-told", told?.object === object);
      name.classList.toggle("book-met", overlaps.some((row) => label(row[object]) === "object"));
      cells.forEach((cell, map) => {
        const value = overlaps[map][object];
        cell.words.textContent = plain(value);
        cell.best = bests[map][object].cell;
        cell.picture.place(anchor(map, cell.best, sizes[map], ratio));
        cell.root.className = `book-field book-${label(value)}${map === stage ? " book-here" : ""}${told?.object === object ? " book-told" : ""}`;
      });
    });
  }
  return { root, draw };
}
