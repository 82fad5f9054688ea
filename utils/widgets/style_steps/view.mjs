// Style steps: a photograph on its way to a painting.

import { bars } from "./bars.mjs";
import { easel } from "./easel.mjs";
import { film } from "./film.mjs";
import { SMOOTHS, STOPS, STYLES, isReached, lossesOf, tileOf } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 1000; // milliseconds from one stored picture to the next

function render({ model, el }) {
  const { losses, atlas } = model.get("pictures");
  const choose = (label, name, list) => slider({
    label,
    min: 0,
    max: list.length - 1,
    format: (place) => String(list[place]),
    onInput: (place) => update(model, { [name]: list[place] }),
  });
  const style = choose("Style", "style", STYLES);
  const smooth = choose("Smooth", "smooth", SMOOTHS);
  const steps = choose("Steps", "step", STOPS);
  let redraw = () => {};
  let peek = null; // where the pointer holds the curtain
  let looked = null; // the small picture under the pointer
  const shown = []; // the pictures that were in sight, each fades into the next
  const board = easel(atlas, {
    onPeek(share) {
      peek = share;
      redraw();
    },
    onLook(tile) {
      looked = tile;
      redraw();
    },
    onKey: (change) => update(model, { curtain: Math.max(0, Math.min(100, model.get("curtain") + change)) }),
    onReady: () => redraw(),
  });
  const amounts = bars(losses[0][0][2]);
  let place = 0; // among the shown ones, a fraction while one fades into the next
  const paint = () => {
    const first = Math.floor(place);
    const cover = looked ? 0 : (peek ?? model.get("curtain") / 100);
    board.draw([shown[first], shown[Math.ceil(place)]], place - first, cover);
  };
  const fade = eased(([now, ...lengths]) => {
    place = now;
    paint();
    amounts.draw(lengths);
  }, 600);
  const stills = film(STOPS, (step) => update(model, { step }));
  const made = element("div", { class: "book-smalls" }, ...board.smalls);
  const side = element("div", { class: "book-side" }, made, stills.root, amounts.root);
  const root = element("div", { class: "book-desk" }, board.root, side);
  const pointed = pointing(root);

  return stage({
    model,
    el,
    names: ["style", "smooth", "step", "curtain"],
    label: "Style steps",
    look: "book-style-steps",
    picture: [root],
    controls: [steps.root, style.root, smooth.root],
    play: {
      every: EACH,
      step: ({ step }) => (step < STOPS.at(-1) ? { step: STOPS[STOPS.indexOf(step) + 1] } : null),
      restart: () => ({ step: STOPS[0] }),
    },
    draw(state) {
      style.set(STYLES.indexOf(state.style));
      smooth.set(SMOOTHS.indexOf(state.smooth));
      steps.set(STOPS.indexOf(state.step));
      const tile = looked ?? tileOf(state);
      if (String(tile) !== String(shown.at(-1))) shown.push(tile);
      const now = lossesOf(losses, state);
      amounts.say(now);
      stills.draw(...tileOf(state), board.lay);
      board.say(state.curtain, `${state.curtain} per cent photograph`);
      fade.to([shown.length - 1, ...now]);
      paint(); // the curtain moves at once
    },
    says: (state) => sentence(losses, state),
    code: (state) => torchCode(losses, state),
    task: {
      text: "Get the style below 0.3 %, smoother than the photograph.",
      isDone: (state) => isReached(losses, state),
      praise: "Enough style to paint, enough smoothness for broad, calm strokes.",
    },
    onReady(draw) {
      redraw = draw;
    },
    onReset() {
      peek = null;
      looked = null;
    },
    onStop() {
      fade.stop();
      board.stop();
      pointed.stop();
    },
  });
}

export default { render };
