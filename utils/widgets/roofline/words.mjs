// What the demo says, and the lines of torch.

import { attainable, operations, wall } from "./math.mjs";

const UNITS = [[1e6, "P"], [1e3, "T"], [1, "G"]];

/** A number with `count` digits or more: 0.083, 1.7, 133, 1,365. */
export function digits(value, count = 2) {
  const places = Math.max(0, count - 1 - Math.floor(Math.log10(value)));
  return Number(value.toFixed(places)).toLocaleString("en", { maximumFractionDigits: 6 });
}

/** A speed given in billions, with its unit. */
export function speed(billions, unit) {
  const [size, letter] = UNITS.find(([least]) => billions >= 0.9995 * least) ?? UNITS.at(-1);
  return `${digits(billions / size)} ${letter}${unit}`;
}

const percent = (share) => (share < 0.01 ? "under 1 %" : `${Math.min(99, Math.round(100 * share))} %`);

/** One sentence on the matrix product. */
export function sentence({ peak, bandwidth, n }) {
  const { intensity } = operations(n)[2]; // the matrix product
  const reached = attainable(intensity, peak, bandwidth);
  const start = `AB does ${digits(intensity, 3)} FLOP a byte; the corner is at ${digits(peak / bandwidth, 3)}.`;
  if (wall(intensity, peak, bandwidth) === "arithmetic") return `${start} Arithmetic limits it to the peak.`;
  return `${start} Memory limits it to ${percent(reached / peak)} of the peak.`;
}

/** The lines of torch that give the four speeds. */
export function torchCode({ peak, bandwidth, n }) {
  const speeds = operations(n).map(({ intensity }) => attainable(intensity, peak, bandwidth).toPrecision(4));
  return [
    `n, peak, bandwidth = ${n}, ${peak}, ${bandwidth}  # GFLOP/s, GB/s`,
    "flop = torch.tensor([n**2, 2 * n**2, 2 * n**3, 18 * 32**2 * n**2])",
    "numbers = [3 * n**2, n**2 + 2 * n, 3 * n**2, 2 * n * 32**2 + 9 * n**2]",
    "intensity = flop / (4 * torch.tensor(numbers))",
    "speeds = (intensity * bandwidth).clamp(max=peak)",
    `# ${speeds.join(", ")} GFLOP/s`,
  ].join("\n");
}
