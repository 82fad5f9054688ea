// A cache that forgets the line used longest ago, read by read: pure functions.

/** The places of a matrix, stored row after row, in the order in which a walk reads them. */
export function walk(rows, columns, order) {
  const count = rows * columns;
  const place = (index) => (index % rows) * columns + Math.floor(index / rows);
  return Array.from({ length: count }, (_, index) => (order === "rows" ? index : place(index)));
}

/**
 * What happens at each read: { address, line, hit, evicted, slots }. `slots` are the lines in the
 * cache after it, each in the slot that it has had since it came, null for an empty one.
 */
export function accesses(addresses, lines, width) {
  const slots = Array(lines).fill(null);
  const used = Array(lines).fill(-1); // the read that used a slot last
  return addresses.map((address, now) => {
    const line = Math.floor(address / width);
    const there = slots.indexOf(line);
    const hit = there >= 0;
    const oldest = used.indexOf(Math.min(...used));
    const slot = hit ? there : oldest;
    const evicted = hit ? null : slots[slot];
    slots[slot] = line;
    used[slot] = now;
    return { address, line, hit, evicted, slots: [...slots] };
  });
}

/** How many reads went to main memory. */
export function countMisses(addresses, lines, width) {
  return accesses(addresses, lines, width).filter(({ hit }) => !hit).length;
}

/** The misses of whole walks through matrices of 1, 2, … `most` rows. */
export function staircase(most, columns, order, lines, width) {
  return Array.from({ length: most }, (_, index) => countMisses(walk(index + 1, columns, order), lines, width));
}

/** The fewest lines with which the walk by columns misses no more often than the one by rows. */
export function fewestLines(rows, columns, width) {
  const least = countMisses(walk(rows, columns, "rows"), 1, width);
  let lines = 1;
  while (countMisses(walk(rows, columns, "columns"), lines, width) > least) lines += 1;
  return lines;
}
