// Hidden units as tiles, and lines from them to the classes.

import { pickList } from "../kit/class_bars.mjs";
import { number } from "../kit/numbers.mjs";
import { shape } from "../kit/parts.mjs";

/** The hidden units as tiles: the larger what a unit sends on, the brighter. */
export function units(count, onPoint) {
  const columns = Math.ceil(count / 8);
  const made = pickList("Hidden units", "book-units", Array(count).fill([]), columns, onPoint);
  made.root.style.setProperty("--columns", columns);
  const draw = (hidden) => {
    const largest = Math.max(...hidden, 1e-9);
    for (const [unit, option] of made.options.entries()) option.style.setProperty("--share", hidden[unit] / largest);
  };
  const name = (hidden) => {
    for (const [unit, option] of made.options.entries()) {
      option.setAttribute("aria-label", `unit ${unit}: ${number(hidden[unit])}`);
    }
  };
  return { ...made, draw, name };
}

const SOFTEST = 0.06; // the share of the loudest line from which on a line is drawn
const WIDEST = 4; // pixels
const GAP = 28; // pixels from the tiles to the bars, and a little less

/** Lines between tiles and bars, over the picture `over`: `{ from, to, vote }` each. */
export function drawLines(svg, over, wanted) {
  const origin = over.getBoundingClientRect();
  const loudest = Math.max(...wanted.map(({ vote }) => Math.abs(vote)), 1e-9);
  const heard = wanted.filter(({ vote }) => Math.abs(vote) > SOFTEST * loudest);
  const paths = heard.map(({ from, to, vote }) => {
    const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    const [x, y] = [start.left + start.width / 2 - origin.left, start.top + start.height / 2 - origin.top];
    const v = end.top + end.height / 2 - origin.top;
    const isBelow = end.left < start.left; // on a phone the bars stand below
    const u = (isBelow ? end.right : from.parentNode.getBoundingClientRect().right + GAP) - origin.left;
    const [across, down] = [(x + u) / 2, (y + v) / 2];
    const bend = isBelow ? `${x} ${down} ${u} ${down}` : `${across} ${y} ${across} ${v}`;
    const path = shape("path", { d: `M${x} ${y}C${bend} ${u} ${v}` });
    path.style.strokeWidth = (WIDEST * Math.abs(vote)) / loudest;
    if (vote < 0) path.classList.add("book-against");
    return path;
  });
  svg.replaceChildren(...paths);
}
