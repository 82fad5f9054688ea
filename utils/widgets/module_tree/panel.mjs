// Beside the tree: what the chosen module holds, what flows out of it, and how much is trained.

import { moduleAt, trainedCount } from "./math.mjs";
import { made, shapeWords, title } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const CELL = [30, 11]; // units of one number of the output, across and down

/** Blue above zero, orange below, the stronger the further away. */
function tint(value, most) {
  const share = Math.round((100 * Math.abs(value)) / most);
  return `color-mix(in srgb, var(${value < 0 ? "--demo-warm" : "--demo-accent"}) ${share}%, var(--demo-paper))`;
}

/** The panel; `draw(net, state)` fills it. */
export function panel() {
  const name = element("p", { class: "book-chosen" });
  const sizes = element("p", { class: "book-sizes" });
  const grid = shape("svg", { class: "book-output", role: "img" });
  const names = element("ul", { class: "book-saved" });
  const legend = ["parameter", "buffer"].map((kind) => element("span", { class: `book-${kind}` }, kind));
  const words = element("span", {});
  const heading = element("p", { class: "book-caption" }, words, ...legend);
  const count = element("strong", {});
  const rest = element("span", {});
  const fill = element("span", { class: "book-fill" });
  const bar = element("span", { class: "book-bar", "aria-hidden": true }, fill);
  const tally = element("p", { class: "book-tally" }, count, rest, bar);
  const root = element("div", { class: "book-panel" }, tally, name, sizes, grid, heading, names);

  function drawOutput(rows) {
    const [wide, high] = [rows[0].length * CELL[0], rows.length * CELL[1]];
    const most = Math.max(...rows.flat().map(Math.abs), 0.01);
    grid.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    grid.setAttribute("preserveAspectRatio", "none");
    grid.style.setProperty("--columns", rows[0].length);
    const zeros = rows.flat().filter((value) => value === 0).length;
    grid.setAttribute("aria-label", `the output: ${rows.length} rows of ${rows[0].length} numbers, ${zeros} of them zero`);
    grid.replaceChildren(
      ...rows.flatMap((row, down) =>
        row.map((value, across) => {
          const cell = shape("rect", { x: across * CELL[0] + 0.5, y: down * CELL[1] + 0.5, width: CELL[0] - 1, height: CELL[1] - 1, rx: 2 });
          cell.style.fill = tint(value, most);
          if (value === 0) cell.classList.add("book-zero");
          return cell;
        }),
      ),
    );
  }

  function line({ name: full, shape: size, parameter }, frozen, moves) {
    const kind = parameter === null ? "buffer" : "parameter";
    const says = moves ? "moves" : frozen.includes(parameter) ? "frozen" : "";
    const dots = full.split(".");
    const last = dots.pop();
    const path = element("span", { class: "book-path" }, dots.map((part) => `${part}.`).join(""));
    const words = element("span", { class: "book-key", "aria-label": `${kind} ${full}` }, path, last);
    const note = element("span", { class: "book-note-word" }, says);
    const look = says ? ` book-${says === "moves" ? "moving" : "icy"}` : "";
    return element("li", { class: `book-${kind}${look}` }, words, " ", element("span", { class: "book-size" }, shapeWords(size)), " ", note);
  }

  function draw(net, { selected, training, frozen }) {
    const module = moduleAt(net, selected);
    name.textContent = `${title(selected)} · ${made(module)}`;
    sizes.textContent = `${shapeWords(module.inputs)} → ${shapeWords(module.shape)}`;
    drawOutput(training ? module.train : module.eval);
    words.textContent = module.saved.length ? "in the state_dict" : "nothing in the state_dict";
    for (const item of legend) item.hidden = !module.saved.length;
    names.replaceChildren(...module.saved.map((part) => line(part, frozen, training && net.moved.includes(part.name))));
    const [trained, all] = trainedCount(net, frozen);
    count.textContent = trained;
    rest.textContent = ` of ${all} numbers are trained`;
    fill.style.width = `${(100 * trained) / all}%`;
  }
  return { root, draw };
}
