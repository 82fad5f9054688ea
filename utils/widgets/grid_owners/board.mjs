// The picture: the grid, the cells that own an object, and the objects, to drag.

import { placed } from "./math.mjs";
import { objectWords } from "./words.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";

/** An object's ink in white, with its strength as opacity, as the address of a picture. */
function inkUrl({ ink, width, height }) {
  const canvas = element("canvas", { width, height });
  const image = new ImageData(width, height);
  decodePixels(ink).forEach((level, index) => image.data.set([255, 255, 255, level], 4 * index));
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas.toDataURL();
}

/** The board; `change(centres)` hears of a drag, `choose(index)` of an object that is looked at. */
export function board({ size, pixels, objects }, read, change, choose) {
  const photo = element("canvas", { class: "book-dots", "aria-hidden": true });
  paint(photo, decodePixels(pixels), size, size);
  const cells = objects.map((_, index) => shape("rect", { class: `book-cell book-object-${index}` }));
  const lines = shape("path", { class: "book-lines" });
  const nodes = objects.map(({ width, height, ...rest }, index) => {
    const at = { x: -width / 2, y: -height / 2, width, height };
    return shape(
      "g",
      { class: `book-object book-object-${index}`, tabindex: 0, role: "application", "data-about": `object-${index}` },
      shape("rect", { ...at, class: "book-halo" }),
      shape("rect", { ...at, class: "book-frame" }),
      shape("image", { ...at, href: inkUrl({ width, height, ...rest }), preserveAspectRatio: "none" }),
      shape("circle", { r: 1.4, class: "book-centre" }),
    );
  });
  const drawing = shape("svg", { viewBox: `0 0 ${size} ${size}` }, ...cells, lines, ...nodes);
  const root = element("div", { class: "book-photo" }, photo, drawing);

  nodes.forEach((node, index) => {
    let grip = null; // from the pointer to the centre, in pixels of the picture
    const pointer = ({ clientX, clientY }) => {
      const { left, top, width } = drawing.getBoundingClientRect();
      return [clientX - left, clientY - top].map((offset) => (offset * size) / width);
    };
    const centre = () => read().slice(2 * index, 2 * index + 2);
    node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      node.focus({ preventScroll: true });
      node.setPointerCapture(event.pointerId);
      const place = pointer(event);
      grip = centre().map((value, axis) => value - place[axis]);
      choose(index);
    });
    node.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const place = pointer(event).map((value, axis) => value + grip[axis]);
      change(placed(read(), objects, index, place, size));
    });
    node.addEventListener("lostpointercapture", () => {
      grip = null;
    });
    node.addEventListener("focus", () => choose(index));
    onArrows(node, (rows, columns, isShift) => {
      const by = isShift ? 4 : 1;
      const [x, y] = centre();
      change(placed(read(), objects, index, [x + by * Math.max(-size, Math.min(size, columns)), y + by * rows], size));
    });
  });

  function draw(found, centres, side) {
    const step = size / side;
    const stops = Array.from({ length: side - 1 }, (_, index) => (index + 1) * step);
    lines.setAttribute("d", stops.map((stop) => `M${stop} 0V${size}M0 ${stop}H${size}`).join(""));
    found.forEach(({ column, row, by }, index) => {
      const isKept = by === index;
      const at = { x: column * step, y: row * step, width: step, height: step };
      for (const [name, value] of Object.entries(at)) cells[index].setAttribute(name, value);
      cells[index].classList.toggle("book-lost", !isKept);
      nodes[index].classList.toggle("book-lost", !isKept);
      nodes[index].setAttribute("transform", `translate(${centres[2 * index]} ${centres[2 * index + 1]})`);
      nodes[index].setAttribute("aria-label", objectWords(found[index], objects[index], index, objects));
    });
  }
  return { root, draw };
}
