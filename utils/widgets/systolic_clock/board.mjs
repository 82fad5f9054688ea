// The array: cells with their sums, the two streams that pass through, and the result in the corner.

import { across, cell, fromAbove, fromLeft, result, steps } from "./math.mjs";
import { newId, shape } from "../kit/parts.mjs";

const SIZE = 460; // of the drawing
const EDGE = 2; // room for a thick line
const LARGEST = 100; // of a cell
const LANES = 150; // at least, for the numbers that wait
const CORNER = 128; // of the result
const NAME = 26; // size of the letters that name the matrices
const PRODUCT = 18; // and their product
const [INSIDE, ACROSS] = [0.27, 0.73]; // where numbers stand in a cell, of its side
const [WAY, HEAD] = [32, 7]; // where the ways of the streams begin, and the heads of their arrows
const CHIP = 0.36; // side of a number's chip, of a cell's

/** All that depends on the plan: how large a cell is, where the array begins. */
function layout({ array }) {
  const unit = Math.min(LARGEST, (SIZE - EDGE - LANES) / array);
  return { unit, begin: SIZE - EDGE - unit * array };
}

const text = (x, y, size, words, look) => {
  const node = shape("text", { x, y, "font-size": size, class: look });
  node.textContent = words;
  return node;
};

/** A number on its way, a chip around it. */
function chip([x, y], unit, value, look, about) {
  const side = CHIP * unit;
  const root = shape("g", { class: `book-chip book-${look}${value ? "" : " book-zero"}`, "data-about": about, transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
  root.append(
    shape("rect", { x: -side / 2, y: -side / 2, width: side, height: side, rx: side / 5 }),
    text(0, 0, 0.29 * unit, value, "book-digit"),
  );
  return root;
}

export function board() {
  const hatch = shape("pattern", { id: newId("book-waste"), width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(shape("rect", { class: "book-stripe", width: 2.5, height: 8 }));
  const [lanes, corner, names, cells, chips] = ["book-lanes", "book-corner", "book-names", "book-cells", "book-chips"].map((name) => shape("g", { class: name }));
  const root = shape("svg", { class: "book-board", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img" }, shape("defs", {}, hatch), lanes, corner, names, cells, chips);
  const waste = `url(#${hatch.id})`;

  function drawCorner(plan, time) {
    const padded = across(plan) * plan.array;
    const unit = CORNER / padded;
    const fates = result(plan, time);
    const boxes = Array.from({ length: padded ** 2 }, (_, index) => {
      const [row, column] = [Math.floor(index / padded), index % padded];
      const fate = fates[row]?.[column] ?? "extra";
      const box = shape("rect", { class: `book-entry book-${fate}`, x: EDGE + column * unit, y: EDGE + row * unit, width: unit, height: unit });
      if (fate === "extra") box.style.fill = waste;
      return box;
    });
    const sides = Array.from({ length: across(plan) ** 2 }, (_, index) => {
      const side = plan.array * unit;
      const [row, column] = [Math.floor(index / across(plan)), index % across(plan)];
      return shape("rect", { class: "book-tile", x: EDGE + column * side, y: EDGE + row * side, width: side, height: side });
    });
    corner.replaceChildren(...boxes, ...sides);
  }

  function drawCells(plan, time) {
    const { unit, begin } = layout(plan);
    const nodes = [];
    for (let i = 0; i < plan.array; i++) {
      for (let j = 0; j < plan.array; j++) {
        const { state, sum, isNow, job } = cell(plan, i, j, time);
        const group = shape("g", { class: `book-cell book-${state}${isNow ? " book-now" : ""}`, "data-about": `cell-${i}-${j}` });
        const [x, y] = [begin + j * unit, begin + i * unit];
        const ground = shape("rect", { class: "book-ground", x: x + 2, y: y + 2, width: unit - 4, height: unit - 4, rx: 6 });
        group.append(ground);
        if (state === "waste") {
          const over = shape("rect", { class: "book-over", x: x + 2, y: y + 2, width: unit - 4, height: unit - 4, rx: 6 });
          over.style.fill = waste;
          group.append(over);
        } else if (sum !== null) {
          if (isNow) group.append(text(x + unit / 2, y + INSIDE * unit, 0.29 * unit, "·", "book-times"));
          group.append(text(x + unit / 2, y + 0.72 * unit, 0.3 * unit, sum, "book-sum"));
        }
        const title = shape("title");
        title.textContent = job?.isUseful ? `Row ${job.row + 1}, column ${job.column + 1} of the result: ${sum}` : "No entry of the result";
        group.append(title);
        nodes.push(group);
      }
    }
    cells.replaceChildren(...nodes);
  }

  /** The streams at a time between two cycles. */
  function drawChips(plan, time) {
    const { unit, begin } = layout(plan);
    const ahead = Math.floor(begin / unit);
    const nodes = [];
    const last = steps(plan) - 1;
    for (let lane = 0; lane < plan.array; lane++) {
      const about = (name) => Array.from({ length: plan.array }, (_, other) => name(other)).join(" ");
      const [row, column] = [about((other) => `cell-${lane}-${other}`), about((other) => `cell-${other}-${lane}`)];
      const first = Math.max(0, Math.ceil(time - lane - plan.array + 1));
      for (let step = first; step <= Math.min(last, Math.floor(time - lane + ahead)); step++) {
        const place = time - lane - step; // cells from the first one
        const along = begin + place * unit;
        if (along + INSIDE * unit < 0.2 * unit) continue;
        nodes.push(chip([along + INSIDE * unit, begin + (lane + INSIDE) * unit], unit, fromLeft(plan, lane, step), "left", row));
        nodes.push(chip([begin + (lane + ACROSS) * unit, along + INSIDE * unit], unit, fromAbove(plan, lane, step), "above", column));
      }
    }
    chips.replaceChildren(...nodes);
  }

  /** Which stream is which, where no number passes, and the ways on which they come. */
  function drawNames(plan) {
    const { unit, begin } = layout(plan);
    const middle = (begin + SIZE - EDGE) / 2;
    names.replaceChildren(
      text(12, middle, NAME, "A", "book-left"),
      text(middle, 12, NAME, "B", "book-above"),
      text(EDGE + CORNER / 2, CORNER + 14, PRODUCT, "result A B", "book-product"),
    );
    const end = begin - 2;
    lanes.replaceChildren(
      ...Array.from({ length: plan.array }, (_, lane) => {
        const [y, x] = [INSIDE, ACROSS].map((share) => (begin + (lane + share) * unit).toFixed(2));
        return [
          shape("path", { class: "book-left", d: `M${WAY} ${y}H${end}m-${HEAD}-${HEAD}l${HEAD} ${HEAD}l-${HEAD} ${HEAD}` }),
          shape("path", { class: "book-above", d: `M${x} ${WAY}V${end}m-${HEAD}-${HEAD}l${HEAD} ${HEAD}l${HEAD}-${HEAD}` }),
        ];
      }).flat(),
    );
  }

  let seen = "";
  /** Draw a moment; the sums change when the numbers have arrived. */
  function draw(plan, time, words) {
    const whole = Math.floor(time + 1e-6);
    const key = JSON.stringify([plan, whole]);
    if (key !== seen) {
      drawCorner(plan, whole);
      drawCells(plan, whole);
      drawNames(plan);
      root.setAttribute("aria-label", words);
      seen = key;
    }
    drawChips(plan, time);
  }
  return { root, draw };
}
