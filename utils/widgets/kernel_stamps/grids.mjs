// What stands in the four grids of the kernel stamps, and how it is shaded.

import { INPUT, stampOf, stretched, windowOf } from "./math.mjs";

const BRIGHTEST = 3;
const LEVELS = 12; // of colour: enough to see, few enough to draw at once
const N = INPUT.length;

const square = (side) => `${side} × ${side}`;
const shaded = (kind, value, most) => ({ kind, share: Math.round((LEVELS * value) / most) / LEVELS, text: value });
const plain = (value, most) => shaded("plain", value, most);
const kernelGrid = (caption, now, value) => ({
  caption,
  look: (row, column) => plain(value(row, column), now.k),
  kept: [0, now.k],
});
const madeGrid = (caption, now, values) => ({
  caption,
  look: (row, column) => shaded("warm", values[row][column], BRIGHTEST * now.k),
  kept: [0, now.k],
});
const outputCaption = ({ side }) => (side > 0 ? `Output ${square(side)}` : "No output");

/** Grids of the stamps: `at` is the pixel that stamps, `canvas` what lies there; `shows` as the trait. */
export function stampGrids(now, { at, canvas, shows }) {
  const { kernel, counts, p, side } = now;
  const { value, values } = stampOf(now, at);
  const isKept = (cell) => cell >= p && cell < p + side;
  const brightest = Math.max(...now.canvas.flat());
  const most = Math.max(...counts) ** 2;
  const shown = (row, column) => {
    if (shows === "values") return plain(canvas[row][column], brightest);
    return shaded("stamped", counts[row] * counts[column], most);
  };
  return {
    left: {
      caption: `Input ${square(N)}`,
      label: `Input ${square(N)}. Arrow keys choose a pixel.`,
      look: (row, column) => plain(INPUT[row][column], BRIGHTEST),
      kept: [0, N],
    },
    kernel: kernelGrid("Kernel", now, (row, column) => kernel[row][column]),
    made: madeGrid(`${value} × kernel`, now, values),
    output: {
      caption: outputCaption(now) + (p && side > 0 ? `, ${p} cut off` : ""),
      label: `${outputCaption(now)}. Arrow keys point at a pixel.`,
      look: (row, column) => {
        const cell = shown(row, column);
        return isKept(row) && isKept(column) ? cell : { kind: "cut", text: cell.text };
      },
      kept: [p, Math.max(0, side)],
    },
  };
}

/** Grids of the convolution: `at` is the output number of the window, `isThere` says which are filled. */
export function windowGrids(now, { at, isThere, shows }) {
  const { k, kernel, counts, p, side } = now;
  const input = stretched(now);
  const none = { products: kernel.map((row) => row.map(() => 0)), sum: 0 };
  const { products, sum } = side > 0 ? windowOf(now, at) : none;
  const brightest = Math.max(...now.canvas.flat());
  return {
    left: {
      caption: `Stretched ${square(input.side)}`,
      short: "Stretched",
      label: `Stretched and padded input ${square(input.side)}. Arrow keys point at a cell.`,
      first: input.first,
      look: (row, column) => {
        const { value, kind } = input.at(row, column);
        return kind === "plain" ? plain(value, BRIGHTEST) : { kind, text: 0 };
      },
      kept: [-input.first, input.side + 2 * input.first],
    },
    kernel: kernelGrid("Flipped", now, (row, column) => kernel[k - 1 - row][k - 1 - column]),
    made: madeGrid(`Sum ${sum}`, now, products),
    output: {
      caption: outputCaption(now),
      label: `${outputCaption(now)}. Arrow keys move the window.`,
      look: (row, column) => {
        if (side < 1) return { kind: "cut" };
        if (!isThere(row, column)) return { kind: "padding" };
        if (shows === "values") return plain(now.canvas[row + p][column + p], brightest);
        return shaded("stamped", counts[row + p] * counts[column + p], Math.max(...counts) ** 2);
      },
      kept: [0, Math.max(0, side)],
    },
  };
}
