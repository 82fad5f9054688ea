// A row for each digit, a column for each map: how well the best anchor of the map meets the digit.

import { GRIDS, label, SIDE } from "./math.mjs";
import { plain } from "./words.mjs";
import { element } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";

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

/** The table; `onStage(stage)` hears which map is chosen. `draw` shows the numbers. */
export function table({ pixels, boxes }, onStage) {
  const greys = decodePixels(pixels);
  const heads = GRIDS.map((count, stage) => {
    const size = element("span", { class: "book-size" });
    const root = element("button", { type: "button", class: "book-map", onclick: () => onStage(stage) }, element("b", {}, `${count}×${count}`), size);
    return { root, size };
  });
  const rows = boxes.map((box, index) => {
    const cells = GRIDS.map((_, stage) => {
      const words = element("span", { class: "book-number" });
      const root = element("div", { class: "book-field", "data-about": `object${index}` }, element("span", { class: "book-fill" }), words);
      root.dataset.stage = stage;
      return { root, words };
    });
    return { name: element("div", { class: "book-digit", "data-about": `object${index}` }, portrait(greys, box)), cells };
  });
  const corner = element("div", { class: "book-corner" }, "best IoU on map");
  const keys = Object.entries(KEYS).map(([kind, words]) => element("div", { class: `book-key book-key-${kind}` }, words));
  const root = element("div", { class: "book-table" }, corner, ...heads.map((head) => head.root), ...rows.flatMap((row) => [row.name, ...row.cells.map((cell) => cell.root)]), element("div", { class: "book-keys" }, ...keys));

  function draw({ stage, sizes, overlaps }) {
    heads.forEach((head, index) => {
      head.root.setAttribute("aria-pressed", index === stage);
      head.size.textContent = `${sizes[index]} px`;
    });
    rows.forEach(({ name, cells }, object) => {
      name.classList.toggle("book-met", overlaps.some((row) => label(row[object]) === "object"));
      cells.forEach((cell, map) => {
        const value = overlaps[map][object];
        cell.words.textContent = plain(value);
        cell.root.style.setProperty("--share", value);
        cell.root.className = `book-field book-${label(value)}${map === stage ? " book-here" : ""}`;
      });
    });
  }
  return { root, draw };
}
