// Augment panel: a labelled photograph, the same one augmented, and how well the boxes fit.

import { board } from "./board.mjs";
import { KINDS, amount, around, moveOf, object } from "./math.mjs";
import { TITLES, caption, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const STILL = [1, 0, 0, 0, 1, 0];
const SLOW = 700; // milliseconds: long enough to see where things go
const WANTED = 0.65;

/** One object's name and a bar for how well its box fits. */
function meter(name) {
  const value = element("b", {});
  const bar = element("i", { class: `book-bar book-${name}`, "aria-hidden": "true" });
  const track = element("div", { class: "book-track" }, bar);
  const root = element("div", { class: "book-meter" }, element("span", {}, name), value, track);
  const draw = (share) => {
    value.textContent = `${Math.round(100 * share)} %`;
    bar.style.width = `${(100 * share).toFixed(1)}%`;
  };
  return { root, draw };
}

function render({ model, el }) {
  const names = Object.keys(model.get("outlines"));
  const outlines = names.map((name) => model.get("outlines")[name]);
  const old = outlines.map(around);
  const kind = choice({
    label: "Operation",
    options: KINDS.map((name) => [name, TITLES[name]]),
    onInput: (value) => update(model, { kind: value }),
  });
  const strength = slider({
    label: "Strength",
    min: 0,
    max: 100,
    format: (value) => `${value} %`,
    onInput: (value) => update(model, { strength: value }),
  });
  const follow = toggle({ label: "Boxes follow", onInput: (value) => update(model, { follow: value }) });
  const small = board(names, "book-small");
  const large = board(names, "book-large");
  const meters = names.map(meter);
  const said = element("figcaption", { class: "book-caption" });
  const heading = element("p", { class: "book-caption" }, "Fit of a box");
  const left = element(
    "div",
    { class: "book-side" },
    element("figure", { class: "book-before" }, element("figcaption", { class: "book-caption" }, "As labelled"), small.root),
    element("div", { class: "book-meters" }, heading, ...meters.map(({ root }) => root)),
  );
  const right = element("figure", { class: "book-main" }, said, large.root);

  let words = "";
  const moving = eased((numbers) => {
    const boxes = names.map((_, at) => numbers.slice(7 + 4 * at, 11 + 4 * at));
    large.draw({ move: numbers.slice(0, 6), shift: numbers[6], outlines, boxes, words });
  }, SLOW);

  let redraw = () => {};
  const photo = new Image();
  let isGone = false;
  let isNew = false; // the photograph has come, and the same numbers are to be drawn again
  photo.src = model.get("photo");
  photo.decode().then(() => {
    if (isGone) return;
    for (const one of [small, large]) one.take(photo);
    isNew = true;
    redraw();
  });

  return stage({
    model,
    el,
    names: ["kind", "strength", "follow"],
    label: "Augment panel",
    look: "book-augment-panel",
    picture: [left, right],
    controls: [kind.root, strength.root, follow.root],
    play: {
      every: 1400,
      step: ({ kind: now, follow: isOn }) => {
        if (!isOn) return { follow: true };
        const next = KINDS[KINDS.indexOf(now) + 1];
        return next ? { kind: next, strength: 100, follow: false } : null;
      },
      restart: () => ({ kind: KINDS[0], strength: 100, follow: false }),
    },
    draw(state) {
      kind.set(state.kind);
      strength.set(state.strength);
      follow.set(state.follow);
      const found = outlines.map((outline) => object(outline, state));
      const shift = state.kind === "hue" ? amount("hue", state.strength) : 0;
      said.textContent = caption(state);
      words = sentence(state, found);
      large.root.classList.toggle("book-stale", !state.follow);
      small.draw({ move: STILL, shift: 0, outlines, boxes: old, words: "The photograph with an outline and a box for the cup and the spoon." });
      for (const [at, { draw }] of meters.entries()) draw(found[at].fit);
      const numbers = [...moveOf(state.kind, state.strength), shift, ...found.flatMap(({ box }) => box)];
      if (isNew) moving.set(numbers);
      else moving.to(numbers);
      isNew = false;
    },
    says: (state) => sentence(state, outlines.map((outline) => object(outline, state))),
    more: [element("p", { class: "book-credit" }, `Photograph: ${model.get("credit")}.`)],
    code: (state) => torchCode(state, old),
    task: {
      text: `With boxes that follow: make the cup’s box fit to less than ${100 * WANTED} %.`,
      isDone: (state) => state.follow && object(outlines[0], state).fit < WANTED,
      praise: "Loose: the new box holds the turned corners, and no part of the cup is in them.",
    },
    onReady: (again) => {
      redraw = again;
    },
    onStop: () => {
      isGone = true;
      moving.stop();
    },
  });
}

export default { render };
