// What the linear classifier draws: regions, arrows, points, and bars for one of the points.

import { region } from "./math.mjs";
import { number, scoreRows } from "./words.mjs";
import { LETTERS, badgeShapes } from "../kit/badges.mjs";
import { apart, around } from "../kit/labels.mjs";
import { element, shape } from "../kit/parts.mjs";

export const SIZE = 400; // of the plane, in pixels
export const EDGE = 4.35; // of the plane, a little beyond the bound of the weights
export const SPACE = { x: [-EDGE, EDGE], y: [-EDGE, EDGE], size: [SIZE, SIZE] };
const [BADGE, RING] = [34, 24]; // pixels that a point and the ring around a tip take on a phone
const BESIDE = 0.2; // from an arrow's tip, beyond the ring around it, to its name
const TAP = 24; // pixels around a point in which a tap finds it

/** Where a place of the plane is, in pixels of the drawing. */
export function toPixels([x, y]) {
  return [((x + EDGE) * SIZE) / (2 * EDGE), ((EDGE - y) * SIZE) / (2 * EDGE)];
}

/** The index of the point nearest to a pixel, or -1 if none is near. */
export function tapped(points, at) {
  const far = points.map((point) => {
    const [left, top] = toPixels(point);
    return Math.hypot(left - at[0], top - at[1]);
  });
  const least = Math.min(...far);
  return least <= TAP ? far.indexOf(least) : -1;
}

/** The rows of W as arrows. */
export function marks({ weights }) {
  return weights.flatMap((weight, k) => ["halo", `class-${k}`].map((look) => ({ arrow: [[0, 0], weight], look })));
}

/** The names of the arrows, beside the points where there is room. */
export function names({ weights }, points) {
  const texts = weights.map((weight, k) => {
    const isZero = !weight[0] && !weight[1];
    const far = 1 + BESIDE / (Math.hypot(...weight) || 1);
    return { text: `w${LETTERS[k]}`, at: weight.map((value) => far * value), away: isZero ? [1, k - 1] : weight, look: `class-${k}` };
  });
  const taken = [...points.map((point) => around(toPixels(point), BADGE)), ...weights.map((weight) => around(toPixels(weight), RING))];
  return apart(texts, SPACE, taken);
}

/** The coloured regions under a plane; `set(state)` paints them. */
export function regionLayer(fill) {
  const areas = LETTERS.map((_, k) => shape("polygon", { class: "book-region", fill: fill(k), "data-about": `class-${k}` }));
  const set = ({ weights, biases }) => {
    for (const [k, area] of areas.entries()) {
      const corners = region(weights, biases, k, EDGE);
      area.setAttribute("points", corners.map((corner) => toPixels(corner).join(" ")).join(" "));
    }
  };
  return { root: shape("g", { "aria-hidden": true }, ...areas), set };
}

/** The points: wrong ones have a dashed ring, the chosen a full one; those that push no more are pale. */
export function pointLayer() {
  const root = shape("g", { "aria-hidden": true });
  let known = "";
  let items = [];
  function set(points, selected, { predicted, pushing }) {
    const asked = JSON.stringify(points);
    if (asked !== known) {
      known = asked;
      items = points.map((point) =>
        shape(
          "g",
          { transform: `translate(${toPixels(point).join(" ")})`, "data-about": `class-${point[2]}` },
          shape(
            "g",
            { class: "book-sized" },
            shape("circle", { class: "book-chosen-ring", r: 17 }),
            shape("circle", { class: "book-wrong-ring", r: 13.5 }),
            ...badgeShapes(point[2]),
          ),
        ),
      );
      root.replaceChildren(...items);
    }
    for (const [index, item] of items.entries()) {
      const states = [`book-class-${points[index][2]}`];
      if (predicted[index] !== points[index][2]) states.push("book-wrong");
      if (!pushing[index]) states.push("book-quiet");
      if (index === selected) states.push("book-chosen");
      item.setAttribute("class", states.join(" "));
    }
  }
  return { root, set };
}

function bar(k, isSigned) {
  const fill = element("span", { class: `book-fill book-class-${k}` });
  const root = element("span", { class: `book-bar${isSigned ? " book-signed" : ""}`, "aria-hidden": true }, fill);
  const set = (share) => {
    const width = isSigned ? 50 * Math.abs(share) : 100 * share;
    fill.style.width = `${width}%`;
    fill.style.left = isSigned ? `${share < 0 ? 50 - width : 50}%` : "0";
  };
  return { root, set };
}

/** A table with the scores of one point, and what each class lacks or its probability, as bars. */
export function scoreTable() {
  const second = element("th", { scope: "col", colspan: 2 });
  const rows = LETTERS.map((letter, k) => {
    const bars = [bar(k, true), bar(k, false)];
    const values = bars.map(() => element("td", { class: "book-value" }));
    const name = element("th", { scope: "row" });
    const cells = bars.flatMap(({ root }, side) => [values[side], element("td", { class: "book-bar-cell" }, root)]);
    return { bars, values, name, root: element("tr", { "data-about": `class-${k}` }, name, ...cells) };
  });
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, "class"),
    element("th", { scope: "col", colspan: 2 }, "score"),
    second,
  );
  const caption = element("caption", { class: "book-heading" });
  const body = element("tbody", {}, ...rows.map((row) => row.root));
  const root = element("table", { class: "book-scores" }, caption, element("thead", {}, head), body);
  function set(scores, label, kind, selected) {
    const isHinge = kind === "hinge";
    caption.textContent = `Point ${selected + 1}, of class ${LETTERS[label]} (tap another)`;
    second.textContent = isHinge ? "shortfall" : "probability";
    const table = scoreRows(scores, label, kind);
    const most = Math.max(1, ...scores.map(Math.abs));
    const largest = isHinge ? Math.max(1, ...table.map((row) => row[2])) : 1;
    for (const [k, [letter, score, value]] of table.entries()) {
      const { bars, values, name } = rows[k];
      name.textContent = k === label ? `${letter} (true)` : letter;
      values[0].textContent = number(score);
      values[1].textContent = isHinge && k === label ? "\u2013" : number(value);
      bars[0].set(score / most);
      bars[1].set(value / largest);
    }
  }
  return { root, set };
}
