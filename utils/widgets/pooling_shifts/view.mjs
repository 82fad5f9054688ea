// Pooling shifts: a digit to move, what is left of it in windows, and how that changes.

import { dragging, pointing } from "./hands.mjs";
import { inputGrid, outputGrid } from "./grids.mjs";
import { FARTHEST, KINDS, compared, curve, picture, pooled, strideOf } from "./math.mjs";
import { captionOf, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 900; // milliseconds from one shift to the next
const GLIDE = 450; // of these, while the digit moves
const WANTED = { window: 3, shift: 4 };
const HIGHEST = 0.8; // of the plot
const PLOTS = { wide: [740, 104], narrow: [330, 76] }; // its pixels, of which so many stand below 0:
const BELOW = 27;

function render({ model, el }) {
  const digits = model.get("digits");
  let pointed = null;
  let redraw = () => {};
  const set = (name) => (value) => update(model, { [name]: value });
  const shift = slider({ label: "Shift", min: 0, max: FARTHEST, onInput: set("shift") });
  const window = slider({ label: "Window", min: 2, max: 4, onInput: set("window") });
  const overlap = toggle({ label: "Overlap", onInput: set("overlap") });
  const digit = choice({ label: "Digit", options: Object.keys(digits).map((name) => [name, name]), onInput: set("digit") });
  const input = inputGrid();
  const outputs = Object.fromEntries(KINDS.map((kind) => [kind, outputGrid(kind)]));
  const plots = Object.entries(PLOTS).map(([name, size]) => {
    const y = [(-HIGHEST * BELOW) / (size[1] - BELOW), HIGHEST];
    const plot = plane({ label: "Change of both outputs by shift", x: [-0.7, FARTHEST + 0.4], y, names: ["", ""], size, steps: [1, 0.5] });
    plot.root.classList.add(`book-${name}`);
    return plot;
  });

  let [made, now] = ["", null];
  /** All that follows from the state, computed once for each. */
  function seen(state) {
    const key = JSON.stringify(state);
    if (key === made) return now;
    made = key;
    const ink = digits[state.digit];
    const stride = strideOf(state.window, state.overlap);
    const at = (kind, by) => pooled(kind, picture(ink, by), state.window, stride);
    const each = (entry) => Object.fromEntries(KINDS.map((kind) => [kind, entry(kind)]));
    const values = each((kind) => at(kind, state.shift));
    const found = each((kind) => compared(at(kind, 0), values[kind], state.shift, stride));
    const curves = each((kind) => curve(kind, ink, state.window, stride));
    const shape = [values.max.length, values.max[0].length];
    now = { ...state, ink, stride, values, found, curves, shape, x: picture(ink, state.shift) };
    return now;
  }

  const glide = eased(([by, ...values]) => {
    input.slide(by);
    const half = values.length / 2;
    outputs.max.fill(values.slice(0, half));
    outputs.average.fill(values.slice(half));
  }, GLIDE);

  function drawPlot({ shift: at, curves, stride }) {
    const stops = Array.from({ length: FARTHEST + 1 }, (_, index) => index);
    const whole = stops.filter((stop) => stop % stride === 0);
    const marks = [
      { line: [[at, 0], [at, HIGHEST]], look: "now" },
      ...whole.map((stop) => ({ dot: [stop, 0], look: "whole" })),
      ...KINDS.map((kind) => ({ line: stops.map((stop) => [stop, curves[kind][stop]]), look: kind })),
      ...KINDS.map((kind) => ({ dot: [at, curves[kind][at]], look: `${kind} book-here` })),
    ];
    for (const plot of plots) plot.draw(marks);
  }

  function draw(state) {
    const found = seen(state);
    const isThere = pointed && pointed.every((index, side) => index >= 0 && index < found.shape[side]);
    if (!isThere) pointed = null;
    for (const [name, control] of Object.entries({ shift, window, overlap, digit })) control.set(state[name]);
    input.set({ ...found, pointed });
    for (const kind of KINDS) {
      const words = captionOf(kind, state.shift, found.found[kind]);
      outputs[kind].set({ ...found, differs: found.found[kind].differs, pointed, words });
    }
    const target = [state.shift, ...KINDS.flatMap((kind) => found.values[kind].flat())];
    if (held.isHeld()) glide.set(target);
    else glide.to(target);
    drawPlot(found);
  }

  const held = dragging(input, {
    from: () => model.get("shift"),
    move: (to) => to === model.get("shift") || update(model, { shift: to }),
  });
  const point = (cell) => {
    if (String(cell) === String(pointed)) return;
    pointed = cell;
    redraw();
  };
  for (const kind of KINDS) pointing(outputs[kind], { stride: () => now.stride, point });

  const sides = element("div", { class: "book-sides" }, input.root, outputs.max.root, outputs.average.root);
  const caption = element("p", { class: "book-caption" }, "Change beyond a whole move, by shift");
  const isSolved = ({ shift: at, window: side, found }) =>
    at === WANTED.shift && side === WANTED.window && KINDS.every((kind) => found[kind].change < 1e-9);

  return stage({
    model,
    el,
    names: ["digit", "shift", "window", "overlap"],
    label: "Pooling shifts",
    look: "book-pooling-shifts",
    picture: [sides, caption, ...plots.map(({ root }) => root)],
    controls: [shift.root, window.root, overlap.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ shift: at }) => (at < FARTHEST ? { shift: at + 1 } : null),
      restart: () => ({ shift: 0 }),
    },
    draw,
    says: (state) => sentence({ ...seen(state), pointed }),
    more: [element("div", { class: "book-controls" }, digit.root)],
    code: (state) => torchCode(seen(state)),
    task: {
      text: `With window ${WANTED.window}, let a shift of ${WANTED.shift} only move both outputs.`,
      isDone: (state) => isSolved(seen(state)),
      praise: `Yes: with overlap the stride is 2, and ${WANTED.shift} is twice 2.`,
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset: () => {
      pointed = null;
    },
    onStop: glide.stop,
  });
}

export default { render };
