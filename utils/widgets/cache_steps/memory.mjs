// The two memories: the matrix with its lines on the left, the slots of the cache on the right.

import { element, shape } from "../kit/parts.mjs";

const CELL = 40;
const GAP = 3; // between two lines in memory
const MOST_ROWS = 6;

/** A square with a number in it. */
function cell(x, y, wide, high, text) {
  return shape(
    "g",
    { class: "book-entry" },
    shape("rect", { x, y, width: wide, height: high }),
    shape("text", { x: x + wide / 2, y: y + high / 2 }, text),
  );
}

/** Main memory; `draw(state, found)` shows the lines, and the reads so far. */
export function mainMemory(columns) {
  const root = shape("svg", { viewBox: `0 0 ${columns * CELL} ${MOST_ROWS * CELL}`, role: "img", class: "book-memory" });

  function draw({ rows, line_length: width, step }, found) {
    const past = found.slice(0, step);
    const held = new Set(past.at(-1)?.slots ?? []);
    const fate = new Map(past.map(({ address, hit }) => [address, hit ? "hit" : "miss"]));
    const parts = Array.from({ length: (rows * columns) / width }, (_, line) => {
      const first = line * width;
      const [x, y] = [(first % columns) * CELL, Math.floor(first / columns) * CELL];
      const numbers = Array.from({ length: width }, (__, index) => {
        const node = cell(x + index * CELL + GAP, y + GAP, CELL - 2 * GAP, CELL - 2 * GAP, String(first + index));
        node.classList.add(`book-${fate.get(first + index) ?? "unread"}`);
        if (past.at(-1)?.address === first + index) node.classList.add("book-now");
        return node;
      });
      const frame = shape("rect", { class: "book-frame", x: x + 1, y: y + 1, width: width * CELL - 2, height: CELL - 2, rx: 5 });
      return shape("g", { class: `book-block${held.has(line) ? " book-held" : ""}`, "data-about": `line${line}` }, frame, ...numbers);
    });
    root.replaceChildren(...parts);
    const missed = past.filter(({ hit }) => !hit).length;
    root.setAttribute("aria-label", `Main memory: ${rows} rows of ${columns} numbers in lines of ${width}; ${missed} misses in ${step} reads`);
  }
  return { root, draw };
}

/** The cache: one row a slot, and beside the last read what became of it; `spanOf(line)` names a line. */
export function cacheSlots(most, columns, spanOf) {
  const rows = Array.from({ length: most }, () => element("div", { class: "book-slot" }));
  const notes = rows.map(() => element("div", { class: "book-note-word", "aria-hidden": true }));
  const root = element("div", { class: "book-cache", role: "group", "aria-label": "Cache" }, ...rows.flatMap((row, index) => [row, notes[index]]));

  function draw({ lines, line_length: width, step }, found) {
    const last = step ? found[step - 1] : null;
    root.style.setProperty("--lines", lines);
    root.style.setProperty("--share", width / columns);
    root.classList.toggle("book-long", width === columns);
    rows.forEach((row, index) => {
      const line = last?.slots[index] ?? null;
      const isLast = line !== null && line === last.line;
      row.className = `book-slot${index < lines ? "" : " book-absent"}`;
      row.style.setProperty("--cells", width);
      notes[index].className = `book-note-word${isLast ? ` book-note-${last.hit ? "hit" : "miss"}` : ""}`;
      const gone = isLast && last.evicted !== null ? `, ${spanOf(last.evicted, width)} out` : "";
      notes[index].textContent = isLast ? (last.hit ? "hit" : `miss${gone}`) : "";
      if (line === null) {
        delete row.dataset.about;
        row.replaceChildren();
        return;
      }
      row.dataset.about = `line${line}`;
      if (isLast) row.classList.add(last.hit ? "book-hit" : "book-miss");
      const texts = Array.from({ length: width }, (_, place) => {
        const address = line * width + place;
        return element("span", { class: address === last.address ? "book-now" : "" }, String(address));
      });
      row.replaceChildren(...texts);
    });
  }
  return { root, draw };
}
