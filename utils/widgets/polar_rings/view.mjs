// Polar rings: points on their way from (x, y) to (r, θ), and the line that divides them.

import { factList } from "../kit/fact_list.mjs";
import { textures } from "../kit/badges.mjs";
import { button, choice, copyable, demoRoot, element, group, liveLine, shape, show, slider, update } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { between } from "../kit/plane_marks.mjs";
import { bestLine, direction, examples, judged } from "./math.mjs";
import { EDGE, SIZE, TIP, at, marks, pointLayer, sideLayer, sign } from "./scene.mjs";
import { LETTERS, degrees, facts, lineWords, number, sentence, torchCode } from "./words.mjs";

const OFFSET = 3.5; // the farthest that a line lies from the origin
const TURN = 5; // degrees of an arrow key on the plane
const SHIFT = 0.1; // of an arrow key on the plane
const TRAITS = ["preset", "blend", "angle", "offset"];
const HINT =
  "Drag the round handle to turn the line and the square one to shift it, or focus one and use the " +
  "arrow keys. A dashed ring: on the wrong side. Dotted: where θ jumps from π to −π.";

function legend(fill) {
  const entry = (label) =>
    element(
      "span",
      {},
      shape(
        "svg",
        { viewBox: "0 0 40 22", width: 40, height: 22, "aria-hidden": true },
        shape("rect", { class: "book-region", width: 40, height: 22, fill: fill(label) }),
        shape("g", { transform: "translate(20 11)" }, sign(label)),
      ),
      `class ${LETTERS[label]} and its side`,
    );
  return element("div", { class: "book-row book-legend" }, ...LETTERS.map((_, label) => entry(label)));
}

function render({ model, el }) {
  const presets = model.get("presets");
  const read = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const known = { asked: "" };

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
    update(model, line);
  }
  const rounded = (value) => Math.round(value * 100) / 100 || 0;

  const preset = choice({
    label: "Points",
    options: Object.keys(presets).map((name) => [name, name]),
    onInput: (name) => update(model, { preset: name }),
  });
  const blend = slider({
    label: "Blend",
    min: 0,
    max: 1,
    step: 0.01,
    format: (value) => number(value),
    onInput: (value) => update(model, { blend: value }),
  });
  const angle = slider({
    label: "Angle",
    min: 0,
    max: 180,
    format: degrees,
    onInput: (value) => setLine({ angle: value }),
  });
  const offset = slider({
    label: "Offset",
    min: -OFFSET,
    max: OFFSET,
    step: 0.01,
    format: (value) => number(value),
    onInput: (value) => setLine({ offset: value }),
  });
  const jump = button("Best line", () => {
    const { best } = current();
    setLine({ angle: best.angle, offset: best.offset });
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
  const said = liveLine("book-note book-result");
  const torch = copyable("The same in torch");
  const root = demoRoot(
    "Polar rings",
    element("p", { class: "book-title" }, "From (x, y) to (r, θ)"),
    element(
      "div",
      { class: "book-panels" },
      element(
        "div",
        { class: "book-panel" },
        drawing.root,
        legend(texture.fill),
        element("p", { class: "book-caption" }, HINT),
      ),
      element(
        "div",
        { class: "book-panel" },
        group("Coordinates: 0 is (x, y), 1 is (r, θ)", preset.root, blend.root),
        group("Line", angle.root, offset.root, jump),
        list.root,
        said,
      ),
    ),
    torch.root,
  );
  root.classList.add("book-polar-rings");

  function redraw() {
    const state = read();
    const { points, best } = current();
    preset.set(state.preset);
    blend.set(state.blend);
    angle.set(state.angle);
    offset.set(state.offset);
    shift.place(at(state, state.offset), lineWords(state), state.offset);
    turn.place(at(state, TIP), lineWords(state), state.angle);
    const found = judged(points, state);
    sides.set(state, found.beyond);
    drawing.draw(marks(state, state.blend));
    layer.set(points, found.wrong);
    list.set(facts(points, state, best));
    said.textContent = sentence(points, state, best, state.blend);
    torch.set(torchCode(presets[state.preset], state));
  }

  return show(el, root, model, TRAITS, redraw);
}

export default { render };
