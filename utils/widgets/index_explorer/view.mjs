// Index explorer: what the brackets pick from a table, and where it lies in memory.

import { buildControls } from "./controls.mjs";
import { listen } from "./hands.mjs";
import { SIZES, between, moved, nextCell, resized } from "./math.mjs";
import { picture } from "./picture.mjs";
import { placesByRow, scene } from "./scene.mjs";
import { cellSentence, pickSentence, placeSentence, torchCode } from "./words.mjs";
import { element, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const NAMES = ["rows", "columns", "position", "memory"];
const UNKNOWN_WIDTH = 590; // pixels, until the demo stands in a page
const STEP = 900; // milliseconds from one number to the next

const COLUMN_TASK = {
  text: "Pick the last column, and nothing else.",
  isDone: ({ rows, columns }) => {
    const { cells } = scene({ rows, columns, position: [0, 0] });
    return cells.length === SIZES[0] && cells.every(([, column]) => column === SIZES[1] - 1);
  },
  praise: "Column \u22121 is column 7: negative numbers count from the end.",
};
const STRIDES_TASK = {
  text: "Make the strides (16, 2).",
  isDone: ({ rows, columns }) => String(scene({ rows, columns, position: [0, 0] }).view?.strides) === "16,2",
  praise: "A step of 2 doubles a stride: 2 · 8 places down, 2 · 1 along.",
};

function render({ model, el }) {
  let now = null;
  let told = ""; // the position that Play has told last
  let width = 0;
  let redraw = () => {};

  const read = () => NAMES.slice(0, 2).map((name) => model.get(name));
  const write = (entries) => {
    if (JSON.stringify(entries) !== JSON.stringify(read())) update(model, { rows: entries[0], columns: entries[1] });
  };
  const select = (cell) => {
    const next = now.turn(cell).map((at, side) => Math.max(0, Math.min(at, now.table[side] - 1)));
    if (now.cells.length && String(next) !== String(now.position)) update(model, { position: next });
  };
  const controls = buildControls(model, () => redraw());
  const board = picture();
  const scenery = element("div", { class: "book-scenery" }, board.root);
  listen(board, {
    onBlock: (from, to) => write(to.map((at, axis) => between(from[axis], at, SIZES[axis]))),
    onMove(rows, columns, isShift) {
      const change = isShift ? resized : moved;
      const by = [rows, columns];
      write(read().map((entry, axis) => (by[axis] ? change(entry, SIZES[axis], by[axis]) : entry)));
    },
    onSelect: select,
    onPlace(place) {
      const row = placesByRow(now).findIndex((places) => places.includes(place));
      if (row >= 0) update(model, { position: [row, placesByRow(now)[row].indexOf(place)] });
    },
    onStep(rows, columns) {
      const [row, column] = now.turn(now.position);
      select([row + rows, column + columns]);
    },
  });
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    if (scenery.clientWidth === width) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => redraw());
  });
  observer.observe(scenery);

  const tell = (position) => {
    told = String(position);
    return { position };
  };
  const stop = stage({
    model,
    el,
    names: NAMES,
    label: "Index explorer",
    look: "book-index-explorer",
    picture: [scenery],
    controls: controls.inSight,
    play: {
      auto: true,
      every: STEP,
      step() {
        if (!now.cells.length) return null;
        if (told !== String(now.position)) return tell([0, 0]);
        const next = nextCell(now.table, now.position);
        return next && tell(next);
      },
      restart: () => tell([0, 0]),
    },
    draw(state) {
      now = scene(state);
      controls.set(now.entries);
      width = scenery.clientWidth || UNKNOWN_WIDTH;
      board.draw(now, width);
    },
    says() {
      const { entries, trouble, cells, position, memory } = now;
      const wrong = controls.trouble() || trouble;
      if (wrong) return wrong;
      if (!cells.length) return pickSentence(entries);
      return memory ? placeSentence(entries, position) : `${pickSentence(entries)} ${cellSentence(entries, position)}`;
    },
    more: controls.more,
    code: () => torchCode(now.entries, now.memory),
    task: model.get("memory") ? STRIDES_TASK : COLUMN_TASK,
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      told = "";
      controls.restore(read());
      redraw();
    },
    onStop: () => {
      observer.disconnect();
      cancelAnimationFrame(waiting);
      board.stop();
    },
  });
  redraw(); // now the width is known
  return stop;
}

export default { render };
