// The large picture: the ground, the path on it, the ball, and the point where it starts.

import { RATIO, besides, boxAround, ground } from "./scene.mjs";
import { MOST_STEPS } from "./math.mjs";
import { shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { scales } from "../kit/plane_marks.mjs";

const RING = 15; // pixels around a point that its ring takes
const SMALL = 480; // pixels of width
const LETTER = 7.8; // width of a letter, in pixels
const WORDS = { start: "start", minimum: "minimum", lost: "leaves the picture" };

const points = (list) => list.map((point) => point.join(" ")).join(" ");

/**
 * A picture `width` pixels wide over the ranges `box`. `move` hears where the start is dragged to,
 * `walk(right, up)` hears the arrow keys. `draw(places, progress, told)` puts path and ball there;
 * `told` is { steps, hasLeft, minimum }.
 */
export function picture({ state, found, box, width, bound, onMove, onStep }) {
  const size = [width, Math.round(width / RATIO)];
  const isCurve = state.surface === "parabola";
  const { toPixels } = scales({ ...box, size });
  // On a phone the numbers of the axis stay out of the path's way.
  const across = width < SMALL ? 3 : 1;
  const steps = isCurve ? [across] : [across, 1];
  const label = isCurve ? "The parabola and the path on it" : "Level lines of the loss and the path";
  const drawing = plane({ label, ...box, names: isCurve ? ["w", "loss"] : ["w₁", "w₂"], size, steps });
  const bands = ground(state, found, box).map((area) =>
    shape("polygon", { class: isCurve ? "book-hill" : "book-band", points: points(area.map(toPixels)) }),
  );
  const lines = ["future", "trail"].map((look) => shape("polyline", { class: `book-mark book-${look}` }));
  const dots = Array.from({ length: MOST_STEPS + 1 }, (_, step) =>
    shape("circle", { r: 3.5, "data-about": `step-${step}` }, shape("title", {}, `step ${step}`)),
  );
  const ball = shape("circle", { class: "book-ball", r: 9 });
  const goal = shape("path", { class: "book-minimum", d: "M-6 0H6M0 -6V6" });
  const word = (text) => shape("text", { class: "book-words" }, text);
  const words = Object.fromEntries(Object.entries(WORDS).map(([name, text]) => [name, word(text)]));
  for (const [name, node] of Object.entries(words)) node.classList.add(`book-${name}`);
  const marks = shape("g", {}, goal, ...lines, ...dots, words.minimum, words.lost, words.start, ball);
  const under = shape("g", { "aria-hidden": true }, ...bands);
  drawing.root.prepend(under);
  drawing.root.lastChild.before(marks);

  const handle = drawing.handle({ label: "start of the path", look: "start", range: [-bound, bound], onMove, onStep });

  const put = (node, [x, y]) => {
    node.setAttribute("x", x);
    node.setAttribute("y", y);
  };
  /** Put a word beside a place and the boxes that are `taken`; return its box. */
  function besideOf(name, at, away, taken) {
    const half = [(LETTER * WORDS[name].length) / 2, 9];
    const middle = besides({ at, half, gap: RING, size, shun: away, taken });
    put(words[name], middle);
    return boxAround(middle, half);
  }

  function draw(places, progress, { taken: left, whole, hasLeft, minimum }) {
    const pixels = places.map(toPixels);
    const last = Math.min(Math.floor(progress), MOST_STEPS);
    const share = progress - last;
    const next = pixels[Math.min(last + 1, MOST_STEPS)];
    const here = pixels[last].map((value, side) => value + share * (next[side] - value));
    lines[0].setAttribute("points", points(pixels));
    lines[1].setAttribute("points", points([...pixels.slice(0, last + 1), here]));
    dots.forEach((dot, step) => {
      dot.setAttribute("cx", pixels[step][0]);
      dot.setAttribute("cy", pixels[step][1]);
      const look = step > whole ? "gone" : step <= progress + 1e-6 ? "past" : "ahead";
      dot.setAttribute("class", `book-dot book-${look}`);
    });
    ball.setAttribute("cx", here[0]);
    ball.setAttribute("cy", here[1]);
    const middle = toPixels(minimum);
    goal.setAttribute("transform", `translate(${middle.join(" ")})`);
    const towards = (from, to) => [to[0] - from[0], to[1] - from[1]];
    const taken = [besideOf("start", pixels[0], towards(pixels[0], pixels[1]), [])];
    taken.push(besideOf("minimum", middle, isCurve ? [0, -1] : towards(middle, pixels[0]), taken));
    const isLost = hasLeft && progress >= left - 0.5;
    drawing.root.classList.toggle("book-lost-now", isLost);
    if (isLost) taken.push(besideOf("lost", pixels[left], towards(pixels[left], pixels[left - 1]), taken));
    drawing.giveWay(taken);
  }

  return { root: drawing.root, draw, handle };
}
