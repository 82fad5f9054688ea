// The picture of robust losses: points with three lines and their pulls, names at their ends, and two charts.

import { fitted, lineWithout, spread } from "./math.mjs";
import { EDGE, LOSS_RANGE, PULL_RANGE, WIDE, chartMarks, planeMarks } from "./scene.mjs";
import { number, placeWords } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const CHART = [220, 164]; // pixels
const APART = 0.08; // of the height of the plane, from one name to the next
const LABELS = [0.13, 0.95]; // where names may stand: above is what their numbers are
const KEY = 0.1; // what an arrow key moves
const LOOKS = ["l2", "l1", "huber"];
const NAMES = ["L2", "L1", "Huber"];

/** How far below the top a line leaves the plane at its right edge, as a share of the height. */
const endOf = ([slope, intercept]) => (EDGE - slope * EDGE - intercept) / (2 * EDGE);

/**
 * `setOutlier(place)` hears where the reader wants the outlier; `place(at)` puts it there before
 * the next frame. `draw(points, delta)` eases to a new state, but follows a hand at once.
 */
export function picture({ bound, setOutlier }) {
  const span = [-EDGE, EDGE];
  const data = plane({ label: "The points and three lines", x: span, y: span, size: [330, 296], steps: [2, 2] });
  const chart = (label, name, y, steps) =>
    plane({ label, x: [-WIDE, WIDE], y, names: ["", name], size: CHART, steps });
  const losses = chart("The three losses over the residual", "loss", LOSS_RANGE, [4, 4]);
  const pulls = chart("The three pulls over the residual", "pull", PULL_RANGE, [4, 2]);
  losses.root.classList.add("book-losses");
  let isByHand = false;
  const grip = data.handle({
    label: "the outlier",
    look: "outlier",
    step: KEY,
    range: [-bound, bound],
    onMove(at) {
      isByHand = true;
      setOutlier(at);
    },
  });
  const place = (at) => grip.place(at, placeWords(at));

  const values = LOOKS.map(() => element("b", { class: "book-pull-size" }));
  const chips = LOOKS.map((look, index) =>
    element(
      "span",
      { class: `book-chip book-${look}`, "data-about": look },
      NAMES[index],
      values[index],
    ),
  );
  chips.push(element("span", { class: "book-chip book-without" }, "without it"));
  const legend = element("div", { class: "book-legend" }, element("span", { class: "book-of" }, "pull"), ...chips);
  const charts = element("div", { class: "book-charts" }, losses.root, pulls.root);
  const root = element(
    "div",
    { class: "book-planes" },
    data.root,
    legend,
    charts,
  );
  const pointed = pointing(root);

  function show([delta, ...flat]) {
    const points = flat.flatMap((x, index) => (index % 2 ? [] : [[x, flat[index + 1]]]));
    const { fits } = fitted(points, delta);
    place(points.at(-1));
    for (const [index, fit] of fits.entries()) values[index].textContent = number(Math.abs(fit.pull));
    const ends = [...fits.map(({ line }) => line), lineWithout(points)].map(endOf);
    for (const [index, top] of spread(ends, APART, LABELS).entries()) chips[index].style.setProperty("--top", top.toFixed(4));
    const marks = chartMarks(fits, delta);
    data.draw(planeMarks(points, fits));
    losses.draw(marks.losses);
    pulls.draw(marks.pulls);
    for (const look of LOOKS) {
      for (const mark of root.querySelectorAll(`svg .book-${look}`)) mark.dataset.about = look;
    }
    pointed.refresh();
  }

  const way = eased(show);
  const draw = (points, delta) => {
    const target = [delta, ...points.flat()];
    if (isByHand) way.set(target);
    else way.to(target);
    isByHand = false;
  };
  const stop = () => {
    way.stop();
    pointed.stop();
  };
  return { root, draw, place, stop };
}
