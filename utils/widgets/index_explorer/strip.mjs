// Memory as one line of numbered places: the picked ones stand out, arcs are the strides.

import { shape } from "../kit/parts.mjs";

// All lengths in pixels.
const LARGEST_PLACE = 18;
const LEGIBLE_PLACE = 14; // from this width on a place shows its number
const [TALL, FLAT] = [22, 14]; // the height of a picked place and of any other
const ABOVE = 44; // room for the arcs above the places and the text on them
const TICKS = 14; // room for the index of each row's first place
const BELOW = 42; // room for the arcs below
const LINE = 14; // room for the offset

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
export const rise = (width) => Math.min(ABOVE - 16, 6 + width / 5);

const label = (className, x, y, text, anchor = "middle") =>
  shape(
    "text",
    { class: className, x, y, "font-size": 11, style: `text-anchor: ${anchor}` },
    String(text),
  );

/** An arc from one x to another, to above (-1) or below (1) a line, with a text at its top. */
function arcs(pairs, centre, y, side, text) {
  if (!pairs.length) return [];
  const curve = ([from, to]) => {
    const [a, b] = [centre(from), centre(to)];
    // A quadratic curve reaches half as far as its control point.
    return `M${a} ${y}Q${(a + b) / 2} ${y + 2 * side * rise(b - a)} ${b} ${y}`;
  };
  const [a, b] = pairs[0].map(centre);
  const top = y + side * (rise(b - a) + 8);
  return [
    shape("path", { class: `book-arc ${side < 0 ? "book-along" : "book-down"}`, d: pairs.map(curve).join("") }),
    label("book-index", Math.max((a + b) / 2, 12), top, text),
  ];
}

/** The strip; `draw` shows so many places, the picked ones of which are given row by row. */
export function memoryStrip() {
  const root = shape("svg", { class: "book-grid book-strip", role: "img" });

  function draw({ name, count, rowLength, rows, selected, width }) {
    const size = Math.min(LARGEST_PLACE, (width - 2) / count);
    const centre = (place) => 1 + (place + 0.5) * size;
    const middle = ABOVE + TALL / 2;
    const isLegible = size >= LEGIBLE_PLACE;
    const ticks = ABOVE + TALL + (isLegible ? 2 : TICKS);
    const height = ticks + BELOW + LINE;
    const picked = new Set(rows.flat());

    const all = Array.from({ length: count }, (_, place) => place);
    const kindOf = (place) =>
      place === selected ? "book-chosen" : picked.has(place) ? "book-picked" : "book-plain";
    const places = all.map((place) => {
      const tall = picked.has(place) ? TALL : FLAT;
      const box = { x: 1 + place * size, y: middle - tall / 2, width: size, height: tall };
      return shape("rect", { class: `book-cell ${kindOf(place)}`, ...box });
    });
    const numbers = () =>
      all.map((place) => label(`book-number ${kindOf(place)}`, centre(place), middle, place));
    const starts = () =>
      all
        .filter((place) => place % rowLength === 0)
        .map((place) => label("book-index", centre(place), ticks - TICKS / 2, place));
    const { along, down } = jumps(rows);
    const step = ([pair]) => (pair ? `+${pair[1] - pair[0]}` : "");
    root.setAttribute("viewBox", `0 0 ${count * size + 2} ${height}`);
    root.setAttribute("width", count * size + 2);
    root.setAttribute("aria-label", name);
    root.replaceChildren(
      ...places,
      ...(isLegible ? numbers() : starts()),
      ...arcs(along, centre, ABOVE - 2, -1, step(along)),
      ...arcs(down, centre, ticks, 1, step(down)),
      ...(picked.size ? offset(rows[0][0]) : []),
    );

    function offset(first) {
      const y = height - LINE - 2;
      const line = `M1 ${y - 4}v8M1 ${y}H${centre(first)}v${ticks - y}`;
      return [
        shape("path", { class: "book-arc book-offset", d: line }),
        label("book-index", 1, height - LINE / 2, `offset ${first}`, "start"),
      ];
    }
  }
  return { root, draw };
}
