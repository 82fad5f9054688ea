// Penalty geometry: contours of a loss, the ball of a penalty, and the minimum between them.

import { ball, contour, dropped, loss, path, radius, solution } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { placeWords } from "../kit/numbers.mjs";
import { choice, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const BOUND = 2;
const PLACES = 20; // per unit, where a drag can put the minimum
const STRONGEST = 4;
const STEPS = 10; // of λ and of the arrow keys, per unit
const LEVELS = [0.02, 0.1, 0.25, 0.5, 0.85, 1.3, 1.9, 2.7, 3.7, 5, 6.8, 9];
const NAMES = ["w₁", "w₂"];

function render({ model, el }) {
  const strength = slider({ label: "λ", min: 0, max: STRONGEST, step: 1 / STEPS, format: (value) => value.toFixed(1), onInput: (value) => update(model, { strength: value }) });
  const penalty = choice({ label: "Penalty", options: [["L1", "L1: |w₁| + |w₂|"], ["L2", "L2: ½(w₁² + w₂²)"]], onInput: (value) => update(model, { penalty: value }) });
  const drawing = plane({ label: "Two weights: contours of the loss, the ball of the penalty", x: [-2.8, 2.8], y: [-2.1, 2.1], names: NAMES, size: [448, 336], steps: [1, 1] });
  const inside = (value) => Math.max(-BOUND, Math.min(BOUND, Math.round(value * PLACES) / PLACES)) + 0;
  let isHeld = false; // a hand is followed at once
  const handle = drawing.handle({
    label: "the minimum of the loss, its w₁",
    look: "goal",
    range: [-BOUND, BOUND],
    step: 1 / STEPS,
    onMove(place) {
      const minimum = place.map(inside);
      if (minimum.every((value, side) => value === model.get("minimum")[side])) return;
      isHeld = true;
      update(model, { minimum });
      placeHandle(minimum); // at once: another key may be pressed before the next frame
    },
  });
  const placeHandle = (minimum) => handle.place(minimum, placeWords(minimum, NAMES));

  const stops = Array.from({ length: STEPS * STRONGEST }, (_, at) => (at + 1) / STEPS);
  const isCorner = (w) => w.filter((weight) => weight === 0).length === 1;
  const cornerOf = ({ minimum, penalty: kind }) => (kind === "L1" ? stops.find((now) => isCorner(solution(minimum, kind, now))) : null);

  const picture = eased(([a, b, x, y, now]) => {
    const [c, w, kind] = [[a, b], [x, y], model.get("penalty")];
    drawing.draw([
      ...LEVELS.map((level) => ({ line: contour(c, level), look: "contour" })),
      { area: ball(kind, radius(w, kind)), look: "ball" },
      { line: contour(c, loss(w, c)), look: "touching" },
      { line: path(c, kind, now), look: "path" },
      { dot: w, look: "found" },
    ]);
  });

  return stage({
    model,
    el,
    names: ["minimum", "penalty", "strength"],
    label: "Penalty geometry",
    look: "book-penalty-geometry",
    picture: [drawing.root],
    controls: [strength.root, penalty.root],
    play: {
      every: 140,
      step: ({ strength: now }) => (now < STRONGEST ? { strength: Math.min(STRONGEST, (Math.floor(now * STEPS) + 1) / STEPS) } : null),
      // Back to the first corner, where one weight is zero and the other is not.
      last(state) {
        const strength = cornerOf(state);
        return strength && { strength };
      },
      restart: () => ({ strength: 0 }),
    },
    draw({ minimum, penalty: kind, strength: now }) {
      strength.set(now);
      penalty.set(kind);
      placeHandle(minimum);
      const numbers = [...minimum, ...solution(minimum, kind, now), now];
      if (isHeld) picture.set(numbers);
      else picture.to(numbers);
      isHeld = false;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Drag the green minimum until w₁ is exactly zero and w₂ is not.",
      isDone: ({ minimum, penalty: kind, strength: now }) => kind === "L1" && String(dropped(minimum, kind, now)) === "0" && solution(minimum, kind, now)[1] !== 0,
      praise: "Now an upper or lower corner of the diamond touches the contour.",
    },
    onStop: picture.stop,
  });
}

export default { render };
