// Box formats: a box to drag, its three notations beside it, and the one that is shown on it.

import { board } from "./board.mjs";
import { drawMarks } from "./marks.mjs";
import { NOTATIONS, isSame, numbersOf, pointsOf } from "./math.mjs";
import { LABELS, meaning, pictureWords, sentence, short, torchCode } from "./words.mjs";
import { choice, element, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const KINDS = { xyxy: ["across", "down", "across", "down"], xywh: ["across", "down", "size", "size"] };
KINDS.cxcywh = KINDS.xywh;

/** One card a notation: its name, what it names, and four numbers. */
function card(notation, choose) {
  const [words, values] = [element("span", { class: "book-meaning" }), LABELS[notation].map(() => element("b", {}))];
  const cells = LABELS[notation].map((label, index) =>
    element("span", { class: `book-number book-${KINDS[notation][index]}` }, element("small", {}, label), values[index]),
  );
  const root = element(
    "button",
    { type: "button", class: "book-card", onclick: () => choose(notation) },
    element("span", { class: "book-name" }, element("span", { class: "book-format" }, notation), words),
    element("span", { class: "book-numbers" }, ...cells),
  );
  const set = (numbers, count, isShown) => {
    words.textContent = meaning(notation, count);
    for (const [index, value] of numbers.entries()) values[index].textContent = short(value);
    root.setAttribute("aria-pressed", String(isShown));
  };
  return { root, set };
}

function render({ model, el }) {
  const colours = Array.from(decodePixels(model.get("pixels")));
  const truths = Object.entries(model.get("truths"));
  const [wanted, goal] = truths[1];
  const picture = board(colours, () => model.get("box"), (box) => {
    if (!isSame(box, model.get("box"))) update(model, { box });
  });
  const cards = NOTATIONS.map((notation) => card(notation, (chosen) => update(model, { notation: chosen })));
  const count = choice({
    label: "Count",
    options: [["edges", "edges"], ["pixels", "pixels"]],
    onInput: (value) => update(model, { count: value }),
  });
  let now = null; // the state that is drawn
  const look = eased((numbers) => {
    const { notation, count: way, box } = now;
    const [drawn, offset] = [numbers.slice(0, 4), numbers[4]];
    const last = way === "pixels" ? 1 : 0;
    const points = pointsOf(drawn, notation, way);
    const values = pointsOf(box, notation, way);
    const texts = values.map((pair) => pair.map(short));
    picture.drawRuler(offset, Boolean(last), [0, 1].map((axis) => values.map((pair) => pair[axis])));
    picture.drawBox(drawn, pictureWords(now));
    const sizes = notation === "xyxy" ? null : numbersOf(box, notation, way).slice(2).map(short);
    drawMarks(picture.marks, picture, drawn, points, texts, offset, sizes);
  }, 450);

  return stage({
    model,
    el,
    names: ["box", "notation", "count"],
    label: "Box formats",
    look: "book-box-formats",
    picture: [element("div", { class: "book-sides" }, picture.root, element("div", { class: "book-cards" }, ...cards.map(({ root }) => root)))],
    controls: [count.root],
    play: {
      every: 1800,
      step({ notation, count: way }) {
        const next = NOTATIONS[NOTATIONS.indexOf(notation) + 1];
        if (next) return { notation: next };
        return way === "edges" ? { notation: "xyxy", count: "pixels" } : null;
      },
      restart: () => ({ notation: "xyxy", count: "edges" }),
    },
    draw(state) {
      now = state;
      count.set(state.count);
      for (const [index, notation] of NOTATIONS.entries()) {
        cards[index].set(numbersOf(state.box, notation, state.count), state.count, notation === state.notation);
      }
      const ends = [...state.box, state.count === "pixels" ? 0.5 : 0];
      // A hand is followed at once. The last number moves no mark: it has another notation drawn
      // where no edge moves.
      if (picture.isHeld()) look.set([...ends, NOTATIONS.indexOf(state.notation)]);
      else look.to([...ends, NOTATIONS.indexOf(state.notation)]);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: `Put the box tightly around the ${wanted}: drag it, then its corners.`,
      isDone: ({ box }) => isSame(box, goal),
      praise: `Tight: the box holds each bright pixel of the ${wanted}, and each of its sides touches one.`,
    },
    onStop: look.stop,
  });
}

export default { render };
