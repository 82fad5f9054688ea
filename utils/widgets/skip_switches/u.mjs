// The picture of the demo: two arms of maps, three skips between them, the scene and its mask.

import { element, shape } from "../kit/parts.mjs";

export const SHOWN = 3; // maps of a block
export const LEVELS = 4;
const DARK = [13, 27, 42];
const MIDDLE = [86, 180, 233];
const BRIGHT = [255, 250, 235];
const COLOURS = [null, [0, 114, 178], [213, 94, 0], [0, 158, 115]]; // Okabe and Ito's, as in the book's figures
const STRENGTH = 0.82;

const mix = (one, other, share) => one.map((value, index) => value + share * (other[index] - value));

/** A colour for a number from 0 to 1: from night over blue to a warm white. */
const glow = (share) => (share < 0.5 ? mix(DARK, MIDDLE, 2 * share) : mix(MIDDLE, BRIGHT, 2 * share - 1));

/** The scene in grey with a mask laid over it, three numbers a pixel. */
export function overlaid(greys, mask) {
  return Array.from(mask).flatMap((label, pixel) => {
    const grey = [greys[pixel], greys[pixel], greys[pixel]];
    return label ? mix(grey, COLOURS[label], STRENGTH) : grey;
  });
}

/** Put colours on a canvas of a square picture, three numbers a pixel. */
function paintColours(canvas, numbers) {
  const side = Math.round(Math.sqrt(numbers.length / 3));
  canvas.width = side;
  canvas.height = side;
  const image = new ImageData(side, side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let part = 0; part < 3; part++) image.data[4 * pixel + part] = numbers[3 * pixel + part];
    image.data[4 * pixel + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** One block: a few of its maps side by side. */
function block(name, level, about, look) {
  const canvases = Array.from({ length: SHOWN }, () => element("canvas", { class: "book-map" }));
  const root = element("div", { class: `book-block book-level-${level} ${look}`, role: "img", "aria-label": name, "data-about": about }, ...canvases);
  const draw = (maps) => maps.forEach((map, index) => paintColours(canvases[index], Array.from(map).flatMap(glow)));
  return { root, draw };
}

/** A switch that lies on its arrow. */
function skip(level, onToggle) {
  const side = 64 / 2 ** level;
  const arrow = shape("svg", { viewBox: "0 0 100 16", "aria-hidden": true, preserveAspectRatio: "none" }, shape("path", { d: "M2 8H96M88 2.5L97 8L88 13.5" }));
  const root = element(
    "button",
    { type: "button", class: "book-skip", "aria-label": `skip of ${side}×${side}`, "data-about": `s${level}`, onclick: onToggle },
    element("span", { class: "book-name" }, element("i", { class: "book-knob" }), `${side}×${side}`),
    arrow,
  );
  const set = (isOn) => {
    root.setAttribute("aria-pressed", isOn);
    root.title = isOn ? "Cut this skip" : "Switch this skip on";
  };
  return { root, set };
}

function bar(title, look) {
  const text = element("b", {});
  const root = element("div", { class: `book-score ${look}` }, element("span", {}, title), text, element("span", { class: "book-track" }, element("i", {}), element("b", { class: "book-whole" })));
  const draw = (share) => root.style.setProperty("--share", share);
  // A stroke where the bar ends with all skips.
  const mark = (share) => root.style.setProperty("--whole", share);
  const name = (words) => {
    text.textContent = words;
  };
  return { root, draw, mark, name };
}

/** The whole U; `onToggle(level)` hears a switch. */
export function drawing(onToggle) {
  const scene = element("canvas", { class: "book-end", role: "img", "aria-label": "the scene", "data-about": "in" });
  const mask = element("canvas", { class: "book-end", role: "img", "aria-label": "the mask over the scene", "data-about": "out" });
  const sides = Array.from({ length: LEVELS }, (_, level) => 64 / 2 ** level);
  const down = sides.map((side, level) => {
    const about = level ? `s${level} p${level - 1} p${level}` : "s0 p0 in";
    return level < LEVELS - 1
      ? block(`encoder, ${side}×${side}`, level, about, "book-down")
      : block(`the smallest maps, ${side}×${side}`, level, "p2 u2", "book-bottom");
  });
  const up = sides.slice(0, -1).map((side, level) => block(`decoder, ${side}×${side}`, level, `s${level} u${level} ${level ? `u${level - 1}` : "out"}`, "book-up"));
  const skips = up.map((_, level) => skip(level, () => onToggle(level)));
  const iou = bar("mean IoU", "book-iou");
  const border = bar("border right", "book-border");
  const scores = element("div", { class: "book-scores" }, iou.root, border.root);
  const rows = up.flatMap((right, level) => [down[level].root, skips[level].root, right.root]);
  const root = element("div", { class: "book-u" }, scene, scores, mask, ...rows, down.at(-1).root);
  // In the order in which the picture passes them.
  const order = [scene, ...down.map((part) => part.root), ...[...up].reverse().map((part) => part.root), mask];
  const reach = (step) => {
    order.forEach((node, index) => {
      node.classList.toggle("book-dim", index > step);
      node.classList.toggle("book-now", index === step && step < order.length - 1);
    });
    skips.forEach((part, level) => part.root.classList.toggle("book-now", step === order.length - 2 - level));
  };
  return { root, down, up, skips, iou, border, reach, drawScene: (numbers) => paintColours(scene, numbers), drawMask: (numbers) => paintColours(mask, numbers) };
}
