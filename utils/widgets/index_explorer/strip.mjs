// Memory as one line of numbered places: the picked ones stand out, arcs are the strides.

import { label } from "./label.mjs";
import { shape } from "../kit/parts.mjs";

// All lengths in pixels.
const ABOVE = 38; // room for the arcs above the places and the text on them
const [TALL, FLAT] = [24, 14]; // the height of a picked place and of any other
const TICKS = 15; // room for numbers under the places
const BELOW = 34; // room for the arcs below
const LINE = 16; // room for the offset
export const STRIP_HEIGHT = ABOVE + TALL + TICKS + BELOW + LINE;
const OFFSET = 68; // the width of its text, with some air
const APART = 17; // from one number under the line to the next

/**
 * The steps between picked places, given row by row: `along` leads from each to the next in its
 * row, `down` from the first of a row to the first of the next. Each is [from, to].
 */
export function jumps(rows) {
  const along = rows.flatMap((row) => row.slice(1).map((to, k) => [row[k], to]));
  const down = rows.slice(1).map((row, k) => [rows[k][0], row[0]]);
  return { along, down };
}

/** How far an arc over so many pixels rises. */
const rise = (width) => Math.min(BELOW - 12, 6 + Math.abs(width) / 6);

/** The places that get a number under the line: picked ones first, then `others`, none too near. */
export function numbered(picked, others, size) {
  const chosen = [];
  for (const place of [...picked, ...others]) {
    if (chosen.every((other) => Math.abs(other - place) * size >= APART)) chosen.push(place);
  }
  return chosen;
}

/** The strip; a ball with a number stands on the selected place and hops to the next. */
export function memoryStrip(count, rowLength) {
  const drawn = shape("g");
  const ball = shape("circle", { class: "book-ball", r: 11 });
  const digits = shape("text", { class: "book-ball-text", "font-size": 12 });
  const pointer = shape("g", { class: "book-pointer" }, ball, digits);
  const ring = shape("rect", { class: "book-reach", x: 0, rx: 6, height: TALL + 8 });
  const root = shape("g", { class: "book-strip", tabindex: 0, role: "application" }, drawn, pointer, ring);
  let plan = null;

  const centre = (place) => plan.left + (place + 0.5) * plan.size;
  /** Nearest to x, the middle of a text of so many pixels that stays in the picture. */
  const within = (x, wide) => Math.max(wide / 2, Math.min(x, plan.width - wide / 2));
  /** An arc from one x to another, to above (-1) or below (1) the line, with a text at its top. */
  function arcs(pairs, side) {
    if (!pairs.length) return [];
    const y = side < 0 ? plan.y + ABOVE - 2 : plan.y + ABOVE + TALL + TICKS;
    const curve = ([from, to]) => {
      const [a, b] = [centre(from), centre(to)];
      // A quadratic curve reaches half as far as its control point.
      return `M${a} ${y}Q${(a + b) / 2} ${y + 2 * side * rise(b - a)} ${b} ${y}`;
    };
    const [a, b] = pairs[0].map(centre);
    const kind = side < 0 ? "book-columns" : "book-rows";
    const top = y + side * (rise(b - a) + 9);
    return [
      shape("path", { class: `book-arc ${kind}`, d: pairs.map(curve).join("") }),
      label(`book-step ${kind}`, within((a + b) / 2, 28), top, 12, `+${pairs[0][1] - pairs[0][0]}`),
    ];
  }

  /** The way from the first place of all to the first one of the view. */
  function offset(first) {
    const [top, y] = [plan.y + ABOVE + TALL + TICKS, plan.y + STRIP_HEIGHT - 7];
    const side = centre(first) + OFFSET < plan.width ? 1 : -1;
    const text = label("book-offset", centre(first) + (side * OFFSET) / 2, y - (side < 0 ? 9 : 0), 12, `offset ${first}`);
    return [shape("path", { class: "book-arc", d: `M${plan.left} ${y - 4}v8m0 -4H${centre(first)}V${top}` }), text];
  }

  /**
   * Draw at { y, width }; the picked places are given row by row, as in the view. `told` names
   * the strip for readers who hear it.
   */
  function draw({ y, width }, rows, told) {
    const size = Math.min(18, (width - 2) / count);
    plan = { y, size, width, left: (width - count * size) / 2 };
    const middle = y + ABOVE + TALL / 2;
    const picked = new Set(rows.flat());
    const all = Array.from({ length: count }, (_, place) => place);
    const kindOf = (place) => (picked.has(place) ? "book-picked" : "book-plain");
    // Tall ones last, or their neighbours would cut off their edges.
    const ordered = [...all].sort((a, b) => picked.has(a) - picked.has(b));
    const places = ordered.map((place) => {
      const tall = picked.has(place) ? TALL : FLAT;
      const box = { x: plan.left + place * size, y: middle - tall / 2, width: size, height: tall };
      return shape("rect", { class: `book-cell ${kindOf(place)}`, ...box });
    });
    const starts = all.filter((place) => place % rowLength === 0);
    const below = y + ABOVE + TALL + TICKS / 2 + 1;
    const numbers = numbered(picked, starts, size).map((place) =>
      label(`book-place ${kindOf(place)}`, within(centre(place), 16), below, 11, place),
    );
    const { along, down } = jumps(rows);
    drawn.replaceChildren(...places, ...numbers, ...arcs(along, -1), ...arcs(down, 1), ...(picked.size ? offset(rows[0][0]) : []));
    ring.setAttribute("y", middle - TALL / 2 - 4);
    ring.setAttribute("width", width);
    root.setAttribute("aria-label", told);
  }

  /** Stand the ball on its way between two places, after a share of it; `side` as for the arcs. */
  function stand(from, to, share, side) {
    const middle = plan.y + ABOVE + TALL / 2;
    const [a, b] = [from, to].map(centre);
    const up = (rise(b - a) + TALL / 2) * 4 * share * (1 - share);
    const [x, y] = [a + share * (b - a), middle + side * up];
    for (const node of [ball, digits]) {
      node.setAttribute(node === ball ? "cx" : "x", x);
      node.setAttribute(node === ball ? "cy" : "y", y);
    }
    digits.textContent = share < 0.5 ? from : to;
  }

  const placeAt = (x) => Math.floor((x - plan.left) / plan.size);
  const holds = (x, y) => y > plan.y + ABOVE - 12 && y < plan.y + ABOVE + TALL + TICKS;
  /** Show which place is selected, or that none is. */
  const mark = (isLit) => {
    pointer.style.display = isLit ? "" : "none";
  };
  return { root, draw, stand, placeAt, holds, mark };
}
