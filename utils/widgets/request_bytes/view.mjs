// Request bytes: a picture on its way through a service, form by form.

import { panels } from "./forms.mjs";
import { answerOf, messageOf, moved, pixelsOf, pngOf, SIDE, tensorOf } from "./math.mjs";
import { way } from "./way.mjs";
import { sentence, torchCode } from "./words.mjs";
import { unpack } from "../kit/convnet.mjs";
import { choice, element, onArrows, shape, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const EVERY = 1600; // milliseconds a form
const LAST = 4;

/** The drawing itself; its pixels are pointed at. */
function drawing(onPlace) {
  const dots = Array.from({ length: SIDE * SIDE }, (_, place) => {
    const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
    return shape("rect", { x, y, width: 1.02, height: 1.02 });
  });
  const frame = shape("rect", { class: "book-here", width: 1, height: 1 });
  const root = shape("svg", { class: "book-drawn", viewBox: `0 0 ${SIDE} ${SIDE}`, tabindex: 0, role: "img" }, ...dots, frame);
  const touched = ({ target }) => {
    const place = dots.indexOf(target);
    if (place >= 0) onPlace(() => place);
  };
  root.addEventListener("pointerover", touched);
  root.addEventListener("pointerdown", touched);
  onArrows(root, (rows, columns) => onPlace((place) => moved(place, rows, columns)));
  const draw = (pixels, place, digit) => {
    for (const [index, dot] of dots.entries()) dot.setAttribute("fill", `rgb(${pixels[index]}, ${pixels[index]}, ${pixels[index]})`);
    frame.setAttribute("x", place % SIDE);
    frame.setAttribute("y", Math.floor(place / SIDE));
    root.setAttribute("aria-label", `A drawn ${digit}; arrow keys choose a pixel`);
  };
  return { root, draw };
}

function render({ model, el }) {
  const layers = unpack(model.get("net"));
  const inks = model.get("inks");
  const point = (next) => {
    const place = next(model.get("place"));
    if (place !== model.get("place")) update(model, { place });
  };
  const road = way(model.get("times"), (index) => update(model, { stage: index }));
  const drawn = drawing(point);
  const form = panels((place) => point(() => place));
  const picture = element("div", { class: "book-picture" }, road.root, element("div", { class: "book-both" }, drawn.root, form.root));
  const digit = choice({
    label: "Digit",
    options: inks.map((_, name) => [String(name), String(name)]),
    onInput: (name) => update(model, { digit: Number(name) }),
  });
  const inverted = toggle({ label: "Dark ink on white", onInput: (value) => update(model, { inverted: value }) });

  /** All five forms of the picture. */
  const formsOf = (state) => {
    const pixels = pixelsOf(inks[state.digit], state.inverted);
    const file = pngOf(pixels);
    const tensor = tensorOf(pixels);
    return { pixels, file, message: messageOf(file), tensor, answer: answerOf(layers, tensor) };
  };

  return stage({
    model,
    el,
    names: ["digit", "inverted", "stage", "place"],
    label: "Request bytes",
    look: "book-request-bytes",
    picture: [picture],
    controls: [digit.root, inverted.root],
    play: {
      every: EVERY,
      step: (state) => (state.stage < LAST ? { stage: state.stage + 1 } : null),
      restart: () => ({ stage: 0 }),
    },
    draw(state) {
      const forms = formsOf(state);
      digit.set(String(state.digit));
      inverted.input.checked = state.inverted;
      drawn.draw(forms.pixels, state.place, state.digit);
      road.draw(forms, state.stage);
      form.draw(forms, state.stage, state.place);
    },
    says: (state) => sentence(state, formsOf(state)),
    code: (state) => torchCode(pixelsOf(inks[state.digit], state.inverted)),
    task: {
      text: "Make it read a wrong digit.",
      isDone: (state) => state.stage === LAST && formsOf(state).answer.said !== state.digit,
      praise: "The same drawing, another preprocessing: no error, and a wrong answer.",
    },
    onStop: road.stop,
  });
}

export default { render };
