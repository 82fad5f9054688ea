// The stack of layers from the side, and the picture below it from above.

import { LAYERS, fields, jumps, pixelWays, placeOf, side, sizes, waysDown, waysThrough } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const DURATION = 600;
const [WIDE, HIGH] = [480, 264];
const [LEFT, TOP, BOTTOM] = [66, 26, 22]; // room for the names, above the output, under the pixels
const FAINT = 0.5; // of a pixel with few ways: it is seen all the same
const LARGEST = 22; // a square's side
const NAMES = ["picture", "layer 1", "layer 2", "output"];

const height = (level) => HIGH - BOTTOM - (level / LAYERS) * (HIGH - BOTTOM - TOP);

/** How strongly each pixel of a row is coloured: 0 for one without a way. */
function shades(counts) {
  const most = Math.max(...counts);
  return counts.map((ways) => (ways > 0.02 ? FAINT + (1 - FAINT) * Math.sqrt(ways / most) : 0));
}

/** Stripes of one colour, with these strengths from side to side. */
function stripes(strengths, direction, colour) {
  const stops = strengths.map((strength, index) => {
    const [from, to] = [index, index + 1].map((edge) => `${((100 * edge) / strengths.length).toFixed(3)}%`);
    return `color-mix(in srgb, ${colour} ${(100 * strength).toFixed(1)}%, transparent) ${from} ${to}`;
  });
  return `linear-gradient(${direction}, ${stops.join(", ")})`;
}

/** Both drawings; `draw(state)` eases to a state. */
export function picture() {
  const path = (name) => shape("path", { class: `book-${name}` });
  const [idle, ways, through, holes] = ["idle", "ways", "through", "holes"].map(path);
  const lit = shape("g", { class: "book-lit" });
  const count = shape("text", { class: "book-count", "text-anchor": "middle" });
  const names = NAMES.map((name, level) => shape("text", { x: 0, y: height(level) + 5 }, name));
  const stack = shape(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": "Lines from one output number down to the pixels that it sees" },
    ...[idle, ways, holes, through, lit, ...names, count],
  );
  const grid = element("div", { class: "book-grid" });
  const field = element("div", { class: "book-field-square" });
  const seen = element("div", { class: "book-seen" });
  const map = element("div", { class: "book-map", role: "img", "aria-label": "The picture from above" }, field, seen, grid);
  const caption = (words) => element("p", { class: "book-caption" }, words);
  const root = element(
    "div",
    { class: "book-views" },
    element("div", {}, caption("From the side: a row of pixels, three layers"), stack),
    element("div", {}, caption("From above: the pixels seen"), map),
  );

  let goal = null; // the state that is drawn, or eased to
  let pointed = null; // { level, index } under the pointer
  const across = (state, at) => LEFT + (WIDE - LEFT) * (at / side(state) + 0.5);
  const square = (state) => Math.min(LARGEST, (0.84 * (WIDE - LEFT)) / side(state));
  const box = (x, level, size) =>
    `M${(x - size / 2).toFixed(2)} ${(height(level) - size / 2).toFixed(2)}h${size.toFixed(2)}v${size.toFixed(2)}h${(-size).toFixed(2)}z`;
  const line = (state, level, index, above) => {
    const [from, to] = [placeOf(state, level + 1, above), placeOf(state, level, index)].map((at) => across(state, at).toFixed(2));
    return `M${from} ${height(level + 1)}L${to} ${height(level)}`;
  };

  const showPointed = () => {
    through.setAttribute("d", "");
    count.textContent = "";
    if (!pointed || !goal) return;
    const found = waysThrough(goal, pointed.level, pointed.index);
    if (!found[pointed.level].length) return;
    const levels = waysDown(goal);
    const drawn = levels.slice(0, LAYERS).flatMap((all, level) =>
      all
        .filter(({ index }) => found[level].includes(index))
        .flatMap(({ index, from }) => from.filter((above) => found[level + 1].includes(above)).map((above) => line(goal, level, index, above))),
    );
    through.setAttribute("d", drawn.join(""));
    const number = levels[pointed.level].find(({ index }) => index === pointed.index).ways;
    count.textContent = `${number} ${number === 1 ? "way" : "ways"}`;
    count.setAttribute("x", Math.max(LEFT + 20, Math.min(WIDE - 24, across(goal, placeOf(goal, pointed.level, pointed.index)))));
    count.setAttribute("y", pointed.level ? height(pointed.level) - 16 : HIGH - 3);
  };

  const move = eased((numbers) => {
    const [stride, dilation] = [numbers.slice(0, 3), numbers.slice(3, 6)];
    const state = { kernel: goal.kernel, stride, dilation, place: numbers[6] };
    const levels = waysDown(state);
    const size = square(state);
    const all = sizes(goal).map((length, level) =>
      Array.from({ length }, (_, index) => box(across(state, placeOf(state, level, index)), level, size)).join(""),
    );
    idle.setAttribute("d", all.join(""));
    ways.setAttribute(
      "d",
      levels
        .slice(0, LAYERS)
        .flatMap((row, level) => row.flatMap(({ index, from }) => from.map((above) => line(state, level, index, above))))
        .join(""),
    );
    const counts = pixelWays(state);
    const strengths = shades(counts);
    const spots = levels.slice(1).flatMap((row, level) => row.map(({ index }) => shape("path", { d: box(across(state, placeOf(state, level + 1, index)), level + 1, size) })));
    // Tints, not opacities: a line that ends in a pixel is hidden behind it.
    const tint = (strength) => `fill: color-mix(in srgb, var(--demo-accent) ${(100 * strength).toFixed(1)}%, var(--demo-paper))`;
    const pixels = strengths.flatMap((strength, index) =>
      strength ? [shape("path", { d: box(across(state, placeOf(state, 0, index)), 0, size), style: tint(strength) })] : [],
    );
    lit.replaceChildren(...spots, ...pixels);

    const first = Math.min(...levels[0].map(({ index }) => index));
    const last = Math.max(...levels[0].map(({ index }) => index));
    const isHole = (index) => !strengths[index] && index > first && index < last;
    const dot = (index) => box(across(state, placeOf(state, 0, index)), 0, size / 3);
    holes.setAttribute("d", counts.map((_, index) => (isHole(index) ? dot(index) : "")).join(""));

    // Seen from above, rows are those of the middle output number.
    const rows = shades(pixelWays({ ...state, place: 0 }));
    seen.style.background = stripes(strengths, "to right", "var(--demo-accent)");
    seen.style.maskImage = stripes(rows, "to bottom", "black");
    const [n, wide, jump] = [side(state), fields(state)[LAYERS], jumps(state)[LAYERS]];
    const share = (pixels) => `${((100 * pixels) / n).toFixed(3)}%`;
    Object.assign(field.style, { left: share(first), top: share(2 * jump), width: share(wide), height: share(wide) });
    grid.style.backgroundSize = `${share(1)} ${share(1)}`;
    grid.style.opacity = n > 60 ? 0 : 1;
  }, DURATION);

  const point = ({ clientX, clientY }) => {
    const room = stack.getBoundingClientRect();
    const [x, y] = [((clientX - room.left) / room.width) * WIDE, ((clientY - room.top) / room.height) * HIGH];
    const level = Math.round(((HIGH - BOTTOM - y) / (HIGH - BOTTOM - TOP)) * LAYERS);
    const near = waysDown(goal)[Math.max(0, Math.min(LAYERS, level))]
      .map(({ index }) => ({ level, index, gap: Math.abs(across(goal, placeOf(goal, level, index)) - x) }))
      .sort((one, other) => one.gap - other.gap)[0];
    pointed = level >= 0 && level <= LAYERS && near.gap <= 0.6 * ((WIDE - LEFT) / side(goal)) ? near : null;
    showPointed();
  };
  const leave = () => {
    pointed = null;
    showPointed();
  };
  for (const kind of ["pointermove", "pointerdown"]) stack.addEventListener(kind, point);
  stack.addEventListener("pointerleave", leave);

  const draw = (state) => {
    goal = state;
    leave();
    move.to([...state.stride, ...state.dilation, state.place]);
  };
  return { root, draw, stop: move.stop };
}
