// Points between (x, y) and (r, θ), a line between two classes, and the best of all lines tried.

const UNITS = 200; // of the tables in a length of 1
const DIRECTIONS = 180; // one degree apart
const NARROW = 1e-9; // no line is put between points closer than this

/** Where (x, y) is on its straight way to (r, θ), θ in (-π, π]; `theta` may be given to tell π from −π. */
export function blended([x, y], blend, theta = Math.atan2(y, x)) {
  const radius = Math.sqrt(x * x + y * y);
  return [x + blend * (radius - x), y + blend * (theta - y)];
}

/** The examples of a table at a blend, [across, up, class] each: the first half is of class 0. */
export function examples(table, blend) {
  return table.map(([x, y], index) => [
    ...blended([x / UNITS, y / UNITS], blend),
    Math.floor((2 * index) / table.length),
  ]);
}

/** The unit vector of a direction in degrees; heights are measured along it. */
export function direction(angle) {
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

function height([x, y], [across, up]) {
  return x * across + y * up;
}

/**
 * How a line divides the examples. The side beyond it is given class `beyond`, the labelling that gets
 * more right (class 1 if both get equally many); `wrong` are the indices that this gets wrong.
 */
export function judged(points, { angle, offset }) {
  const along = direction(angle);
  const sides = points.map((point) => (height(point, along) > offset ? 1 : 0));
  const agree = sides.filter((side, index) => side === points[index][2]).length;
  const beyond = 2 * agree >= points.length ? 1 : 0;
  const right = Math.max(agree, points.length - agree);
  const isWrong = (index) => (sides[index] === 1 ? beyond : 1 - beyond) !== points[index][2];
  const wrong = [...points.keys()].filter(isWrong);
  return { right, accuracy: right / points.length, beyond, wrong, count: sides.filter(Boolean).length };
}

/** In one direction, the line that gets most right; of equals the one in the widest gap, then the lowest. */
function bestAlong(points, angle) {
  const along = direction(angle);
  const ordered = points.map((point) => [height(point, along), point[2]]);
  ordered.sort(([one], [other]) => one - other);
  let [agree, best] = [ordered.filter(([, label]) => label === 1).length, { right: 0, gap: 0 }];
  for (let index = 0; index + 1 < ordered.length; index++) {
    const [[low, label], [high]] = [ordered[index], ordered[index + 1]];
    agree += label === 1 ? -1 : 1;
    const [right, gap] = [Math.max(agree, points.length - agree), high - low];
    if (gap > NARROW && isBetter({ right, gap }, best)) best = { right, gap, angle, offset: (low + high) / 2 };
  }
  return best;
}

function isBetter(one, other) {
  return one.right > other.right || (one.right === other.right && one.gap > other.gap + NARROW);
}

/**
 * The best line: in each of 180 directions one is tried in the middle between any two points that
 * follow each other. Of lines that get equally many right the one in the widest gap is best, and of
 * equally wide gaps the first direction, then the lowest offset.
 */
export function bestLine(points) {
  let best = { right: 0, gap: 0, angle: 0, offset: 0 };
  for (let angle = 0; angle < DIRECTIONS; angle++) {
    const next = bestAlong(points, angle);
    if (isBetter(next, best)) best = next;
  }
  return { ...best, accuracy: best.right / points.length };
}

/** Whether points that a line divides at (x, y) are at (r, θ), and no line divides them there. */
export function isSpoilt(table, blend) {
  const divided = (share) => bestLine(examples(table, share)).right === table.length;
  return blend === 1 && divided(0) && !divided(1);
}
