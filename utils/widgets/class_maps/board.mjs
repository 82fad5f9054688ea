// The picture with its digits to drag, and the ten maps beside it.

import { CLASSES, DIGIT, within } from "./math.mjs";
import { pickList } from "../kit/class_bars.mjs";
import { number } from "../kit/numbers.mjs";
import { element, onArrows, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const GLOW = [[255, 176, 0], [86, 180, 233]]; // amber for the first digit, blue for the second

/** Paint maps over each other, each in its colour, where they are above 0; `top` is full strength. */
function glow(canvas, maps, top) {
  const side = Math.sqrt(maps[0].map.length);
  canvas.width = side;
  canvas.height = side;
  const image = new ImageData(side, side);
  for (let at = 0; at < side * side; at++) {
    const { map, colour } = maps.reduce((one, other) => (other.map[at] > one.map[at] ? other : one));
    image.data.set([...GLOW[colour], 255 * Math.max(0, Math.min(1, map[at] / top))], 4 * at);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

const FOUR_WAYS = "M8 1.5v13M1.5 8h13M6 3.5l2-2l2 2M6 12.5l2 2l2-2M3.5 6l-2 2l2 2M12.5 6l2 2l-2 2";

/** The sign that a thing can be dragged any way. */
const grab = () => element("span", { class: "book-grab", "aria-hidden": true }, shape("svg", { viewBox: "0 0 16 16" }, shape("path", { d: FOUR_WAYS })), element("span", {}, "drag"));

/** A digit that pointer and arrow keys move; `onMove(place)` hears where. */
function handle(onMove) {
  const root = element("div", { class: "book-handle", role: "application", tabindex: 0 }, grab());
  let place = [0, 0];
  let side = DIGIT;
  let grip = null; // where in the digit the pointer holds it
  const pixelOf = ({ clientX, clientY }) => {
    const box = root.parentElement.getBoundingClientRect();
    return [(clientY - box.top) / box.height, (clientX - box.left) / box.width].map((share) => share * side);
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    root.setPointerCapture(event.pointerId);
    grip = pixelOf(event).map((at, axis) => at - place[axis]);
  });
  root.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const next = within(pixelOf(event).map((at, axis) => Math.round(at - grip[axis])), side);
    if (next.some((at, axis) => at !== place[axis])) onMove(next);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    root.addEventListener(kind, () => {
      grip = null;
    });
  }
  onArrows(root, (rows, columns) => onMove(within([place[0] + rows, place[1] + columns], side)));
  const set = (name, next, pixels) => {
    [place, side] = [within(next, pixels), pixels];
    root.hidden = name === "none";
    root.setAttribute("aria-label", `The ${name}, row ${place[0]}, column ${place[1]} of ${side}. Arrow keys move it.`);
    for (const [key, value] of [["top", place[0]], ["left", place[1]], ["wide", DIGIT]]) root.style.setProperty(`--${key}`, value / side);
  };
  return { root, set };
}

/** The picture, maps over it, and two digits to move. */
export function sight(onMove) {
  const ink = element("canvas", { class: "book-dots" });
  const heat = element("canvas", { class: "book-glow" });
  const handles = [0, 1].map((index) => handle((place) => onMove(index, place)));
  const root = element("div", { class: "book-square book-sight" }, ink, heat, ...handles.map((one) => one.root));
  const drawInk = (picture, side) => paint(ink, Array.from(picture, (value) => Math.round(255 * value)), side, side);
  const drawHeat = (maps, top) => glow(heat, maps, top);
  return { root, handles, drawInk, drawHeat };
}

/** The ten maps, each with its class and its mean; `onPoint(label)`, −1 for none. */
export function mapList(onPoint) {
  const tiles = Array.from({ length: CLASSES }, (_, label) => {
    const ink = element("canvas", { class: "book-dots" });
    const heat = element("canvas", { class: "book-glow" });
    const mean = element("span", { class: "book-mean" });
    const square = element("span", { class: "book-square" }, ink, heat);
    return { ink, heat, mean, content: [square, element("b", {}, String(label)), mean] };
  });
  const list = pickList("Class maps", "book-maps", tiles.map((tile) => tile.content), 5, onPoint);
  const drawInk = (picture, side) => {
    for (const { ink } of tiles) paint(ink, Array.from(picture, (value) => Math.round(255 * value)), side, side);
  };
  const drawHeat = (maps, colours, top) => {
    for (const [label, { heat }] of tiles.entries()) glow(heat, [{ map: maps[label], colour: colours[label] }], top);
  };
  const name = (scores, pair) => {
    for (const [label, option] of list.options.entries()) {
      tiles[label].mean.textContent = number(scores[label], 1);
      option.setAttribute("aria-label", `class ${label}: mean ${number(scores[label], 1)}`);
      option.classList.toggle("book-lead", label === pair[0]);
      option.classList.toggle("book-second", label === pair[1]);
    }
  };
  return { root: list.root, select: list.select, drawInk, drawHeat, name };
}

/** How means come about: for each of these maps its sum, divided by how many numbers it has. */
export function sums() {
  const root = element("div", { class: "book-sums", "aria-hidden": true });
  const draw = (maps, shown, colours) => {
    root.replaceChildren(
      ...shown.map((label) => {
        const total = maps[label].reduce((sum, value) => sum + value, 0);
        const count = maps[label].length;
        const key = element("i", { class: colours[label] ? "book-second" : "book-lead" });
        const parts = [`Map ${label}: sum `, number(total, 0), ` / ${count} = `];
        return element("div", {}, key, element("span", {}, ...parts, element("b", {}, number(total / count, 1))));
      }),
    );
  };
  return { root, draw };
}
