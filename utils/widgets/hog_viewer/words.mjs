// What the HOG viewer says about numbers, in words and in torch.

import { binMiddle } from "./math.mjs";

const DIGITS = 4; // of a vote, as many as torch prints

const plain = (value, digits) => String(Number(value.toFixed(digits)));
const grouped = (count) => count.toLocaleString("en-GB");

/** A vote in as many digits as torch prints. */
export const vote = (value) => value.toFixed(DIGITS);

/** The angles of a bin: its lower and its upper edge. */
export function binEdges(index, orientations) {
  const edge = (number) => `${plain((number * 180) / orientations, 1)}°`;
  return `${edge(index)}–${edge(index + 1)}`;
}

/** What edges do whose gradient has the angle of a bin's middle; rows count downwards. */
export function edgeWords(angle) {
  const away = Math.abs(angle - 90);
  if (away <= 22.5) return away === 0 ? "are level" : "are nearly level";
  if (away >= 67.5) return "are nearly upright";
  return angle < 90 ? "rise to the right" : "fall to the right";
}

/** The result in one sentence. */
export function sentence({ histogram, best, place, state }) {
  const start = state.opacity ? "In" : "Strokes alone, no photograph: in";
  const where = `${start} cell ${place.join(", ")}`;
  if (best < 0) return `${where} no pixel has a gradient, and every bin is 0.`;
  const total = histogram.reduce((sum, value) => sum + value, 0);
  const percent = Math.round((100 * histogram[best]) / total);
  const lie = edgeWords(binMiddle(best, state.orientations));
  return `${where} the bin ${binEdges(best, state.orientations)} has ${percent}\u00a0% of the votes, and its edges ${lie}.`;
}

/** How many numbers stand for the photograph. */
export function tally({ values, rows, columns }, { orientations }) {
  return `${rows} × ${columns} cells × ${orientations} bins = ${grouped(values.length)} numbers`;
}

/** What is counted, as rows of [look, name, value, meaning]. */
export function facts({ cells, histogram, best, full, state, side }) {
  const { cell, orientations } = state;
  const count = cells.rows * cells.columns;
  const left = side * side - count * cell * cell;
  const total = histogram.reduce((sum, value) => sum + value, 0);
  const middle = best < 0 ? "" : `${plain(binMiddle(best, orientations), 1)}°`;
  return [
    [
      "",
      "Cells",
      `${cells.rows} × ${cells.columns}`,
      left ? `${grouped(left)} pixels at the edge fill no cell and are left out.` : "They use every pixel.",
    ],
    [
      "",
      "Numbers in all",
      grouped(cells.values.length),
      `${cells.rows} × ${cells.columns} × ${orientations}, for ${grouped(side * side)} pixels.`,
    ],
    [
      "",
      "Largest bin of the cell",
      best < 0 ? "none" : vote(histogram[best]),
      best < 0
        ? "Every bin is 0."
        : `Bin ${best}: gradients at ${binEdges(best, orientations)}, middle ${middle}.`,
    ],
    ["", "All its bins together", vote(total), "The mean length of the cell’s gradients."],
    [
      "",
      "Full strength from",
      vote(full),
      full ? "The 0.99 quantile: one number in a hundred is larger." : "Hardly a cell has an edge.",
    ],
    ["", "Contrast", `× ${plain(state.contrast, 2)}`, "Every vote is multiplied by it; the lines stay."],
  ];
}

/** Lines that compute the chosen cell's histogram, short enough for a phone. */
export function torchCode({ photo, cell, orientations, contrast }, side, [row, column]) {
  const slice = (place) => `slice(${place * cell}, ${(place + 1) * cell})`;
  return [
    "import torch",
    "from utils.data.photos import photo",
    "",
    `x = photo("${photo}", size=${side})[0]`,
    "x = (255 * x).round().double() / 255",
    `x = ${contrast} * x  # contrast`,
    "row = torch.zeros_like(x)",
    "col = torch.zeros_like(x)",
    "row[1:-1] = x[2:] - x[:-2]",
    "col[:, 1:-1] = x[:, 2:] - x[:, :-2]",
    "length = row.hypot(col)",
    "angle = torch.atan2(row, col)",
    "angle = angle.rad2deg() % 180",
    `index = angle * ${orientations} / 180 + 1e-6`,
    `index = index.long() % ${orientations}`,
    `here = (${slice(row)},`,
    `        ${slice(column)})`,
    "histogram = torch.bincount(",
    "    index[here].flatten(),",
    "    length[here].flatten(),",
    `    minlength=${orientations}) / ${cell}**2`,
  ].join("\n");
}
