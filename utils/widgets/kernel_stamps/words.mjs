// What the kernel stamps say.

import { INPUT, isEven, phaseCounts, reaching, stampOf, windowOf } from "./math.mjs";

const N = INPUT.length;
const MOST_TERMS = 4; // that are spelled out

const square = (side) => `${side} × ${side}`;

/** "" or a sentence on why nothing is left. */
export function problem({ side, full, p }) {
  if (side > 0) return "";
  return `Nothing is left: the stamps cover ${square(full)}, and padding ${p} cuts ${p} off each edge. Use less padding.`;
}

/** Size by the formula, and how evenly the stamps lie. */
export function summary(now) {
  const { k, s, p, side } = now;
  const size = `Side: (${N} − 1) · ${s} + ${k} − 2 · ${p} = ${side}.`;
  const counts = phaseCounts(k, s);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (isEven(now)) {
    const times = most === 1 ? "1 stamp" : `${most} stamps`;
    return `${size} Along a side, each inner pixel gets ${times}.`;
  }
  const pattern = least === 0 ? "gaps" : "a checkerboard";
  return `${size} Along a side, inner pixels get ${least} or ${most} stamps: ${pattern}.`;
}

/** What one input pixel does. */
export function stampSentence(now, [i, j]) {
  const { value, top, left } = stampOf(now, [i, j]);
  const cut = now.p ? `, before ${now.p} ${now.p === 1 ? "is" : "are"} cut off each edge` : "";
  return `Input row ${i}, column ${j} is ${value}: it lays ${value} × kernel, from row ${top}, column ${left} on${cut}.`;
}

const terms = (pairs) => pairs.map(([value, weight]) => `${value} · ${weight}`).join(" + ");

/** Which stamps make one pixel of the canvas. */
export function pixelSentence(now, [row, column]) {
  const { p, side, canvas, kernel } = now;
  const [r, c] = [row - p, column - p];
  if ([r, c].some((at) => at < 0 || at >= side)) return "The padding cuts this pixel off.";
  const meetings = reaching(now, [row, column]);
  const start = `Output row ${r}, column ${c} is ${canvas[row][column]}`;
  if (!meetings.length) return `${start}: no stamp reaches it.`;
  const pairs = meetings.map(({ input: [y, x], kernel: [i, j] }) => [INPUT[y][x], kernel[i][j]]);
  const count = pairs.length === 1 ? "1 stamp" : `${pairs.length} stamps`;
  return pairs.length > MOST_TERMS ? `${start}, the sum of ${count}.` : `${start} = ${terms(pairs)}, from ${count}.`;
}

/** What the window of one output number sees. */
export function windowSentence(now, [row, column]) {
  const { products, sum } = windowOf(now, [row, column]);
  const count = products.flat().filter(Boolean).length;
  const found = count === 1 ? "1 product that is" : `${count} products that are`;
  return `The window for output row ${row}, column ${column} adds up ${found} not zero: ${sum}.`;
}

const KINDS = { zero: "This zero, put between two pixels,", padding: "This zero, put around," };

/** Who sees a cell of the stretched input. */
export function cellSentence({ value, kind }, count) {
  const subject = KINDS[kind] ?? `This ${value} of the input`;
  return `${subject} is seen by ${count} window${count === 1 ? "" : "s"}.`;
}

const rows = (values) => values.map((row) => `    [${row.map((value) => `${value}.`).join(", ")}],`);

/** The lines of torch that make the output. */
export function torchCode({ k, s, p, kernel, side, edge }, view) {
  const shape = side > 0 ? `torch.Size([1, 1, ${side}, ${side}])` : "raises RuntimeError";
  const start = [
    "x = torch.tensor([",
    ...rows(INPUT),
    "])[None, None]",
    "kernel = torch.tensor([",
    ...rows(kernel),
    "])[None, None]",
  ];
  if (view === "stamps")
    return [...start, `y = F.conv_transpose2d(x, kernel, stride=${s}, padding=${p})`, `print(y.shape)  # ${shape}`].join("\n");
  const inner = (N - 1) * s + 1;
  return [
    ...start,
    `z = torch.zeros(1, 1, ${inner}, ${inner})`,
    `z[..., ::${s}, ::${s}] = x`,
    `z = F.pad(z, [${edge}] * 4)`,
    "y = F.conv2d(z, kernel.flip(2, 3))",
    `print(y.shape)  # ${shape}`,
  ].join("\n");
}
