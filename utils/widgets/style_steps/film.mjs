// The kept pictures of one pair of weights in a row: the way from photograph to painting at a glance.

import { element } from "../kit/parts.mjs";

const DOTS = 120; // dots of a canvas a side

/**
 * A picture for each of the `stops`, under it how many steps it took. `draw(row, at, lay)` shows
 * those of a row of the atlas and rings the one in sight; `lay(canvas, tile)` paints one and says
 * whether it could. `onPick(stop)` hears of a click; the slider does the same for the keyboard.
 */
export function film(stops, onPick) {
  const frames = stops.map((stop) => {
    const canvas = element("canvas", { width: DOTS, height: DOTS });
    const root = element("div", { class: "book-still" }, canvas, element("span", {}, String(stop)));
    root.addEventListener("click", () => onPick(stop));
    return { canvas, root };
  });
  const root = element("div", { class: "book-film", "aria-hidden": true }, ...frames.map((one) => one.root));
  let known = -1; // the row whose pictures are in sight
  const draw = (row, at, lay) => {
    for (const [column, one] of frames.entries()) one.root.classList.toggle("book-now", column === at);
    if (row === known) return;
    const isLaid = frames.map((one, column) => lay(one.canvas, [row, column])).every(Boolean);
    if (isLaid) known = row;
  };
  return { root, draw };
}
