// Softmax with temperature, cross-entropy and hinge loss, and the gradients of both; the river of probabilities.

const KINK = 1e-9; // a lead that misses 1 by rounding alone counts as 1

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The logits less the largest, over the temperature: none is positive, so none overflows. */
function exponents(logits, temperature) {
  const largest = Math.max(...logits);
  return logits.map((logit) => (logit - largest) / temperature);
}

/** Softmax of the logits over the temperature. */
export function probabilities(logits, temperature) {
  const exponentials = exponents(logits, temperature).map(Math.exp);
  const total = sum(exponentials);
  return exponentials.map((value) => value / total);
}

/** One minus the probability of the true class, precise even where that is almost one. */
export function doubt(logits, temperature, truth) {
  return sum(probabilities(logits, temperature).filter((_, index) => index !== truth));
}

/** Minus the logarithm of the true class's probability, without ever rounding that to zero. */
export function crossEntropy(logits, temperature, truth) {
  const found = exponents(logits, temperature);
  const others = sum(found.filter((_, index) => index !== truth).map(Math.exp));
  return found[truth] === 0
    ? Math.log1p(others)
    : Math.log(others + Math.exp(found[truth])) - found[truth];
}

/** The gradient of that by the logits: (softmax − one-hot) over the temperature. */
export function gradient(logits, temperature, truth) {
  return probabilities(logits, temperature).map(
    (value, index) => (index === truth ? -doubt(logits, temperature, truth) : value) / temperature,
  );
}

/** What each wrong class lacks to a margin of one; zero for the true class. */
export function hingeTerms(logits, truth) {
  return logits.map((logit, index) => {
    const lack = logit - logits[truth] + 1;
    return index !== truth && lack > KINK ? lack : 0;
  });
}

/** The sum of those. */
export function hinge(logits, truth) {
  return sum(hingeTerms(logits, truth));
}

/** The gradient of the hinge loss by the logits; zero at its kink, as in torch. */
export function hingeGradient(logits, truth) {
  const pushed = hingeTerms(logits, truth).map((lack) => (lack > 0 ? 1 : 0));
  return pushed.map((value, index) => (index === truth ? 0 - sum(pushed) : value));
}

/** How far the true class lies above the largest other logit. */
export function lead(logits, truth) {
  return logits[truth] - Math.max(...logits.filter((_, index) => index !== truth));
}

/** The classes that share the largest logit. */
export function winners(logits) {
  const largest = Math.max(...logits);
  return [...logits.keys()].filter((index) => largest - logits[index] < KINK);
}

/** What a bar stands on: left end and width in percent, from the middle of −scale to scale. */
export function signedSpan(value, scale) {
  const width = (50 * Math.abs(value)) / scale;
  return [value < 0 ? 50 - width : 50, width];
}

/** Where the slices of a stacked bar begin and end, from 0 to 1: one edge more than slices. */
export function edges(chances) {
  const found = [0];
  for (const chance of chances) found.push(found.at(-1) + chance);
  return found;
}

/** Those edges at each of the temperatures. */
export function river(logits, temperatures) {
  return temperatures.map((temperature) => edges(probabilities(logits, temperature)));
}

/** Ascending places moved no further than needed to stand `gap` apart, all from `gap / 2` to `1 - gap / 2`. */
export function apart(places, gap) {
  const found = [];
  for (const place of places) found.push(Math.max(place, (found.at(-1) ?? -gap / 2) + gap));
  let ceiling = 1 - gap / 2;
  for (let index = found.length - 1; index >= 0; index--) {
    found[index] = Math.min(found[index], ceiling);
    ceiling = found[index] - gap;
  }
  return found;
}
