// Group wiring: the picture, its control and its story.

import { number } from "../kit/numbers.mjs";
import { slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { square } from "./math.mjs";

const [LEAST, MOST, STEP] = [-2, 2, 0.1];
const STOPS = Array.from({ length: 41 }, (_, index) => LEAST + index * STEP);
const WANTED = 2.25;

function render({ model, el }) {
  const x = slider({ label: "x", min: LEAST, max: MOST, step: STEP, onInput: (value) => update(model, { x: value }) });
  const drawing = plane({ label: "The curve y = x²", x: [-2.5, 2.5], y: [-0.5, 4.5], size: [360, 240], steps: [1, 1] });
  const point = eased(([at]) => {
    const here = [at, square(at)];
    drawing.draw([
      { line: STOPS.map((stop) => [stop, square(stop)]), look: "curve" },
      { line: [[at, 0], here], look: "height" },
      { dot: here, look: "here" },
    ]);
  });
  return stage({
    model,
    el,
    names: ["x"],
    label: "Group wiring",
    look: "book-group-wiring",
    picture: [drawing.root],
    controls: [x.root],
    play: {
      every: 300,
      step: ({ x: now }) => (now < MOST ? { x: Math.min(MOST, now + 5 * STEP) } : null),
      restart: () => ({ x: LEAST }),
    },
    draw({ x: now }) {
      x.set(now);
      point.to([now]);
    },
    says: ({ x: now }) => `At x = ${number(now)} the curve is ${number(square(now))} high.`,
    code: ({ x: now }) => `x = torch.tensor(${now.toFixed(1)})\nx.square()`,
    task: {
      text: `Find a place where the curve is ${WANTED} high.`,
      isDone: ({ x: now }) => Math.abs(square(now) - WANTED) < 1e-9,
      praise: "There. The other one lies as far on the other side of 0.",
    },
    onStop: point.stop,
  });
}

export default { render };
