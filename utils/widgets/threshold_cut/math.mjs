// The scores of two hundred people, the four groups that a cut makes, and the ROC curve.

import { below } from "../kit/normal.mjs";

export const PEOPLE = 200;
const HALVINGS = 60;
const END = 9; // no quantile lies further out

/** The place below which a share of all normal numbers lies, by halving. */
export function quantile(share) {
  let [low, high] = [-END, END];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const known = new Map();

/** Evenly spread quantiles of a normal distribution of width 1 around 0. */
export function spread(count) {
  if (!known.has(count)) known.set(count, Array.from({ length: count }, (_, index) => quantile((index + 0.5) / count)));
  return known.get(count);
}

/** The scores of ill and of healthy people, from the lowest. */
export function scores({ apart, ill }) {
  const count = Math.round((PEOPLE * ill) / 100);
  return {
    ill: spread(count).map((z) => z + apart / 2),
    healthy: spread(PEOPLE - count).map((z) => z - apart / 2),
  };
}

const above = (list, cut) => list.filter((score) => score >= cut).length;

/** The four groups, and the shares that are read off them; `precision` is null if nobody is called. */
export function groups(state) {
  const people = scores(state);
  const [found, alarms] = [above(people.ill, state.cut), above(people.healthy, state.cut)];
  return {
    found,
    missed: people.ill.length - found,
    alarms,
    spared: people.healthy.length - alarms,
    recall: found / people.ill.length,
    fallOut: alarms / people.healthy.length,
    precision: found + alarms ? found / (found + alarms) : null,
  };
}

/** Those of the cuts that make the fewest mistakes. */
export function fewest(state, cuts) {
  const mistakes = cuts.map((cut) => {
    const { missed, alarms } = groups({ ...state, cut });
    return missed + alarms;
  });
  const least = Math.min(...mistakes);
  return cuts.filter((_, index) => mistakes[index] === least);
}

/** The ROC curve as points [share of false alarms, share found], from the highest cut down. */
export function roc(state) {
  const people = scores(state);
  const all = [...people.ill.map((score) => [score, 1]), ...people.healthy.map((score) => [score, 0])];
  all.sort((one, other) => other[0] - one[0]);
  const points = [[0, 0]];
  let [alarms, found] = [0, 0];
  all.forEach(([score, isIll], index) => {
    if (isIll) found += 1;
    else alarms += 1;
    // People with the same score are called together.
    if (score !== all[index + 1]?.[0]) points.push([alarms / people.healthy.length, found / people.ill.length]);
  });
  return points;
}

/** The area under a curve of straight pieces. */
export function area(points) {
  return points.slice(1).reduce((sum, [x, y], index) => sum + ((x - points[index][0]) * (y + points[index][1])) / 2, 0);
}
