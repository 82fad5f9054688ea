// Where the networks stand on the map, and what is said of them: pure functions.

/** The corners of the map, as powers of ten: parameters across, multiply-adds up. */
export const RANGE = { x: [6.4, 8.25], y: [8.15, 10.35] };

/** The place of a network in per cent of the map, from the left and from the top. */
export function place({ parameters, multiply_adds: work }) {
  const share = (value, [least, most]) => (Math.log10(value) - least) / (most - least);
  return [100 * share(parameters, RANGE.x), 100 * (1 - share(work, RANGE.y))];
}

/**
 * The line along which each parameter is used `uses` times, from one side of the map to another:
 * two places in per cent, or null where it does not cross the map.
 */
export function usesLine(uses) {
  const { x, y } = RANGE;
  const gap = Math.log10(uses);
  const from = Math.max(x[0], y[0] - gap);
  const to = Math.min(x[1], y[1] - gap);
  if (from >= to) return null;
  return [from, to].map((at) => place({ parameters: 10 ** at, multiply_adds: 10 ** (at + gap) }));
}

/** The part of the map where each parameter is used more often: the corners, in per cent. */
export function above(uses) {
  const [[left, low], [right, high]] = usesLine(uses);
  const below = left > 0 ? [[0, 100]] : [];
  const beside = high > 0 ? [[100, 0]] : [];
  return [[left, low], ...below, [0, 0], ...beside, [right, high]];
}

/** How often a network uses a parameter for one image. */
export function uses({ parameters, multiply_adds: work }) {
  return work / parameters;
}

/** The least and the most use of a parameter among networks. */
export function extremes(networks) {
  const all = networks.map(uses);
  return [Math.min(...all), Math.max(...all)];
}

/** The network whose dot lies nearest to a point; the point and the size of the map in pixels. */
export function nearest(networks, [left, top], [width, height]) {
  const distance = (network) => {
    const [x, y] = place(network);
    return Math.hypot((x * width) / 100 - left, (y * height) / 100 - top);
  };
  return networks.reduce((best, next) => (distance(next) < distance(best) ? next : best));
}

/** The networks up to a year, and whether they are new in it. */
export function upTo(networks, year) {
  const shown = networks.filter((network) => network.year <= year);
  const newest = Math.max(...shown.map((network) => network.year));
  return shown.map((network) => ({ ...network, isNew: network.year === newest }));
}

/** The next year after this one in which a network came out, or null. */
export function nextYear(networks, year) {
  const later = networks.map((network) => network.year).filter((other) => other > year);
  return later.length ? Math.min(...later) : null;
}

/** A count in millions or billions, to two or three digits. */
export function inWords(count) {
  const [size, word] = count < 1e9 ? [1e6, "million"] : [1e9, "billion"];
  const value = count / size;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${word}`;
}
