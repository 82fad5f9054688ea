// The picture of the tangent demo: the curve, the errors, and the digits of both slopes.

import { FUNCTIONS } from "./functions.mjs";
import { STEPS, isDefined, measure, nextStep, stepIndex } from "./math.mjs";
import { ACROSS, ERROR_RANGE, STEP_RANGE, curveMarks, errorMarks, pointOf, stepPlace } from "./scene.mjs";
import { placeWords, slopeDigits, stepWords } from "./words.mjs";
import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { eased } from "../kit/tween.mjs";

const SIZES = { desk: [330, 250], phone: [330, 152] }; // small, so that texts stay legible
const FINEST = 1e-6; // the step from which on a secant is drawn where it would be at that step
export const BOUND = 2; // of the point
export const FINE = 20; // the point stops at so many places in a unit

/** The planes in one size: the curve of each function, and the errors. */
function planes({ size, x, moveTo, step, setStep }) {
  const curves = Object.fromEntries(
    Object.entries(FUNCTIONS).map(([key, { name, y }]) => {
      const label = `The curve of ${name}, its tangent and the secant`;
      const drawing = plane({ label, x: ACROSS, y, size, names: ["x", "f(x)"], steps: [1] });
      const handle = drawing.handle({
        label: "point on the curve",
        look: "point",
        range: [-BOUND, BOUND],
        onMove: ([to]) => moveTo(to),
        onStep: (right, up) => moveTo(x() + (right + up) / FINE),
      });
      return [key, { drawing, handle }];
    }),
  );
  const label = "The error for every step, both on logarithmic scales";
  const errors = plane({ label, x: STEP_RANGE, y: ERROR_RANGE, size, names: ["", ""] });
  errors.root.classList.add("book-errors");
  const stepHandle = errors.handle({
    label: "step h",
    look: "step",
    range: [-16, 0],
    onMove: ([to]) => setStep(STEPS[stepIndex(10 ** to)]),
    onStep: (right, up) => setStep(nextStep(step(), right + up)),
  });
  return { curves, errors, stepHandle };
}

function digitRow(look, name) {
  const [right, wrong] = ["right", "wrong"].map((kind) => element("span", { class: `book-${kind}` }));
  const value = element("span", { class: "book-slope" }, right, wrong);
  const root = element("div", { class: `book-digit-row book-${look}` }, element("span", { class: "book-name" }, name), value);
  const set = (texts) => {
    [right.textContent, wrong.textContent] = texts;
  };
  return { root, set };
}

const caption = (text) => element("p", { class: "book-caption" }, text);

/**
 * The picture; `x()` and `step()` read the setting, `moveTo(x)` and `setStep(h)` hear the reader.
 * `draw(state)` eases to another step, and jumps to anything else. On a phone the planes are flat.
 */
export function picture({ x, moveTo, step, setStep }) {
  const narrow = matchMedia("(max-width: 30rem)");
  const places = [element("div"), element("div")];
  const made = {};
  let [shown, now, setting] = [null, null, ""];

  const touch = digitRow("touch", "tangent");
  const secant = digitRow("secant", "secant");
  const panels = ["Curve, tangent (blue), secant (orange)", "The secant's error for each step h"];
  const root = element(
    "div",
    { class: "book-picture" },
    element(
      "div",
      { class: "book-planes" },
      ...panels.map((words, index) => element("div", { class: "book-panel" }, caption(words), places[index])),
    ),
    element("div", { class: "book-digits" }, touch.root, secant.root),
  );

  function layOut() {
    const kind = narrow.matches ? "phone" : "desk";
    made[kind] ??= planes({ size: SIZES[kind], x, moveTo, step, setStep });
    if (shown !== made[kind]) places[1].replaceChildren(made[kind].errors.root);
    shown = made[kind];
  }

  /** Between two settings: the exponent of the step, the secant's slope, the height of its error. */
  function show([exponent, estimate, height]) {
    const { drawing, handle } = shown.curves[now.function];
    if (places[0].firstChild !== drawing.root) places[0].replaceChildren(drawing.root);
    const [at, up] = pointOf(now);
    handle.place([at, up], isDefined(now) ? `f of ${placeWords(at)} is ${placeWords(up)}` : placeWords(at), at);
    const state = { ...now, step: 10 ** exponent };
    const isSeen = state.step > FINEST && Math.abs(exponent - Math.log10(now.step)) > 1e-9 && isDefined(state);
    drawing.draw(isSeen ? curveMarks(state) : curveMarks(now, estimate));
    shown.errors.draw(errorMarks(now, exponent));
    shown.stepHandle.place([exponent, height], stepWords(now.step), exponent);
  }

  const way = eased(show);

  function draw(state) {
    now = state;
    layOut();
    const { tangent, right, wrong } = slopeDigits(state);
    touch.set([tangent, ""]);
    secant.set([right, wrong]);
    const { estimate = 0 } = measure(state);
    const values = [Math.log10(state.step), estimate, stepPlace(state)[1]];
    const key = JSON.stringify({ ...state, step: 0, isNarrow: narrow.matches });
    if (key === setting) way.to(values);
    else way.set(values);
    setting = key;
  }

  const again = () => now && draw(now);
  narrow.addEventListener("change", again);
  const stop = () => {
    narrow.removeEventListener("change", again);
    way.stop();
  };
  return { root, draw, stop };
}
