// Sizes through AlexNet: what each layer makes of a side, and what its windows do not reach.

const AFTER = [
  ["pool 1", 3, 2, 0],
  ["conv 2", 5, 1, 2],
  ["pool 2", 3, 2, 0],
  ["conv 3", 3, 1, 1],
  ["conv 4", 3, 1, 1],
  ["conv 5", 3, 1, 1],
  ["pool 3", 3, 2, 0],
];

/** One entry a layer: its name, window, stride, padding, the side `from` and `to`, and what is `missed`. */
export function chain(side, padding) {
  let from = side;
  return [["conv 1", 11, 4, padding], ...AFTER].map(([name, window, stride, pad]) => {
    const room = from + 2 * pad - window;
    const layer = { name, window, stride, padding: pad, from, to: Math.floor(room / stride) + 1, missed: room % stride };
    from = layer.to;
    return layer;
  });
}

/** The layers that take steps: only these can miss something. */
export function striding(side, padding) {
  return chain(side, padding).filter(({ stride }) => stride > 1);
}

/**
 * The end of a row as a layer sees it: `count` cells, each with what it is ("padding", "missed" and
 * "reached" by the last window among its `kinds`), and where the last and the next window begin.
 */
export function ending({ from, padding, window, stride, missed }, count) {
  const length = from + 2 * padding;
  const first = length - count;
  const last = length - missed - window;
  const cells = Array.from({ length: count }, (_, index) => {
    const place = first + index;
    return { isPadding: place >= length - padding, isMissed: place >= length - missed, isReached: place >= last && place < last + window };
  });
  return { cells, last: last - first, next: last - first + stride };
}
