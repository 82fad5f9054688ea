// Random integers that JavaScript and Python draw alike.

/** A generator of integers from 0 to 2³² − 1, the same as in Python (mulberry32, T. Ettinger). */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The integers below `count`, shuffled by a generator (Fisher and Yates); the same as in Python. */
export function shuffled(count, next) {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let place = count - 1; place > 0; place--) {
    // A product below 2³² · 2²¹ is exact in a float.
    const other = Math.floor((next() * (place + 1)) / 2 ** 32);
    [order[place], order[other]] = [order[other], order[place]];
  }
  return order;
}
