// The plane: regions, points, and three arrows that the reader drags.

import { rounded } from "./controls.mjs";
import { BOUND, evaluate, pushes } from "./math.mjs";
import { SIZE, SPACE, marks, names, pointLayer, regionLayer, tapped } from "./scene.mjs";
import { placeWords } from "./words.mjs";
import { LETTERS, textures } from "../kit/badges.mjs";
import { shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { marker } from "../kit/plane_marks.mjs";
import { eased } from "../kit/tween.mjs";

export const STEP = 0.1; // of an arrow key
const ROW = 2; // weights of a class

const bounded = (value) => Math.max(-BOUND, Math.min(BOUND, value));

/** Weights and biases as one list of numbers, and back. */
const flat = ({ weights, biases }) => [...weights.flat(), ...biases];
const unflat = (values) => ({
  weights: LETTERS.map((_, k) => values.slice(ROW * k, ROW * (k + 1))),
  biases: values.slice(ROW * LETTERS.length),
});

/**
 * The drawing; `setWeight(k, row)` and `choose(at)`, `at` in pixels, hear the reader.
 * `draw(points, state, byStep)` eases to a new state, but follows a hand or a step at once.
 */
export function picture({ weightOf, setWeight, choose }) {
  const drawing = plane({
    label: "The plane: points, regions, and the three weight vectors",
    ...SPACE,
    names: ["x₁", "x₂"],
    steps: [1, 1],
  });
  const texture = textures();
  const areas = regionLayer(texture.fill);
  const layer = pointLayer();
  const { draw: made } = marker(SPACE);
  const named = shape("g");
  let shown = null; // what stands still while the arrows move: points and settings
  let isByHand = false;
  const placeTip = (k, at) => tips[k].place(at, placeWords(at));
  const tips = LETTERS.map((letter, k) =>
    drawing.handle({
      label: `weights of class ${letter}`,
      look: `class-${k}`,
      range: [-BOUND, BOUND],
      step: STEP,
      onMove(place) {
        isByHand = true;
        setWeight(k, place.map((value) => rounded(bounded(value), STEP)));
        placeTip(k, weightOf(k)); // at once: another key may be pressed before the next frame
      },
    }),
  );
  drawing.root.prepend(texture.root, areas.root);
  tips[0].root.parentNode.before(layer.root, named); // names stand above the points
  drawing.root.addEventListener("click", (event) => {
    if (event.target.closest(".book-handle")) return;
    const box = drawing.root.getBoundingClientRect();
    const scale = SIZE / box.width;
    choose(tapped(shown.points, [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]));
  });

  const way = eased((values) => {
    const { points, state } = shown;
    const now = unflat(values);
    const { scores, predicted } = evaluate(points, { ...state, ...now });
    areas.set(now);
    drawing.draw(marks(now));
    named.replaceChildren(...names(now, points).map(made));
    layer.set(points, state.selected, { predicted, pushing: scores.map((row, at) => pushes(row, points[at][2], state.kind)) });
    for (const k of tips.keys()) placeTip(k, now.weights[k]);
  }, 300);

  function draw(points, state, byStep) {
    const isOther = shown && (shown.points !== points || String(flat(shown.state)) === String(flat(state)));
    shown = { points, state };
    // Points that change under arrows on their way would be right or wrong at random.
    if (isByHand || byStep || isOther) way.set(flat(state));
    else way.to(flat(state));
    isByHand = false;
  }
  return { root: drawing.root, draw, stop: way.stop };
}
