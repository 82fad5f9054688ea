// Cache steps: a matrix in main memory, a small cache, and the misses of whole walks.

import { chart } from "./chart.mjs";
import { accesses, fewestLines, walk } from "./math.mjs";
import { cacheSlots, mainMemory } from "./memory.mjs";
import { pythonCode, sentence, span, times } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const COLUMNS = 8;
const MOST_LINES = 8;
const EACH = 450; // milliseconds a read

function render({ model, el }) {
  const on = (name) => (value) => update(model, { [name]: value });
  const options = [["rows", "by rows"], ["columns", "by columns"]];
  const order = choice({ label: "Read", options, onInput: on("order") });
  const lines = slider({ label: "Cache lines", min: 1, max: MOST_LINES, onInput: on("lines") });
  const width = slider({ label: "Line length", min: 0, max: 3, format: (power) => String(2 ** power), onInput: (power) => update(model, { line_length: 2 ** power }) });
  const rows = slider({ label: "Rows", min: 2, max: 6, onInput: on("rows") });
  const step = slider({ label: "Reads so far", min: 0, max: 48, onInput: on("step") });
  const memory = mainMemory(COLUMNS);
  const cache = cacheSlots(MOST_LINES, COLUMNS, span);
  const stairs = chart(COLUMNS);
  // The counts are the legend as well.
  const [missed, hits] = ["miss", "hit"].map((name) => element("span", { class: `book-fate book-fate-${name}` }));
  const title = (...parts) => element("div", { class: "book-title" }, ...parts);
  const name = element("span", { class: "book-name" }, "Main memory");
  const sides = element(
    "div",
    { class: "book-sides" },
    element("div", { class: "book-main" }, title(name, missed, hits), memory.root),
    element("div", { class: "book-near" }, title("Cache"), cache.root),
    stairs.root,
  );
  const pointed = pointing(sides);

  /** All that is seen now. */
  function seen(state) {
    const found = accesses(walk(state.rows, COLUMNS, state.order), state.lines, state.line_length);
    return { found, step: Math.min(state.step, found.length), columns: COLUMNS, width: state.line_length };
  }

  return stage({
    model,
    el,
    names: ["order", "lines", "line_length", "rows", "step"],
    label: "Cache steps",
    look: "book-cache-steps",
    picture: [sides],
    controls: [order.root, width.root, lines.root],
    play: {
      every: EACH,
      auto: true,
      step: (state) => {
        const { found, step: now } = seen(state);
        return now < found.length ? { step: now + 1 } : null;
      },
      restart: () => ({ step: 0 }),
    },
    more: [element("div", { class: "book-controls" }, step.root, rows.root)],
    draw(state) {
      const { found, step: now } = seen(state);
      order.set(state.order);
      lines.set(state.lines);
      width.set(Math.log2(state.line_length));
      rows.set(state.rows);
      step.input.max = found.length;
      step.set(now);
      memory.draw({ ...state, step: now }, found);
      cache.draw({ ...state, step: now }, found);
      stairs.draw(state);
      const misses = found.slice(0, now).filter(({ hit }) => !hit).length;
      missed.textContent = times(misses, "miss", "misses");
      hits.textContent = times(now - misses, "hit");
      pointed.refresh();
    },
    says: (state) => sentence(seen(state)),
    code: (state) => pythonCode(state, COLUMNS),
    task: {
      text: "Find the fewest cache lines with which the walk by columns misses as rarely as the one by rows. Line length 2 or more; play to the end.",
      isDone: (state) => {
        const { found, step: now } = seen(state);
        const enough = state.lines === fewestLines(state.rows, COLUMNS, state.line_length);
        return state.order === "columns" && state.line_length > 1 && enough && now === found.length;
      },
      praise: "A line for each row: none leaves before its next number is read.",
    },
    onStop: pointed.stop,
  });
}

export default { render };
