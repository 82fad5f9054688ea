// Padding and stride explorer: a window glides over an input and fills an output.

import { axisOf, positionNear } from "../kit/convolution.mjs";
import { element, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { torchCode } from "./code.mjs";
import { buildControls } from "./controls.mjs";
import { hands } from "./hands.mjs";
import { bounded, inputGrid, keepsTheSize, meetingsAt, nextPosition, outputGrid, readersOf, scene, settingsOf } from "./math.mjs";
import { panel } from "./panel.mjs";
import { picture } from "./picture.mjs";
import { useBriefly, useSentence } from "./use.mjs";
import { readersSentence, resultSentence, sizeFormulas, sizeSentence } from "./words.mjs";

const NAMES = ["input_size", "kernel", "kernel_size", "padding", "stride", "dilation"];
NAMES.push("output_padding", "transposed", "position", "cells_show");
const UNKNOWN_WIDTH = 700; // pixels, until the demo stands in a page
const PACE = 150; // milliseconds from one window to the next
const SLOW = 3; // so many windows are looked at first,
const HOLD = 9; // each for so many times the pace
const HURRY = 110; // milliseconds of a glide at full pace
const LETTERS =
  "The size of the output: n input size, k kernel size, p padding, s stride, d dilation.";
const KEYS = [
  "Arrow keys point at a cell, Enter moves the window there.",
  "Arrow keys, Home and End move the window.",
];

const dims = (pair) => pair.join(" × ");

/** Captions and labels of the input and the output. */
function gridTexts({ settings, shape, trouble }, shown) {
  const counted = settings.transposed ? 1 : 0;
  const isPadded = !settings.transposed && settings.padding.some(Boolean);
  const input = `Input ${dims(settings.input_size)}${isPadded ? ", zeros around" : ""}`;
  const captions = [input, trouble ? "" : `Output ${dims(shape)}`];
  return captions.map((words, side) => {
    if (!words || shown !== "uses" || side !== counted) return { caption: words, label: `${words}. ${KEYS[side]}` };
    // With its size it would be wider than two grids on a phone.
    return { caption: `${words.split(" ")[0]}: times used`, label: `${words}: times used. ${KEYS[side]}` };
  });
}

function render({ model, el }) {
  let now = null;
  let made = "";
  let width = 0;
  let fault = "";
  let isFilling = false; // the story fills the output number by number
  let row = 0; // of the window that was drawn last
  let filled = 0; // up to this one; what is there stays there when the window goes back
  let held = 0; // how often the story still waits before it moves the window
  let redraw = () => {};
  // What the pointer or the keyboard is on: { side, cell }, side 0 is the input.
  let pointed = null;
  let isSticky = false;

  const position = () => bounded(now, model.get("position"));
  const point = (found, isKept = false) => {
    isSticky = isKept;
    const next = now.trouble ? null : found;
    if (JSON.stringify(next) === JSON.stringify(pointed)) return;
    pointed = next;
    redraw();
  };
  const pick = ({ side, cell }) => {
    if (now.trouble) return;
    const near = (at, axis) => positionNear(axisOf(now.settings, axis), at);
    const next = bounded(now, side ? cell : cell.map(near));
    if (String(next) !== String(model.get("position"))) update(model, { position: next });
  };
  const within = (side, cell) => {
    const { first, rows, columns } = side
      ? { first: [0, 0], rows: now.shape[0], columns: now.shape[1] }
      : inputGrid(now, "values");
    const last = [first[0] + rows - 1, first[1] + columns - 1];
    return cell.map((at, axis) => Math.max(first[axis], Math.min(at, last[axis])));
  };
  /** Where arrow keys start: at what they point at, else at the window's number or its middle. */
  const from = (side) => {
    if (pointed?.side === side) return pointed.cell;
    if (side || now.trouble) return position();
    const cells = meetingsAt(now, position()).map((meeting) => meeting.input);
    return within(0, cells[Math.floor(cells.length / 2)] ?? [0, 0]);
  };

  const controls = buildControls(model, () => redraw());
  const kernel = panel({
    onEdit: (weights) => update(model, { kernel: weights }),
    onFault: (sentence) => {
      if (sentence === fault) return;
      fault = sentence;
      redraw();
    },
  });
  const board = picture(kernel.root);
  const hand = hands(board, { point, pick, from, within });
  const scenery = element("div", { class: "book-scenery" }, board.root, kernel.root);
  const lights = pointing(scenery);
  const formulas = element("div", { class: "book-formula" });
  const uses = element("p", { class: "book-uses" });
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    if (scenery.clientWidth === width) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => redraw());
  });
  observer.observe(scenery);

  function compute(state) {
    const wanted = JSON.stringify([settingsOf(state), state.kernel]);
    if (wanted === made) return;
    made = wanted;
    isFilling = false;
    now = scene(state);
    pointed = null;
    uses.textContent = now.trouble ? "" : useSentence(now.settings);
    const line = ([name, text]) =>
      element("div", { class: "book-line" }, `${name.padEnd(6)} = ${text}`);
    formulas.replaceChildren(...sizeFormulas(now.settings).map(line));
  }

  const inOutput = (cell) => String(cell) === String(bounded(now, cell));
  /** The output position whose window is lit: the one that is pointed at, else the selected one. */
  const lit = () => (pointed?.side && inOutput(pointed.cell) ? pointed.cell : position());
  /** Whether the story stays at a place for a while. */
  const isSlow = ([row, column]) => row * now.shape[1] + column < SLOW;
  /** The output numbers that the window has not reached yet. */
  function hidden() {
    if (!isFilling) return [];
    const [row, column] = position();
    const all = now.output.flatMap((numbers, r) => numbers.map((_, c) => [r, c]));
    filled = Math.max(filled, row * now.shape[1] + column);
    const later = all.slice(filled + 1);
    return later.filter((cell) => String(cell) !== String(lit()));
  }

  function draw(state) {
    compute(state);
    controls.set(now.settings, state.cells_show);
    kernel.set(now);
    const measured = scenery.clientWidth || UNKNOWN_WIDTH;
    // Like a typewriter: at the end of a row the story goes on at the start of the next one.
    const isNewRow = isFilling && lit()[0] !== row;
    [row] = lit();
    const isSudden = measured !== width || hand.isDragging() || isNewRow;
    width = measured;
    const isMarked = pointed?.side === 0;
    const meetings = now.trouble ? [] : meetingsAt(now, lit());
    const multiply = () => {
      kernel.multiply(now, meetings, isFilling);
      lights.refresh();
    };
    // The story keeps the last products in sight until the window has landed.
    if (!isFilling) multiply();
    const isWide = board.draw({
      now,
      cells: [inputGrid(now, state.cells_show), outputGrid(now, state.cells_show)],
      texts: gridTexts(now, state.cells_show),
      at: lit(),
      marked: isMarked ? [[pointed.cell], readersOf(now, pointed.cell)] : [[], []],
      hidden: hidden(),
      isFilling,
      width,
      isSudden,
      time: isFilling && !isSlow(lit()) ? HURRY : undefined,
      onThere: isFilling ? multiply : null,
    });
    scenery.classList.toggle("book-wide", isWide);
    lights.refresh();
  }

  function says() {
    if (fault || now.trouble) return fault || now.trouble;
    if (!pointed) return `${sizeSentence(now.settings)} ${useBriefly(now.settings)}`.trim();
    const { side, cell } = pointed;
    if (!side) return readersSentence(now.settings, cell, readersOf(now, cell).length);
    if (!inOutput(cell)) return "The padding of a transposed convolution cuts this number off.";
    return resultSentence(now.settings, cell, now.output, meetingsAt(now, cell));
  }

  /** Where the story begins: the window at the first place, the output empty behind it. */
  function begin() {
    isFilling = true;
    update(model, { position: [0, 0] });
    filled = 0;
    held = HOLD;
    redraw();
    return { position: [0, 0] };
  }

  return stage({
    model,
    el,
    names: NAMES,
    label: "Padding and stride explorer",
    look: "book-padding-stride",
    picture: [scenery],
    controls: controls.deck,
    play: {
      auto: true,
      every: PACE,
      step: () => {
        if (isSticky) point(null);
        if (now.trouble) return null;
        if (!isFilling) return begin();
        held -= 1;
        if (held > 0) return {};
        const next = nextPosition(now, position());
        if (next) held = isSlow(next) ? HOLD : 1;
        return next && { position: next };
      },
      restart: begin,
    },
    draw,
    says,
    more: [...controls.drawer, uses, element("p", { class: "book-caption" }, LETTERS), formulas],
    code: () => torchCode(now.settings, now.kernel),
    task: {
      text: "Fill the dashed frame with a 5 × 5 kernel.",
      isDone: keepsTheSize,
      praise: "The kernel takes four rows away; padding 2 puts two back on each side.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      isFilling = false;
      pointed = null;
      controls.reset();
      kernel.restore(model.get("kernel"));
      redraw();
    },
    onStop: () => {
      observer.disconnect();
      cancelAnimationFrame(waiting);
      board.stop();
      lights.stop();
    },
  });
}

export default { render };
