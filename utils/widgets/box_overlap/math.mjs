// Two boxes and their four scores: pure functions, compared with torch. A box is [x1, y1, x2, y2].

export const [WIDE, HIGH] = [16, 10]; // of the picture, in units of its grid
export const LEAST = 0.5; // side of a box
export const SCORES = ["IoU", "GIoU", "DIoU", "CIoU"];

const SMALL = 1e-5; // how far a side is nudged to see its slope
const STRIDES = [0.5, 0.25, 0.125, 0.0625]; // units that the fastest side goes in a step
const GAIN = 1e-4; // less is no step

const within = (value, least, most) => Math.max(least, Math.min(most, value));
const sides = ([x1, y1, x2, y2]) => [x2 - x1, y2 - y1];
const area = (box) => sides(box)[0] * sides(box)[1];
export const centre = ([x1, y1, x2, y2]) => [(x1 + x2) / 2, (y1 + y2) / 2];

/** What two boxes share; a side that would be negative is 0. */
export function shared(one, other) {
  const [x1, y1] = [0, 1].map((axis) => Math.max(one[axis], other[axis]));
  return [x1, y1, Math.max(x1, Math.min(one[2], other[2])), Math.max(y1, Math.min(one[3], other[3]))];
}

/** The smallest box around two. */
export function around(one, other) {
  return one.map((edge, index) => (index < 2 ? Math.min : Math.max)(edge, other[index]));
}

/** The areas that the scores are made of. */
export function areas(one, other) {
  const both = area(shared(one, other));
  return { shared: both, union: area(one) + area(other) - both, around: area(around(one, other)) };
}

const angle = (box) => Math.atan2(...sides(box));

/** v, how much the shapes differ, and its weight. */
function shape(one, other, overlap) {
  const v = ((2 / Math.PI) * (angle(one) - angle(other))) ** 2;
  return { v, weight: v && v / (1 - overlap + v) };
}

/** All four scores; CIoU with the `weight` that is given, or its own. */
export function scores(one, other, weight) {
  const { shared: both, union, around: outside } = areas(one, other);
  const overlap = both / union;
  const [from, to] = [centre(one), centre(other)];
  const squares = ([a, b]) => a * a + b * b;
  const away = squares([from[0] - to[0], from[1] - to[1]]) / squares(sides(around(one, other)));
  const { v, weight: own } = shape(one, other, overlap);
  return {
    IoU: overlap,
    GIoU: overlap - (outside - union) / outside,
    DIoU: overlap - away,
    CIoU: overlap - away - (weight ?? own) * v,
  };
}

/** The slope of a score along each side of the predicted box; 0 where both ways lead down. */
export function slopes(name, predicted, truth) {
  const { weight } = shape(predicted, truth, scores(predicted, truth).IoU);
  const score = (box) => scores(box, truth, weight)[name];
  const here = score(predicted);
  return predicted.map((_, index) => {
    const [down, up] = [-SMALL, SMALL].map((step) => score(predicted.map((edge, side) => edge + (side === index ? step : 0))));
    return down <= here && up <= here ? 0 : (up - down) / (2 * SMALL);
  });
}

/** The predicted box one step further uphill, or null where no step leads up. */
export function climbed(name, predicted, truth) {
  const slope = slopes(name, predicted, truth);
  const steepest = Math.max(...slope.map(Math.abs));
  if (steepest < 1e-9) return null;
  const { weight } = shape(predicted, truth, scores(predicted, truth).IoU);
  const score = (box) => scores(box, truth, weight)[name]; // as in training, the weight is a constant
  for (const stride of STRIDES) {
    const next = predicted.map((edge, index) => {
      const to = edge + (stride * slope[index]) / steepest;
      // A side stops at the true one instead of jumping to and fro across it.
      const crosses = (edge - truth[index]) * (to - truth[index]) < 0;
      return within(crosses ? truth[index] : to, 0, index % 2 ? HIGH : WIDE);
    });
    const isBox = next[2] - next[0] >= LEAST && next[3] - next[1] >= LEAST;
    if (isBox && score(next) > score(predicted) + GAIN) return next;
  }
  return null;
}

const quarters = (value) => Math.round(4 * value) / 4;

/** A box moved within the picture, to quarters of a unit. */
export function moved([x1, y1, x2, y2], right, down) {
  const [across, along] = [within(quarters(x1 + right), 0, WIDE - (x2 - x1)) - x1, within(quarters(y1 + down), 0, HIGH - (y2 - y1)) - y1];
  return [x1 + across, y1 + along, x2 + across, y2 + along];
}

/** A box with one corner pulled to a place, to quarters of a unit. */
export function pulled([x1, y1, x2, y2], { isRight, isLow }, [x, y]) {
  const [across, along] = [quarters(x), quarters(y)];
  return [
    isRight ? x1 : within(across, 0, x2 - LEAST),
    isLow ? y1 : within(along, 0, y2 - LEAST),
    isRight ? within(across, x1 + LEAST, WIDE) : x2,
    isLow ? within(along, y1 + LEAST, HIGH) : y2,
  ];
}
