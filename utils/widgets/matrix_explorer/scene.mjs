// What the matrix explorer draws, as marks for a plane.

import { apart, around, boxOf } from "../kit/labels.mjs";
import { apply, direction, eigen, isKept, singular } from "../kit/matrix.mjs";
import { number } from "../kit/numbers.mjs";
import { multiples, scales } from "../kit/plane_marks.mjs";

export const EDGE = 2.9; // of the plane: no image of the unit circle reaches beyond 2 · √2
const SPACE = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: [400, 400] };
const { toPixels } = scales(SPACE);
const GRIP = 20; // pixels that a point takes, with its border
const TIP = 8; // and the tip of an arrow

const AROUND = Array.from({ length: 73 }, (_, index) => direction(5 * index));
const FAR = 10; // beyond the edge of the plane
const LABELLED = 1.8; // how far out the labels of lines stand
const LEAST = 0.25; // half-axes shorter than this have no room for their numbers

const times = (factor, vector) => vector.map((value) => factor * value);
const plus = (one, other) => one.map((value, side) => value + other[side]);
const dot = (one, other) => one[0] * other[0] + one[1] * other[1];
const zero = [0, 0];

// Names keep clear of the axes and of the numbers along two sides of the plane.
const AXES = [[[-FAR, 0], [FAR, 0]], [[0, -FAR], [0, FAR]]];
const TICKS = multiples(SPACE.x, 1).flatMap((value) => [
  around([20, toPixels([0, value])[1]], 34, 18),
  around([toPixels([value, 0])[0], 386], 30, 24),
]);

const SQUARES = [-3, -2, -1, 0, 1, 2, 3];

/** The lines of the square grid, where A puts them. */
export function lattice(matrix) {
  const [least, most] = [SQUARES[0], SQUARES.at(-1)];
  const line = (from, to) => ({ line: [apply(matrix, from), apply(matrix, to)], look: "lattice" });
  return SQUARES.flatMap((at) => [line([at, least], [at, most]), line([least, at], [most, at])]);
}

/** The lines that a view is about, where the vector x is to stop: see `snapped` and `stepped`. */
export function specialLines(matrix, view) {
  if (view === "eigenvectors") return eigen(matrix).lines;
  const { lengths, into } = singular(matrix);
  return lengths[0] - lengths[1] > 1e-9 ? into : [];
}

const named = (columns) =>
  columns.map((column, index) => ({ text: `a${"₁₂"[index]}`, at: column, away: dot(column, column) ? column : [1, 1], look: "column" }));

/** The half-axes of the ellipse, on the side where the columns are not. */
function halfAxes(matrix, columns) {
  const { lengths, out } = singular(matrix);
  const turnedAway = (vector) => (dot(vector, plus(...columns)) > 0 ? times(-1, vector) : vector);
  const [long, short] = out.map((vector, index) => times(lengths[index], turnedAway(vector)));
  const isRound = lengths[0] - lengths[1] < LEAST; // then the same number would stand there twice
  return { lengths, long, short, isRound };
}

const measure = (look, end) => ({ text: number(Math.hypot(...end)), at: end, away: end, look });

/** How far A stretches: the longest and the shortest half-axis. */
function normMarks(matrix, columns) {
  const { lengths, long, short, isRound } = halfAxes(matrix, columns);
  return [
    { line: [zero, short], look: "short" },
    { line: [zero, long], look: "long" },
    ...(lengths[0] > LEAST ? [measure("long", long)] : []),
    ...(lengths[1] > LEAST && !isRound ? [measure("short", short)] : []),
  ];
}

/** The box around the ellipse: half its diagonal is the Frobenius norm. */
function boxMarks(matrix, columns) {
  const { lengths, long, short, isRound } = halfAxes(matrix, columns);
  const corners = [[1, 1], [1, -1], [-1, -1], [-1, 1]];
  const corner = plus(long, short);
  return [
    { area: corners.map(([i, j]) => plus(times(i, long), times(j, short))), look: "box" },
    { line: [zero, short], look: "short" },
    { line: [zero, long], look: "long" },
    { line: [zero, corner], look: "diagonal" },
    ...(lengths[0] > LEAST ? [measure("diagonal", corner)] : []),
    ...(lengths[1] > LEAST && !isRound ? [measure("long", long), measure("short", short)] : []),
  ];
}

/** The unit square and what becomes of it, with the determinant in its middle. */
function areaMarks(matrix, columns) {
  const spanned = (one, other) => [zero, one, plus(one, other), other];
  return [
    { area: spanned([1, 0], [0, 1]), look: "square" },
    { area: spanned(...columns), look: "parallelogram" },
    ...columns.map((column) => ({ arrow: [zero, column], look: "column" })),
    ...lattice(matrix),
  ];
}

function lineMarks(matrix, x) {
  const { values, lines } = eigen(matrix);
  return lines.flatMap((line, index) => {
    const isMet = Math.abs(dot(line, x)) > 1 - 1e-12;
    // To the right, where no numbers of an axis are.
    const end = times((LABELLED / Math.max(...line.map(Math.abs))) * (line[0] < 0 ? -1 : 1), line);
    const at = dot(end, x) > 0 && isMet ? times(-1, end) : end;
    const aside = [-Math.abs(line[1]), Math.abs(line[0])];
    return [
      { line: [times(-FAR, line), times(FAR, line)], look: isMet ? "met" : "kept" },
      { text: `λ = ${number(values[index][0])}`, at, away: aside, look: "kept" },
    ];
  });
}

// What each view tells, and no other one.
const STORIES = { norms: normMarks, box: boxMarks, area: areaMarks };

/** Everything for one setting of the matrix, the angle of x and the view. */
export function marks({ matrix, angle, view }) {
  const x = direction(angle);
  const image = apply(matrix, x);
  const columns = [0, 1].map((column) => matrix.map((row) => row[column]));
  const ellipse = AROUND.map((point) => apply(matrix, point));
  const isFlat = dot(image, image) < 1e-12;
  const aside = [image[1], -image[0]];
  const beyond = view === "norms" ? times(2, image) : zero; // a number needs the room outside the ellipse
  const isMet = view === "eigenvectors" && isKept(matrix, x);
  const still = [...named(columns), ...(STORIES[view]?.(matrix, columns) ?? lineMarks(matrix, x))];
  const isRound = view === "norms" || view === "box"; // the circle and its ellipse are what it is about
  // x and the columns have their names beyond the tip, Ax beside it.
  const moving = [
    { text: "x", at: x, away: x, look: "x" },
    { text: view === "norms" && !isFlat ? `Ax: ${number(Math.hypot(...image))}` : "Ax", at: image, away: isFlat ? times(-1, x) : plus(aside, beyond), look: "image" },
  ];
  return [
    ...(view === "area" ? [] : [{ area: AROUND, look: "circle" }]),
    ...(isRound ? [{ area: ellipse, look: "ellipse" }] : []),
    ...still.filter(({ text }) => text === undefined),
    { arrow: [zero, x], look: "x" },
    { arrow: [zero, image], look: isMet ? "image book-met" : "image" },
    ...apartFrom(still, moving, columns, [x, image], [...(view === "area" ? [] : [AROUND]), ...(isRound ? [ellipse] : [])]),
  ];
}

/** The names, apart from each other and from `rims`: those of what stands still do not yield to what turns. */
function apartFrom(still, moving, columns, [x, image], rims) {
  const isText = ({ text }) => text !== undefined;
  const flat = columns.map((column) => [times(-FAR, column), times(FAR, column)]); // where all of the plane goes if A is singular
  const isSingular = Math.abs(columns[0][0] * columns[1][1] - columns[0][1] * columns[1][0]) < 1e-9;
  const lines = [...AXES, ...(isSingular ? flat : []), ...still.filter(({ look }) => look !== "lattice").flatMap(({ line, arrow }) => [line, arrow].filter(Boolean))];
  const grips = columns.map((column) => around(toPixels(column), GRIP));
  const standing = apart(still.filter(isText), SPACE, [...TICKS, ...grips], lines);
  const taken = standing.map((mark) => boxOf(SPACE, mark));
  const ends = [around(toPixels(x), GRIP), around(toPixels(image), TIP)];
  const edges = rims.flatMap((rim) => rim.slice(1).map((place, at) => [rim[at], place]));
  const moved = apart(moving, SPACE, [...TICKS, ...grips, ...taken, ...ends], [...lines, ...edges, [zero, x], [zero, image]]);
  return [...standing, ...moved];
}
