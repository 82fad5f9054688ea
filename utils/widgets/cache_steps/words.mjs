// What the demo of the cache says, and its lines of Python.

import { countMisses, walk } from "./math.mjs";

/** A number of things in words: 1 miss, 2 misses. */
export const times = (count, name, many = `${name}s`) => `${count} ${count === 1 ? name : many}`;

/** The numbers of a line, such as 24–27. */
export const span = (line, width) => (width === 1 ? String(line) : `${line * width}–${(line + 1) * width - 1}`);

/** What is seen after `step` reads of a whole walk, of which `found` is what happened. */
export function sentence({ found, step, columns, width }) {
  const past = found.slice(0, step);
  const missed = past.filter(({ hit }) => !hit).length;
  if (step === found.length) {
    return `The whole walk: ${times(missed, "miss", "misses")} in ${step} reads. Each miss is a trip to main memory.`;
  }
  if (!step) return "The cache is empty. The first read must go to main memory.";
  const { address, line, hit, evicted } = past.at(-1);
  const [mine, other] = [line, evicted].map((each) => span(each, width));
  const where = `Row ${Math.floor(address / columns)}, column ${address % columns}`;
  if (hit) return `${where}: a hit. Its line, ${mine}, is in the cache. So far ${times(missed, "miss", "misses")} in ${times(step, "read")}.`;
  const gone = evicted === null ? "" : `, and ${other} has to go`;
  return `${where}: a miss. Its line, ${mine}, is fetched${gone}. So far ${times(missed, "miss", "misses")} in ${times(step, "read")}.`;
}

/** The lines that count the misses of the whole walk: one number for each line that comes back. */
export function pythonCode({ rows, order, lines, line_length: width }, columns) {
  const places = `torch.arange(${rows * columns}).view(${rows}, ${columns})`;
  const misses = countMisses(walk(rows, columns, order), lines, width);
  return [
    `memory = ${places}`,
    `places = memory${order === "rows" ? "" : ".T"}.flatten()`,
    "cache, misses = [], 0",
    `for line in (places // ${width}).tolist():`,
    "    misses += line not in cache",
    "    cache = [old for old in cache if old != line] + [line]",
    `    cache = cache[-${lines}:]  # those used last`,
    `misses  # ${misses}`,
  ].join("\n");
}
