// Canvases of the channel mixer: colours, single channels in their own light, a marked pixel.

import { element } from "../kit/parts.mjs";

const OPAQUE = 0xff000000;

function put(canvas, side, colourAt) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  const dots = new Uint32Array(image.data.buffer); // blue, green and red in one number
  for (let at = 0; at < dots.length; at++) dots[at] = OPAQUE | colourAt(at);
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** Draw levels of red, green and blue. */
export function paintColours(canvas, side, levels) {
  const count = side ** 2;
  put(canvas, side, (at) => levels[at] | (levels[count + at] << 8) | (levels[2 * count + at] << 16));
}

/** Draw the levels of one channel in its own light: three such pictures add up to the colours. */
export function paintChannel(canvas, side, levels, channel) {
  const shift = 8 * channel;
  put(canvas, side, (at) => levels[at] << shift);
}

/**
 * A picture that says which pixel is pointed at: `onPoint(row, column)` as shares of its side.
 * `mark(row, column)` puts a ring there.
 */
export function picture(onPoint) {
  const canvas = element("canvas", { width: 1, height: 1 });
  const ring = element("span", { class: "book-mark" });
  const root = element("div", { class: "book-ground" }, canvas, ring);
  const point = (event) => {
    const box = root.getBoundingClientRect();
    onPoint((event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width);
  };
  root.addEventListener("pointerdown", point);
  root.addEventListener("pointermove", point);
  const mark = (row, column) => {
    ring.style.setProperty("--down", `${100 * row}%`);
    ring.style.setProperty("--across", `${100 * column}%`);
  };
  return { root, canvas, mark };
}
