// Whitening: a cloud of data, the bowl that it makes, and a walk to the bottom of it.

import { WAYS, change, cloud, contour, excess, hessian, start, walk } from "./math.mjs";
import { scores, sentence, short, stepWords, torchCode } from "./words.mjs";
import { number } from "../kit/numbers.mjs";
import { element, shape, slider, update } from "../kit/parts.mjs";
import { marker } from "../kit/plane_marks.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const SIZE = [360, 292]; // of both pictures, in pixels
// Where the contours lie, as shares of the way from the minimum to that of the start.
const RINGS = [11, 8.5, 6.5, 5, 3.9, 3, 2.3, 1.75, 1.3, 0.95, 0.65, 0.4, 0.2];
const MORPH = 1100; // milliseconds
const ROOM = 1.3; // from the middle to an edge, where what matters reaches 1
const FEW = 130; // places up to which each has a dot
const NAMES = { measured: "as measured", standardised: "standardised", white: "white" };

/** A picture around the origin; `draw(marks, [across, up])` shows what lies so far from it, and more. */
function panel(label, caption) {
  const marks = shape("g");
  const root = shape("svg", { viewBox: `0 0 ${SIZE.join(" ")}`, role: "img", "aria-label": label, class: "book-window" }, marks);
  const draw = (list, reached) => {
    // Both axes have one unit, so that a circle is round.
    const unit = ROOM * Math.max(...reached.map((far, side) => far / SIZE[side]));
    const [right, top] = SIZE.map((side) => side * unit);
    const one = marker({ x: [-right, right], y: [-top, top], size: SIZE });
    const axes = [[[-right, 0], [right, 0]], [[0, -top], [0, top]]].map((line) => ({ line, look: "axis" }));
    marks.replaceChildren(...[...list, ...axes].map((mark) => {
      const node = one.draw(mark);
      if (mark.deep) node.style.setProperty("--deep", `${mark.deep}%`);
      return node;
    }));
  };
  return { root: element("figure", {}, root, element("figcaption", {}, ...caption)), draw };
}

/** The three ways as buttons, each with its condition number and the steps it takes. */
function ways(onChoose) {
  const parts = WAYS.map((way) => {
    const [kappa, steps, bar] = ["strong", "span", "i"].map((tag) => element(tag));
    const root = element("button", { type: "button", class: "book-way", onclick: () => onChoose(way) }, element("span", {}, NAMES[way]), " ", kappa, " ", steps, bar);
    return { way, root, kappa, steps, bar };
  });
  const root = element("div", { class: "book-ways", role: "group", "aria-label": "How the columns are written" }, ...parts.map((part) => part.root));
  const set = (found, chosen) => {
    parts.forEach((part, index) => {
      const { kappa, steps } = found[index];
      part.root.setAttribute("aria-pressed", String(part.way === chosen));
      part.kappa.textContent = `κ = ${short(kappa)}`;
      part.steps.textContent = stepWords(steps);
      part.bar.style.setProperty("--share", `${100 * Math.min(1, Math.log10(1 + steps) / 3)}%`);
    });
  };
  return { root, set };
}

function render({ model, el }) {
  const points = model.get("points");
  const data = panel("The data: two columns", ["data: ", element("b", {}, "x₁"), " across, ", element("b", {}, "x₂"), " up"]);
  const loss = panel("The loss from above, with the steps of gradient descent", ["loss: ", element("b", {}, "w₁"), " across, ", element("b", {}, "w₂"), " up"]);
  const chips = ways((columns) => update(model, { columns }));
  const scale = slider({ label: "Scale of x₁", min: 1, max: 6, step: 0.5, format: (value) => `${value}×`, onInput: (value) => update(model, { scale: value }) });
  const correlation = slider({ label: "Correlation", min: -0.95, max: 0.95, step: 0.05, format: number, onInput: (value) => update(model, { correlation: Number(value.toFixed(2)) }) });

  const picture = eased(([a, b, c, d, s, r]) => {
    const matrix = [[a, b], [c, d]];
    const bowl = hessian(matrix, s, r);
    data.draw([
      ...[2, 1].map((size) => ({ area: cloud(contour([[1, 0], [0, 1]], size ** 2 / 2), matrix, s, r), look: "spread" })),
      ...cloud(points, matrix, s, r).map((dot) => ({ dot, look: "sample" })),
    ], [bowl[0][0], bowl[1][1]].map((variance) => 2.1 * Math.sqrt(variance)));
    const from = start(matrix, s);
    const height = excess(bowl, from);
    const places = walk(bowl, from);
    const isShort = places.length <= FEW;
    loss.draw([
      ...RINGS.map((ring) => ({ area: contour(bowl, height * ring ** 2), look: "ring", deep: 80 * Math.exp(-ring / 1.9) })),
      ...(isShort ? [{ line: places, look: "casing" }] : []),
      { line: places, look: isShort ? "trail" : "trail book-long" },
      ...(isShort ? places.slice(1).map((dot) => ({ dot, look: "place" })) : []),
      { dot: from, look: "begin" },
      { dot: [0, 0], look: "goal" },
    ], [0, 1].map((side) => Math.max(...places.slice(0, 2).map((place) => Math.abs(place[side])))));
  }, MORPH);
  let shown = null;

  return stage({
    model,
    el,
    names: ["scale", "correlation", "columns"],
    label: "Whitening",
    look: "book-whitening",
    picture: [element("div", { class: "book-pair" }, data.root, loss.root), chips.root],
    controls: [scale.root, correlation.root],
    play: {
      every: 1800,
      auto: true,
      step: ({ columns }) => (columns === "white" ? null : { columns: WAYS[WAYS.indexOf(columns) + 1] }),
      restart: () => ({ columns: "measured" }),
    },
    draw(state) {
      scale.set(state.scale);
      correlation.set(state.correlation);
      chips.set(scores(state), state.columns);
      const numbers = [...change(state.columns, state.scale, state.correlation).flat(), state.scale, state.correlation];
      // A slider is followed at once; another way to write the columns is a journey.
      if (shown === state.columns) picture.set(numbers);
      else picture.to(numbers);
      shown = state.columns;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Make standardising useless, while the walk takes over 40 steps.",
      isDone(state) {
        const [measured, standardised] = scores(state);
        return measured.steps === standardised.steps && measured.steps > 40;
      },
      praise: "Equal scales from the start: what is left is correlation, and only whitening mends it.",
    },
    onStop: picture.stop,
  });
}

export default { render };
