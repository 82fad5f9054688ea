// The large picture with its curtain, and the two small ones that it is made of.

import { element } from "../kit/parts.mjs";

const SIDE = 112; // pixels of a picture in the atlas
const DOTS = 448; // dots of the large canvas a side
const PHOTO = [0, 0];
const BRUSH = [1, 0];
const EDGE = 1.5; // pixels that are left off all around: smoothing must not reach the neighbours

/** Draw a picture of the atlas so that it fills the first `share` of a canvas. */
function lay(canvas, sheet, [row, column], alpha = 1, share = 1) {
  const pen = canvas.getContext("2d");
  const inner = SIDE - 2 * EDGE;
  pen.globalAlpha = alpha;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(sheet, column * SIDE + EDGE, row * SIDE + EDGE, inner * share, inner, 0, 0, canvas.width * share, canvas.height);
}

/** A small picture under its name. */
function small(name, about) {
  const canvas = element("canvas", { width: SIDE * 2, height: SIDE * 2, role: "img", "aria-label": `The ${name}` });
  return { canvas, root: element("div", { class: "book-small", "data-about": about }, canvas, element("span", {}, name)) };
}

/**
 * `draw(tiles, share, cover)` fades from the first tile to the second and covers the left part, a
 * share `cover`, with the photograph. `onPeek(share)` hears where the pointer is, or null;
 * `onLook(tile)` hears which small picture it is on, or null; `onKey(change)` hears of arrow keys.
 * `lay(canvas, tile)` paints a tile elsewhere, and says whether there is something to paint yet.
 */
export function easel(atlas, { onPeek, onLook, onKey, onReady }) {
  const sheet = new Image();
  const large = element("canvas", { width: DOTS, height: DOTS });
  const line = element("i", { class: "book-edge" });
  const frame = element("div", { class: "book-large", role: "slider", tabindex: 0, "aria-label": "Photograph over the picture", "aria-valuemin": 0, "aria-valuemax": 100 }, large, line);
  const photo = small("photograph", "content");
  const brush = small("painting", "style");
  const place = ({ clientX }) => {
    const box = frame.getBoundingClientRect();
    onPeek(Math.max(0, Math.min(1, (clientX - box.left) / box.width)));
  };
  frame.addEventListener("pointermove", place);
  frame.addEventListener("pointerdown", place);
  frame.addEventListener("pointerleave", () => onPeek(null));
  frame.addEventListener("keydown", (event) => {
    const change = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, Home: -100, End: 100 }[event.key];
    if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onKey(change);
  });
  for (const [part, tile] of [[photo, PHOTO], [brush, BRUSH]]) {
    part.root.addEventListener("pointerenter", () => onLook(tile));
    part.root.addEventListener("pointerleave", () => onLook(null));
  }
  let isReady = false;
  sheet.onload = () => {
    isReady = true;
    lay(photo.canvas, sheet, PHOTO);
    lay(brush.canvas, sheet, BRUSH);
    onReady();
  };
  sheet.src = `data:image/webp;base64,${atlas}`;

  const draw = ([from, to], share, cover) => {
    line.style.left = `${(100 * cover).toFixed(2)}%`;
    line.hidden = cover <= 0 || cover >= 1;
    if (!isReady) return;
    lay(large, sheet, from);
    if (share > 0) lay(large, sheet, to, share);
    if (cover > 0) lay(large, sheet, PHOTO, 1, cover);
  };
  const say = (curtain, words) => {
    frame.setAttribute("aria-valuenow", curtain);
    frame.setAttribute("aria-valuetext", words);
  };
  const stop = () => {
    sheet.onload = null;
  };
  const layInto = (canvas, tile) => {
    if (isReady) lay(canvas, sheet, tile);
    return isReady;
  };
  return { root: frame, smalls: [photo.root, brush.root], draw, lay: layInto, say, stop };
}
