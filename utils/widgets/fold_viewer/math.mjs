// Folds of recordings (x, y, class, person), and a nearest neighbour judged on each: pure functions.

import { mulberry32, shuffled } from "../kit/random.mjs";

const CLASS = 2;
const PERSON = 3;

/** The sizes of `folds` parts of `count` things: the first ones have one more. */
export function sizes(count, folds) {
  return Array.from({ length: folds }, (_, number) => Math.floor(count / folds) + (number < count % folds ? 1 : 0));
}

/** The fold of each recording; `split` is plain, shuffled, stratified or grouped. */
export function foldOf(recordings, split, folds, seed) {
  const count = recordings.length;
  const fold = new Array(count);
  if (split === "grouped") {
    const people = Math.max(...recordings.map((one) => one[PERSON])) + 1;
    const turn = new Array(people);
    for (const [place, person] of shuffled(people, mulberry32(seed)).entries()) turn[person] = place;
    // All people have as many recordings, so the smallest fold is the next one in turn.
    return recordings.map((one) => turn[one[PERSON]] % folds);
  }
  const file = Array.from({ length: count }, (_, index) => index);
  const order = split === "plain" ? file : shuffled(count, mulberry32(seed));
  if (split === "stratified") {
    order.sort((one, other) => recordings[one][CLASS] - recordings[other][CLASS]); // keeps ties in order
    for (const [place, index] of order.entries()) fold[index] = place % folds;
    return fold;
  }
  let start = 0;
  for (const [number, size] of sizes(count, folds).entries()) {
    for (const index of order.slice(start, start + size)) fold[index] = number;
    start += size;
  }
  return fold;
}

/** The place in `recordings` of the nearest one to (x, y), of those at the places `among`. */
export function nearest(recordings, [x, y], among) {
  const far = (index) => (recordings[index][0] - x) ** 2 + (recordings[index][1] - y) ** 2;
  return among.reduce((best, index) => (far(index) < far(best) ? index : best));
}

/**
 * What each fold finds: a list of { trained, judged, found, wrong, twins, error }; `found` and
 * `wrong` follow `judged`, and `twins` counts the judged recordings whose person is trained on.
 * With `cheat` a fold is judged on its own training part.
 */
export function study(recordings, fold, folds, cheat) {
  const places = recordings.map((_, index) => index);
  return Array.from({ length: folds }, (_, number) => {
    const trained = places.filter((index) => fold[index] !== number);
    const judged = cheat ? trained : places.filter((index) => fold[index] === number);
    const found = judged.map((index) => nearest(recordings, recordings[index], trained));
    const wrong = judged.map((index, at) => recordings[index][CLASS] !== recordings[found[at]][CLASS]);
    const known = new Set(trained.map((index) => recordings[index][PERSON]));
    const twins = judged.filter((index) => known.has(recordings[index][PERSON])).length;
    return { trained, judged, found, wrong, twins, error: wrong.filter(Boolean).length / judged.length };
  });
}

/** Mean and standard deviation (with n − 1) of numbers. */
export function summary(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(square / (values.length - 1)) };
}

/** The error on fresh recordings of a model that has all `recordings`. */
export function errorOn(recordings, fresh) {
  const all = recordings.map((_, index) => index);
  const wrong = fresh.filter((one) => recordings[nearest(recordings, one, all)][CLASS] !== one[CLASS]);
  return wrong.length / fresh.length;
}
