// What the image kernel explorer says about numbers, in words and in torch.

const LIMIT = 1_000_000; // keeps every sum finite and short enough to read
const MINUS = "\u2212";

/** What each preset does, in a line. */
export const MEANINGS = {
  identity: "Only the centre pixel counts: the picture stays as it is.",
  "box blur": "The mean of the window: smaller details disappear.",
  "Gaussian blur": "A mean in which near pixels count more than far ones.",
  sharpen: "The picture minus its Laplacian: each change becomes larger.",
  "Sobel x": "Right minus left: bright where grey rises from left to right.",
  "Sobel y": "Below minus above: bright where grey rises downwards.",
  Laplacian: "Surroundings minus centre: responds on both sides of an edge.",
  emboss: "The picture plus its slope along the diagonal: light from one corner.",
};

/** A number as readers write it, short enough for a small cell. */
export function tidy(value) {
  const size = Math.abs(value);
  if (size && (size < 0.001 || size >= 1e6)) return value.toExponential(1).replace("-", MINUS);
  const digits = size < 1 ? 3 : size < 100 ? 2 : size < 10_000 ? 1 : 0;
  return String(Number(value.toFixed(digits)) + 0).replace("-", MINUS);
}

/** What the kernel does, and what it makes of the window, if that is in sight: { result, grey }. */
export function sentence({ preset, kernel, divisor }, meeting) {
  const sum = kernel.flat().reduce((total, weight) => total + weight, 0);
  const own = `Your own weights, which add up to ${tidy(sum / divisor)}.`;
  if (!meeting) return MEANINGS[preset] ?? own;
  const result = tidy(meeting.result);
  const drawn = result === String(meeting.grey) ? "" : `, drawn as ${meeting.grey}`;
  return `${MEANINGS[preset] ?? own} Here it is ${result}${drawn}.`;
}

/** Typed digits with the sign that numbers have elsewhere. */
export function printed(text) {
  return text.replace("-", MINUS);
}

/** How the number of windows on each side follows from the settings. */
export function formula({ width, height }, { rows, columns }, { kernel, padding, stride }) {
  const padded = padding ? `, padded to ${height + 2 * padding} \u00d7 ${width + 2 * padding}` : "";
  const steps = `\u230a(${width} + 2 \u00d7 ${padding} \u2212 ${kernel.length}) / ${stride}\u230b`;
  return (
    `Input ${height} \u00d7 ${width}${padded}; output ${rows} \u00d7 ${columns}: ` +
    `${steps} + 1 = ${columns} windows a side.`
  );
}

/** One sentence on what the output's range is and how it is drawn. */
export function rangeSentence({ low, high, black, white, lost }, count, view) {
  const values =
    low === high ? `Every value is ${tidy(low)}` : `Values ${tidy(low)} \u2026 ${tidy(high)}`;
  if (view === "clipped") {
    const share = (100 * lost) / count;
    const percent = share > 0 && share < 1 ? "under 1" : Math.round(share);
    return lost
      ? `${values}; ${percent} % of them lie outside 0–255 and are cut off.`
      : `${values}; nothing is cut off.`;
  }
  if (black === white) return `${values}, drawn as mid-grey.`;
  const zero = low < 0 ? "mid-grey is 0, " : "";
  return `${values}, rescaled: black is ${tidy(black)}, ${zero}white is ${tidy(white)}.`;
}

/** What is wrong with one typed weight; empty when it can be used. */
export function weightFault(text) {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) return "needs a number, such as 2 or -0.5";
  return Math.abs(value) > LIMIT ? "must lie between -1,000,000 and 1,000,000" : "";
}

/** What is wrong with the typed divisor; empty when it can be used. */
export function divisorFault(text) {
  const fault = weightFault(text);
  if (fault || Math.abs(Number(text)) >= 1 / LIMIT) return fault;
  return Number(text) === 0 ? "cannot be 0" : "must be at least 0.000001 away from 0";
}

/** What is wrong with the typed weights and divisor, in one sentence; empty when all is well. */
export function problem(weights, divisor) {
  const last = "; the pictures still show the last complete kernel.";
  for (const [r, row] of weights.entries())
    for (const [c, text] of row.entries())
      if (weightFault(text))
        return `Kernel row ${r + 1} column ${c + 1} ${weightFault(text)}${last}`;
  const wrong = divisorFault(divisor);
  return wrong && `\u201cDivide by\u201d ${wrong}${last}`;
}

/**
 * The same computation in torch, in lines short enough for a phone; it ends with
 * what the output picture shows.
 */
export function torchCode({ photo, kernel, divisor, padding, stride, view }, range) {
  const rows = kernel.map((row) => `[${row.join(", ")}]`);
  const shown = () => {
    if (view === "clipped") return ["shown = y.round().clamp(0, 255)"];
    if (range.black === range.white) return ["shown = torch.full_like(y, 127.5)"];
    if (range.low < 0) return ["bound = y.abs().max()", "shown = 127.5 * (1 + y / bound)"];
    return ["low = y.min()", "span = y.max() - low", "shown = 255 * (y - low) / span"];
  };
  return [
    "from utils.widgets.kit import photographs",
    `x = photographs.grey_levels("${photo}")`,
    "x = x.double()[None, None]  # 0 to 255",
    "kernel = torch.tensor(",
    `    [${rows.join(",\n     ")}],`,
    "    dtype=x.dtype)[None, None]",
    "y = F.conv2d(x, kernel,",
    `    padding=${padding}, stride=${stride}) / ${divisor}`,
    ...shown(),
  ].join("\n");
}
