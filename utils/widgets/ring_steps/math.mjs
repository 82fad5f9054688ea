// Ring all-reduce: which worker sends which chunk, and what all hold. Pure functions, compared with Python.

const around = (number, world) => ((number % world) + world) % world;

/** The number that a worker has at first in a chunk. */
export const startNumber = (worker, chunk) => 1 + ((2 * worker + 3 * chunk + worker * chunk) % 4);

/** How many steps it takes: half of them add, half copy. */
export const steps = (world) => 2 * (world - 1);

/** Which chunk a worker sends to its right neighbour in a step, from 0. */
export const chunkToSend = (step, worker, world) => around(worker - step, world);

/** Whether a step, from 0, adds what arrives; the later ones copy. */
export const adds = (step, world) => step < world - 1;

/** After `step` steps: { held, parts }, each [worker][chunk]; `parts` counts the workers in a sum. */
export function after(step, world) {
  const all = Array.from({ length: world }, (_, index) => index);
  let held = all.map((worker) => all.map((chunk) => startNumber(worker, chunk)));
  let parts = all.map(() => all.map(() => 1));
  for (let now = 0; now < step; now++) {
    const [sums, counts] = [held.map((row) => [...row]), parts.map((row) => [...row])];
    for (const worker of all) {
      const [chunk, target] = [chunkToSend(now, worker, world), around(worker + 1, world)];
      const own = adds(now, world) ? 1 : 0;
      sums[target][chunk] = held[worker][chunk] + own * held[target][chunk];
      counts[target][chunk] = parts[worker][chunk] + own * parts[target][chunk];
    }
    [held, parts] = [sums, counts];
  }
  return { held, parts };
}

/** What a worker of the ring has sent after a number of steps, in whole gradients. */
export const ringSent = (step, world) => step / world;

/** What the worker in the middle of a star sends, in whole gradients. */
export const starSent = (world) => world - 1;
