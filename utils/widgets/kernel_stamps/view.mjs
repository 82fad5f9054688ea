// Kernel stamps: input pixels stamp a kernel, or a window reads the stretched input.

import { choice, element, slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { stampGrids, windowGrids } from "./grids.mjs";
import { hands } from "./hands.mjs";
import { INPUT, canvasAfter, following, isDoubled, reaching, scene, seenBy, stampOf, stretched, windowOf } from "./math.mjs";
import { picture } from "./picture.mjs";
import { cellSentence, pixelSentence, problem, stampSentence, summary, torchCode, windowSentence } from "./words.mjs";

const NAMES = ["kernel_size", "stride", "padding", "seen_as", "cells_show", "pixel", "place"];
const UNKNOWN_WIDTH = 700; // pixels, until the demo stands in a page
const EVERY = 520; // milliseconds from one stamp to the next
const N = INPUT.length;
const SETTINGS = [
  { name: "kernel_size", label: "Kernel k", min: 1, max: 5 },
  { name: "stride", label: "Stride s", min: 1, max: 3 },
  { name: "padding", label: "Padding p", min: 0, max: 2 },
];
const CHOICES = {
  seen_as: ["Seen as", [["stamps", "stamps on the output"], ["convolution", "a convolution"]]],
  cells_show: ["Cells show", [["values", "values"], ["stamps", "number of stamps"]]],
};

function render({ model, el }) {
  let now = null;
  let made = "";
  let width = 0;
  let isFilling = false; // the story puts one stamp, or one number, after the other
  let isFlying = false; // the last stamp is on its way
  let pointed = null; // { side, cell } in cells of what is drawn; side 0 is the input
  let redraw = () => {};

  const isStamps = () => model.get("seen_as") === "stamps";
  /** The side on which a cell is selected, the trait that holds it, and the cell. */
  const ownSide = () => (isStamps() ? 0 : 1);
  const ownName = () => (isStamps() ? "pixel" : "place");
  const bounded = (cell) => cell.map((at) => Math.max(0, Math.min(at, now.side - 1)));
  const selected = () => (isStamps() ? model.get("pixel") : bounded(model.get("place")));
  /** The selected cell, or the one that is pointed at where it could be selected. */
  const lit = () => (pointed?.side === ownSide() ? pointed.cell : selected());
  const point = (found) => {
    const next = now.side > 0 && !isFlying ? found : null;
    if (JSON.stringify(next) === JSON.stringify(pointed)) return;
    pointed = next;
    redraw();
  };
  const pick = ({ side, cell }) => {
    if (side === ownSide() && now.side > 0) update(model, { [ownName()]: cell });
  };
  const sides = () => ({
    left: isStamps() ? N : stretched(now).side,
    kernel: now.k,
    output: isStamps() ? now.full : Math.max(1, now.side),
  });
  const most = (side) => (side ? sides().output : sides().left) - 1;
  const from = (side) => {
    if (pointed?.side === side) return pointed.cell;
    return side === ownSide() ? selected() : Array(2).fill(Math.floor(most(side) / 2));
  };

  const board = picture(() => {
    if (!isFlying) return;
    isFlying = false;
    redraw();
  });
  hands(board, { point, pick, from, most });
  const scenery = element("div", { class: "book-scenery" }, board.root);
  const deck = SETTINGS.map(({ name, ...rest }) => [
    name,
    slider({ ...rest, onInput: (value) => update(model, { [name]: value }) }),
  ]);
  const drawer = Object.entries(CHOICES).map(([name, [label, options]]) => [
    name,
    choice({ label, options, onInput: (value) => update(model, { [name]: value }) }),
  ]);
  let waiting = 0;
  const observer = new ResizeObserver(() => {
    if (scenery.clientWidth === width) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => redraw());
  });
  observer.observe(scenery);

  function grids(shows) {
    const [row, column] = selected();
    if (isStamps()) {
      const count = isFilling ? row * N + column + (isFlying ? 0 : 1) : N * N;
      return stampGrids(now, { at: lit(), canvas: canvasAfter(now, count), shows });
    }
    const isThere = (r, c) => !isFilling || r * now.side + c <= row * now.side + column;
    return windowGrids(now, { at: lit(), isThere, shows });
  }

  /** The boxes that the light joins, from the input and to the output, as [cell, side]. */
  function ends() {
    if (now.side < 1) return { from: null, to: null };
    const { top, left } = isStamps() ? stampOf(now, lit()) : windowOf(now, lit());
    if (isStamps()) return { from: [lit(), 1], to: [[top, left], now.k] };
    const { first } = stretched(now);
    return { from: [[top - first, left - first], now.k], to: [lit(), 1] };
  }

  const inStretched = (cell) => cell.map((at) => at + stretched(now).first);
  /** What is pointed at on the side where nothing can be selected, and what belongs to it. */
  function marked() {
    if (!pointed || pointed.side === ownSide()) return { left: [], output: [] };
    if (!isStamps()) return { left: [pointed.cell], output: seenBy(now, inStretched(pointed.cell)) };
    return { left: reaching(now, pointed.cell).map(({ input }) => input), output: [pointed.cell] };
  }

  function draw(state) {
    const wanted = JSON.stringify([state.kernel_size, state.stride, state.padding, state.seen_as]);
    if (wanted !== made) {
      made = wanted;
      now = scene(state);
      isFilling = isFlying = false;
      pointed = null;
    }
    for (const [name, part] of [...deck, ...drawer]) part.set(state[name]);
    width = scenery.clientWidth || UNKNOWN_WIDTH;
    board.draw({
      parts: grids(state.cells_show),
      sides: sides(),
      counts: isStamps() ? now.counts : now.counts.slice(now.p, now.p + sides().output),
      ...ends(),
      marked: marked(),
      stamp: isFlying ? stampOf(now, selected()).values : null,
      width,
    });
  }

  function says() {
    const trouble = problem(now);
    if (trouble) return trouble;
    if (!pointed && !isFilling) return summary(now);
    if (!pointed || pointed.side === ownSide())
      return (isStamps() ? stampSentence : windowSentence)(now, lit());
    if (isStamps()) return pixelSentence(now, pointed.cell);
    const cell = inStretched(pointed.cell);
    return cellSentence(stretched(now).at(...cell), seenBy(now, cell).length);
  }

  function goTo(cell) {
    pointed = null;
    isFilling = true;
    isFlying = isStamps();
    const changes = { [ownName()]: cell };
    update(model, changes);
    redraw();
    return changes;
  }
  const begin = () => goTo([0, 0]);
  function step() {
    if (now.side < 1) return null;
    if (!isFilling) return begin();
    const next = following(isStamps() ? N : now.side, selected());
    if (next) return goTo(next);
    isFilling = isFlying = false; // the whole output, and what it shows
    redraw();
    return null;
  }

  return stage({
    model,
    el,
    names: NAMES,
    label: "Kernel stamps",
    look: "book-kernel-stamps",
    picture: [scenery],
    controls: deck.map(([, part]) => part.root),
    play: { auto: true, every: EVERY, step, restart: begin },
    draw,
    says,
    more: drawer.map(([, part]) => part.root),
    code: (state) => torchCode(now, state.seen_as),
    task: {
      text: "Double the side, 4 to 8, with stride 2 and without a checkerboard.",
      isDone: isDoubled,
      praise: "The stride divides k, and k = 2p + s: twice the side, evenly stamped.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      isFilling = isFlying = false;
      pointed = null;
      redraw();
    },
    onStop: () => {
      observer.disconnect();
      cancelAnimationFrame(waiting);
      board.stop();
    },
  });
}

export default { render };
