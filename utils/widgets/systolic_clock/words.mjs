// What the demo says, and the lines of torch.

import { across, cycles, leftEntry, rightEntry, tiles, utilisation, working } from "./math.mjs";

export const percent = (share) => `${Math.round(100 * share)} %`;

const cellCount = (count) => (count === 1 ? "1 cell" : `${count} cells`);

/** One sentence on what is seen. */
export function sentence(plan, cycle) {
  const most = plan.array ** 2;
  if (!cycle) return "The numbers wait. Each row and column starts a cycle after the one before.";
  if (cycle === cycles(plan)) {
    return `Done. Of ${cycle} cycles on ${cellCount(most)}, ${percent(utilisation(plan))} were useful.`;
  }
  const now = working(plan)[cycle - 1];
  return `In cycle ${cycle}, ${now} of ${cellCount(most)} ${now === 1 ? "does" : "do"} useful work. Complete sums turn green.`;
}

/** The numbers beside the array, as pairs of a name and a value. */
export function facts(plan, cycle) {
  return [
    ["cycle", `${cycle} of ${cycles(plan)}`],
    ["tiles", String(tiles(plan))],
    ["useful, whole run", percent(utilisation(plan))],
  ];
}

const table = (entry, p, size) =>
  Array.from({ length: size }, (_, i) => `    [${Array.from({ length: size }, (_, j) => entry(p, i, j)).join(", ")}],`).join("\n");

/** The lines of torch that give the last product, its cycles and its share. */
export function torchCode(plan) {
  const { array, size, products } = plan;
  const last = products - 1;
  return [
    `a = torch.tensor([\n${table(leftEntry, last, size)}\n])`,
    `b = torch.tensor([\n${table(rightEntry, last, size)}\n])`,
    "a @ b",
    `tiles = ${products} * ${across(plan)} ** 2`,
    `cycles = tiles * ${size} + ${array} + ${array} - 2  # ${cycles(plan)}`,
    `${products} * ${size} ** 3 / (${array} ** 2 * cycles)  # ${utilisation(plan).toFixed(3)}`,
  ].join("\n");
}
