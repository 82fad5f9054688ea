// Digit reader: two networks read what is drawn, as it is or as MNIST would keep it.

import { answer, mnistView, movedBy } from "./math.mjs";
import { readWeights } from "./weights.mjs";
import { RIGHT, WRONG, sentence, torchCode, verdict } from "./words.mjs";
import { classBars } from "../kit/class_bars.mjs";
import { unpack } from "../kit/convnet.mjs";
import { SIDE, brushed, inkOf, textOf } from "../kit/ink.mjs";
import { pad } from "../kit/ink_pad.mjs";
import { button, choice, element, newId, shape, toggle, update } from "../kit/parts.mjs";
import { decodePixels, paint } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";

const EVERY = 180; // milliseconds a pixel
const FARTHEST = 8; // pixels
const LEAST = 0.005; // a probability below it has no number beside its bar
const OWN = "own";
const BLANK = textOf(Array(SIDE * SIDE).fill(0));
const TITLES = { mlp: "MLP", lenet: "LeNet" };
const MOVES = [
  ["left", "M10 3L5 8L10 13", [0, -1]],
  ["up", "M3 10L8 5L13 10", [-1, 0]],
  ["down", "M3 6L8 11L13 6", [1, 0]],
  ["right", "M6 3L11 8L6 13", [0, 1]],
];

const show = (canvas, ink) => paint(canvas, ink.map((value) => Math.round(255 * value)), SIDE, SIDE);
const column = (title, look, ...nodes) => element("div", { class: `book-column ${look}` }, element("div", { class: "book-caption" }, ...[title].flat()), ...nodes);

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
  const book = Object.fromEntries(Object.entries(model.get("nets")).map(([name, layers]) => [name, unpack(layers)]));
  const names = Object.keys(book);
  let nets = { ...book };
  let last = { key: null }; // what was read last
  let redraw = () => {};
  let isBack = false; // Play has been at the right edge

  const inkNow = (state) => movedBy(inkOf(decodePixels(state.drawing)), state.moved);
  const labelOf = ({ drawing }) => Object.keys(examples).find((name) => examples[name] === drawing) ?? "";
  function read(state) {
    const key = JSON.stringify([state.drawing, state.moved, state.centred]);
    if (last.key !== key || last.nets !== nets) {
      const ink = inkNow(state);
      const seen = state.centred ? mnistView(ink) : ink;
      last = { key, nets, ink, seen, found: Object.fromEntries(names.map((name) => [name, answer(nets[name], seen)])) };
    }
    return last;
  }

  const canvas = pad({
    show,
    onPaint(from, to) {
      const { drawing, moved } = { drawing: model.get("drawing"), moved: model.get("moved") };
      update(model, { drawing: textOf(brushed(inkNow({ drawing, moved }), from, to)), moved: [0, 0] });
    },
  });
  const clear = button("Clear", () => update(model, { drawing: BLANK, moved: [0, 0] }));
  clear.classList.add("book-clear");
  const view = element("canvas", { class: "book-dots", role: "img" });
  const middle = column("What the nets see", "book-middle", view);
  const bars = Object.fromEntries(names.map((name) => [name, classBars(10, () => {})]));
  const verdicts = Object.fromEntries(names.map((name) => [name, element("b", { class: "book-verdict" })]));
  const sides = Object.fromEntries(names.map((name) => [name, column([`${TITLES[name]} says`, verdicts[name]], `book-right book-${name}`, bars[name].root)]));
  for (const name of names) bars[name].root.setAttribute("aria-label", `Classes of ${TITLES[name]}`);
  const picture = element("div", { class: "book-picture" }, column("Draw here", "book-left", canvas.root, clear), middle, ...Object.values(sides));
  const digit = choice({
    label: "Digit",
    options: [...Object.keys(examples).map((name) => [name, `a ${name}`]), [OWN, "my own"]],
    onInput: (name) => update(model, { drawing: examples[name] ?? BLANK, moved: [0, 0] }),
  });
  const moves = arrows((step) => {
    const next = model.get("moved").map((now, side) => now + step[side]);
    if (next.every((far) => Math.abs(far) <= FARTHEST)) update(model, { moved: next });
  });
  const centred = toggle({ label: "Centre it", onInput: (value) => update(model, { centred: value }) });

  const heard = element("div", { class: "book-heard", "aria-live": "polite" });
  const file = element("input", { type: "file", accept: ".safetensors", id: newId("book-file") });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      const { name, layers } = readWeights(new Uint8Array(await chosen.arrayBuffer()), book);
      nets = { ...nets, [name]: layers };
      heard.textContent = `${chosen.name} holds the weights of ${TITLES[name]}, which now reads with them.`;
    } catch (error) {
      heard.textContent = `${chosen.name}: ${error.message}`;
    }
    redraw();
  });
  const own = element("div", { class: "book-control" }, element("label", { for: file.id }, "Your own weights (.safetensors)"), file);

  return stage({
    model,
    el,
    names: ["drawing", "moved", "centred"],
    label: "Digit reader",
    look: "book-digit-reader",
    picture: [picture],
    controls: [digit.root, moves, centred.root],
    more: [own, heard],
    play: {
      every: EVERY,
      // Across to the right edge, and back to the middle.
      step({ moved: [down, right] }) {
        if (right >= FARTHEST) isBack = true;
        if (!isBack) return { moved: [down, right + 1] };
        return right > 0 ? { moved: [down, right - 1] } : null;
      },
      restart({ moved: [down] }) {
        isBack = false;
        return { moved: [down, -FARTHEST] };
      },
    },
    draw(state) {
      const { ink, seen, found } = read(state);
      digit.set(labelOf(state) || OWN);
      centred.set(state.centred);
      canvas.draw(ink);
      show(view, seen);
      middle.hidden = !state.centred;
      view.setAttribute("aria-label", state.centred ? "The drawing, scaled and centred by its mass." : "The drawing, as it is.");
      for (const name of names) {
        const sign = verdict(found[name].said, labelOf(state));
        verdicts[name].textContent = `${found[name].said}${sign}`;
        sides[name].classList.toggle("book-is-right", sign === RIGHT);
        sides[name].classList.toggle("book-is-wrong", sign === WRONG);
        bars[name].draw(found[name].probabilities);
        bars[name].name(found[name].probabilities, found[name].said);
        for (const [label, option] of bars[name].options.entries()) option.classList.toggle("book-none", found[name].probabilities[label] < LEAST);
      }
    },
    says: (state) => sentence(read(state).found, labelOf(state), read(state).ink.every((value) => value === 0)),
    code: (state) => torchCode({ ...state, label: labelOf(state) }),
    task: {
      text: "Uncentred, move a digit up or down until the MLP alone is wrong.",
      isDone(state) {
        const { found } = read(state);
        const label = labelOf(state);
        const [down, right] = state.moved;
        return !state.centred && down !== 0 && right === 0 && String(found.lenet.said) === label && String(found.mlp.said) !== label;
      },
      praise: "Kernels go along with the digit. A full layer has a weight for each place.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onReset() {
      isBack = false;
      nets = { ...book };
      heard.textContent = "";
      file.value = "";
      redraw();
    },
  });
}

export default { render };
