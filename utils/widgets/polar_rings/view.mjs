// Polar rings: points on their way from (x, y) to (r, θ), and the line that divides them.

import { factList } from "../kit/fact_list.mjs";
import { textures } from "../kit/badges.mjs";
import { button, choice, element, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { between } from "../kit/plane_marks.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { legend, score } from "./aside.mjs";
import { bestLine, direction, examples, isSpoilt, judged } from "./math.mjs";
import { EDGE, SIZE, TIP, at, marks, pointLayer, sideLayer } from "./scene.mjs";
import { degrees, facts, lineWords, number, sentence, torchCode } from "./words.mjs";

const OFFSET = 3.5; // the farthest that a line lies from the origin
const TURN = 5; // degrees of an arrow key on the plane
const SHIFT = 0.1; // of an arrow key on the plane
const [EACH, STRIDE] = [60, 0.025]; // of Play: milliseconds from one blend to the next
const ROLLING = 1500; // milliseconds of the button
const START = { blend: 0, angle: 30, offset: 0.5 };
const TRAITS = ["preset", "blend", "angle", "offset"];
const HINT =
  "Drag the round handle to turn the line and the square one to shift it, or focus one and use the " +
  "arrow keys. Dotted: where θ jumps from π to −π.";

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const known = { asked: "" };
  let isByHand = false;

  /** The points, and the best line for them: kept, since a turn of the line needs both again. */
  function current() {
    const { preset, blend } = read();
    const asked = `${preset} ${blend}`;
    if (known.asked !== asked) {
      const points = examples(presets[preset], blend);
      Object.assign(known, { asked, points, best: bestLine(points) });
    }
    return known;
  }

  function setLine(changes) {
    const line = { angle: model.get("angle"), offset: model.get("offset"), ...changes };
    line.angle = between(Math.round(line.angle), [0, 180]);
    line.offset = between(line.offset, [-OFFSET, OFFSET]);
    if (line.angle === model.get("angle") && line.offset === model.get("offset")) return;
    isByHand = true;
    update(model, line);
  }
  const rounded = (value) => Math.round(value * 100) / 100 || 0;

  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => update(model, { preset: name }),
  });
  const dial = (label, [min, max, step], format, onInput) => slider({ label, min, max, step, format, onInput });
  const blend = dial("Blend", [0, 1, 0.01], (value) => number(value), (value) => {
    rolling.stop();
    update(model, { blend: value });
  });
  const rolling = eased(([value]) => update(model, { blend: Math.round(value * 1000) / 1000 }), ROLLING);
  const roll = button("Unroll", () => {
    const now = model.get("blend");
    rolling.set([now]);
    rolling.to([now < 1 ? 1 : 0]);
  });
  roll.classList.add("book-roll");
  const angle = dial("Angle", [0, 180, 1], degrees, (value) => setLine({ angle: value }));
  const offset = dial("Offset", [-OFFSET, OFFSET, 0.01], (value) => number(value), (value) => setLine({ offset: value }));
  const jump = button("Best line", () => {
    const { best } = current();
    update(model, { angle: best.angle, offset: best.offset });
  });

  const drawing = plane({
    label: "The points between (x, y) and (r, θ), and the line",
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    names: ["", ""], // they change with the blend
    size: [SIZE, SIZE],
  });
  const texture = textures();
  const sides = sideLayer(texture.fill);
  const layer = pointLayer();
  drawing.root.prepend(texture.root, sides.root);
  const shift = drawing.handle({
    label: "offset, shifts the line",
    look: "divide",
    form: "square",
    range: [-OFFSET, OFFSET],
    onMove([x, y]) {
      const [across, up] = direction(model.get("angle"));
      setLine({ offset: rounded(x * across + y * up) });
    },
    onStep: (right, up) => setLine({ offset: rounded(model.get("offset") + SHIFT * (right + up)) }),
  });
  const turn = drawing.handle({
    label: "angle, turns the line",
    look: "divide",
    range: [0, 180],
    onMove([x, y]) {
      const below = x < 0 ? 180 : 0; // the arrow turns in the upper half alone
      setLine({ angle: y < 0 ? below : (Math.atan2(y, x) * 180) / Math.PI });
    },
    onStep: (right, up) => setLine({ angle: model.get("angle") + TURN * (right + up) }),
  });
  shift.root.parentNode.before(layer.root);

  const list = factList();
  const [yours, best] = [score("right by your line", "yours"), score("right by the best line", "best")];
  const scores = element("div", { class: "book-scores" }, yours.root, best.root);
  const aside = element("div", { class: "book-aside" }, preset.root, scores, legend(texture.fill));

  /** Draw the line on its way, and what it gets wrong there. */
  function show([turned, shifted]) {
    const [state, line] = [read(), { angle: turned, offset: shifted }];
    const { points } = current();
    const found = judged(points, line);
    shift.place(at(line, line.offset), lineWords(state), state.offset);
    turn.place(at(line, TIP), lineWords(state), state.angle);
    sides.set(line, found.beyond);
    drawing.draw(marks(line, state.blend));
    layer.set(points, found.wrong);
  }
  const moving = eased(show);
  let drawn = "";

  function draw(state) {
    const found = current();
    preset.set(state.preset);
    blend.set(state.blend);
    angle.set(state.angle);
    offset.set(state.offset);
    roll.textContent = state.blend < 1 ? "Unroll" : "Roll up";
    const line = [state.angle, state.offset];
    // The line eases to where it is put, and follows a hand at once.
    if (isByHand || String(line) === drawn) moving.set(line);
    else moving.to(line);
    isByHand = false;
    drawn = String(line);
    yours.set(judged(found.points, state).right, found.points.length);
    best.set(found.best.right, found.points.length);
    list.set(facts(found.points, state, found.best));
  }

  return stage({
    model,
    el,
    names: TRAITS,
    label: "Polar rings",
    look: "book-polar-rings",
    picture: [element("div", { class: "book-sides" }, drawing.root, aside)],
    controls: [roll, blend.root],
    play: {
      every: EACH,
      auto: true,
      rest: 1500,
      // The points unroll, then the line goes where it is best.
      step(state) {
        rolling.stop();
        if (state.blend < 1) return { blend: Number(Math.min(1, state.blend + STRIDE).toFixed(3)) };
        const { angle: turned, offset: shifted } = current().best;
        const isThere = state.angle === turned && state.offset === shifted;
        return isThere ? null : { angle: turned, offset: shifted };
      },
      restart: () => START,
    },
    draw,
    says: (state) => sentence(current().points, state, current().best, state.blend),
    more: [
      element("div", { class: "book-controls" }, angle.root, offset.root, jump),
      element("div", { class: "book-caption" }, HINT),
      list.root,
    ],
    code: (state) => torchCode(presets[state.preset], state),
    task: {
      text: "Find points that a line divides at (x, y), but no line divides unrolled.",
      isDone: (state) => isSpoilt(presets[state.preset], state.blend),
      praise: "Right: coordinates help where they follow the classes, and here r and θ do not.",
    },
    onReset: rolling.stop,
    onStop() {
      rolling.stop();
      moving.stop();
    },
  });
}

export default { render };
