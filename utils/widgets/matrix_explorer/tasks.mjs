// What each view asks for, and how it sees that it is done.

import { apply, determinant, direction, frobeniusNorm, singular } from "../kit/matrix.mjs";

const NOTHING = 1e-6; // smaller than this is zero

const isAbout = (value, wanted) => Math.abs(value - wanted) < NOTHING;

const TASKS = {
  norms: {
    text: "Drag the columns until A makes a larger circle of the circle.",
    isDone({ matrix }) {
      const [long, short] = singular(matrix).lengths;
      return isAbout(long, short) && long > 1 + NOTHING;
    },
    praise: "There: A stretches every x alike; no direction beats another.",
  },
  box: {
    text: "Drag a column until the Frobenius norm is exactly 2.",
    isDone: ({ matrix }) => isAbout(frobeniusNorm(matrix), 2),
    praise: "There: the squares of the four entries add up to 4.",
  },
  area: {
    text: "Drag the columns until A turns the plane over and triples areas.",
    isDone: ({ matrix }) => isAbout(determinant(matrix), -3),
    praise: "There: the determinant is \u22123, negative for a plane turned over.",
  },
  eigenvectors: {
    text: "Drag both columns and x until Ax is zero, though A is not.",
    isDone: ({ matrix, angle, preset }) =>
      preset === "custom" &&
      Math.max(...matrix.flat().map(Math.abs)) > NOTHING &&
      isAbout(determinant(matrix), 0) &&
      Math.hypot(...apply(matrix, direction(angle))) < NOTHING,
    praise: "There: the columns lie on one line, and A flattens the plane onto it.",
  },
};

/** The task of the view that is seen. */
export const taskOf = ({ view }) => TASKS[view];
