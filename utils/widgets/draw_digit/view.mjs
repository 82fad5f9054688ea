// Draw a digit: a network looks on, and shows what its hidden units and its classes make of it.

import { drawLines, units } from "./lists.mjs";
import { ALL, answer, brushed, networkOf, rowsOf, seen, stroke, votes } from "./math.mjs";
import { pad } from "./pad.mjs";
import { sentence, torchCode } from "./words.mjs";
import { classBars } from "../kit/class_bars.mjs";
import { button, choice, element, shape, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const OWN = "own";
const MOVES = [
  ["left", "M10 3L5 8L10 13", [0, -1]],
  ["up", "M3 10L8 5L13 10", [-1, 0]],
  ["down", "M3 6L8 11L13 6", [1, 0]],
  ["right", "M6 3L11 8L6 13", [0, 1]],
];
const NOT_MOVED = [0, 0];
const NOTHING = { unit: -1, label: -1 }; // is pointed at

const column = (title, node) => element("div", { class: "book-column" }, element("p", { class: "book-caption" }, title), node);

/** Four buttons that move the drawing by a pixel. */
function arrows(onMove) {
  const made = MOVES.map(([name, d, step]) => {
    const icon = shape("svg", { viewBox: "0 0 16 16", "aria-hidden": true }, shape("path", { d }));
    const node = button(icon, () => onMove(step));
    for (const attribute of ["aria-label", "title"]) node.setAttribute(attribute, `Move ${name}`);
    return node;
  });
  return element("div", { class: "book-moves", role: "group", "aria-label": "Move the drawing" }, ...made);
}

function render({ model, el }) {
  const examples = model.get("examples");
  const texts = Object.entries(examples).map(([name, drawing]) => [name, JSON.stringify(drawing)]);
  const read = () => Object.fromEntries(["drawing", "moved", "drawn"].map((name) => [name, model.get(name)]));
  const set = (drawing) => update(model, { drawing, moved: NOT_MOVED, drawn: ALL });
  let network = null;
  let given = null; // the weights of `network`
  let found = null; // what the last redraw found

  const point = (name) => (index) => {
    const pointed = { ...NOTHING, [name]: index };
    if (Object.entries(pointed).some(([key, value]) => model.get(key) !== value)) update(model, pointed);
  };
  const canvas = pad({
    onPaint: (places) => set(rowsOf(places.reduce(brushed, seen(read())))),
  });
  const bars = classBars(model.get("layers")[3].length, point("label"));
  const tiles = units(model.get("layers")[1].length, point("unit"));
  const lines = shape("svg", { class: "book-votes", "aria-hidden": true });
  const picture = element(
    "div",
    { class: "book-picture" },
    column("Draw here", canvas.root),
    column(`${tiles.options.length} hidden units`, tiles.root),
    column("Ten classes", bars.root),
    lines,
  );
  const digit = choice({
    label: "Digit",
    options: [...texts.map(([name]) => [name, `a ${name}`]), [OWN, "my own"]],
    onInput: (name) => set(examples[name] ?? rowsOf(Array(ALL).fill(0))),
  });
  const clear = button("Clear", () => set(rowsOf(Array(ALL).fill(0))));
  const moves = arrows(([rows, columns]) => {
    const [down, right] = model.get("moved");
    const moved = [down + rows, right + columns];
    if (moved.every((step) => Math.abs(step) < 8)) update(model, { moved });
  });

  const looks = eased((numbers) => {
    const labels = bars.options.length;
    bars.draw(numbers.slice(0, labels));
    tiles.draw(numbers.slice(labels));
  });
  function connect() {
    const { unit } = found;
    const label = found.label < 0 ? found.said : found.label;
    const to = bars.options.map((option) => option.querySelector(".book-track"));
    const wanted =
      unit < 0
        ? votes(network, found.hidden, label).map((vote, at) => ({ from: tiles.options[at], to: to[label], vote }))
        : to.map((node, at) => ({ from: tiles.options[unit], to: node, vote: votes(network, found.hidden, at)[unit] }));
    drawLines(lines, picture, wanted);
  }

  function draw(state) {
    if (given !== model.get("layers")) {
      given = model.get("layers");
      network = networkOf(given);
    }
    const ink = seen(state);
    const before = answer(network, seen({ ...state, moved: NOT_MOVED })).said;
    const unit = state.unit < tiles.options.length ? state.unit : -1;
    found = { ink, before, unit, label: state.label, ...answer(network, ink) };
    const { hidden, probabilities, said } = found;
    digit.set(texts.find(([, text]) => text === JSON.stringify(state.drawing))?.[0] ?? OWN);
    canvas.draw(ink);
    canvas.mark(unit < 0 ? null : given[0][unit]);
    bars.name(probabilities, said);
    bars.select(state.label);
    tiles.name(hidden);
    tiles.select(unit);
    looks[canvas.isPainting() ? "set" : "to"]([...probabilities, ...hidden]);
    connect();
  }

  const resized = new ResizeObserver(() => connect());
  const leave = stage({
    model,
    el,
    names: ["drawing", "moved", "drawn", "unit", "label", "layers"],
    label: "Draw a digit",
    look: "book-draw-digit",
    picture: [picture],
    controls: [digit.root, clear, moves],
    play: {
      every: 160,
      auto: true,
      step({ drawing, drawn }) {
        const last = stroke(drawing.flat()).length;
        if (drawn >= last) return null;
        return { drawn: drawn + 1 < last ? drawn + 1 : ALL };
      },
      restart: () => ({ drawn: 0, moved: NOT_MOVED, ...NOTHING }),
    },
    draw,
    says: (state) => sentence(state, found),
    code: () => torchCode(found, given[2][found.said], given[3][found.said]),
    task: {
      text: "Move the drawing by one pixel so that the network changes its mind.",
      isDone: ({ drawing, moved }) => {
        const isOneStep = Math.abs(moved[0]) + Math.abs(moved[1]) === 1;
        return isOneStep && drawing.flat().some(Boolean) && found.said !== found.before;
      },
      praise: "One pixel was enough: each pixel has weights of its own, and knows no neighbours.",
    },
    onStop: () => {
      resized.disconnect();
      looks.stop();
    },
  });
  resized.observe(picture);
  return leave;
}

export default { render };
