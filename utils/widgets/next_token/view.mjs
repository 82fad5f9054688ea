// Next token: a small transformer writes, and shows what it expects and where it looks.

import { board, SHOWN } from "./board.mjs";
import { best, cleaned, drawn, foreseen, goesRound, readPart, unpacked, withTemperature } from "./math.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { mulberry32 } from "../kit/random.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const [CONTEXT, HEADS, BLOCKS] = [64, 4, 2];
const MOST = 190; // characters of a text
const EACH = 450; // milliseconds a character

/** A field for a beginning of the reader's own. */
function beginning(characters, onText) {
  const input = element("input", {
    type: "text",
    maxlength: MOST,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Text so far",
  });
  input.addEventListener("input", () => {
    const text = cleaned(input.value, characters, MOST);
    if (text) onText(text);
  });
  const set = (text) => {
    if (cleaned(input.value, characters, MOST) === text) return;
    input.value = text.replaceAll("\n", " ");
    input.scrollLeft = input.scrollWidth;
  };
  return { root: element("div", { class: "book-control book-text" }, element("span", { "aria-hidden": true }, "Text"), input), set };
}

function render({ model, el }) {
  const net = unpacked(model.get("net"));
  const { characters } = net;
  let known = { text: null }; // what the net made of a text, kept while the text stays
  const seenIn = (state) => {
    if (known.text !== state.text) {
      const read = readPart(state.text, CONTEXT);
      const ids = [...read].map((character) => characters.indexOf(character));
      known = { text: state.text, read, ...foreseen(net, ids, { heads: HEADS, blocks: BLOCKS }) };
    }
    const chances = withTemperature(known.logits, state.temperature);
    // By logits, so that the order stays when the temperature is 0.
    const order = best(known.logits, SHOWN);
    const mean = known.looks[0].map((_, at) => known.looks.reduce((sum, row) => sum + row[at], 0) / known.looks.length);
    return { read: known.read, chances, order, characters, looks: state.head ? known.looks[state.head - 1] : mean };
  };
  const state = () => Object.fromEntries(["text", "temperature", "head", "dice"].map((name) => [name, model.get(name)]));
  const append = (text, character) => (text.length < MOST ? { text: text + character } : null);
  const picture = board(CONTEXT, (rank) => {
    const changes = append(model.get("text"), characters[seenIn(state()).order[rank]]);
    if (changes) update(model, changes);
  });
  const moves = eased(picture.draw, 250);
  const field = beginning(characters, (text) => update(model, { text }));
  const temperature = slider({
    label: "Temperature",
    min: 0,
    max: 2,
    step: 0.1,
    format: (value) => value.toFixed(1),
    onInput: (value) => update(model, { temperature: value }),
  });
  const head = slider({
    label: "Head",
    min: 0,
    max: HEADS * BLOCKS,
    format: (value) => (value ? `${((value - 1) % HEADS) + 1} of block ${Math.ceil(value / HEADS)}` : "all"),
    onInput: (value) => update(model, { head: value }),
  });
  const dice = slider({ label: "Dice", min: 0, max: 99, onInput: (value) => update(model, { dice: value }) });

  return stage({
    model,
    el,
    names: ["text", "temperature", "head", "dice"],
    label: "Next token",
    look: "book-next-token",
    picture: [picture.root],
    controls: [temperature.root, field.root],
    more: [element("div", { class: "book-controls" }, head.root, dice.root)],
    play: {
      every: EACH,
      step(now) {
        const luck = mulberry32(1000 * now.dice + now.text.length)() / 2 ** 32;
        return append(now.text, characters[drawn(seenIn(now).chances, luck)]);
      },
    },
    draw(now) {
      const seen = seenIn(now);
      field.set(now.text);
      temperature.set(now.temperature);
      head.set(now.head);
      dice.set(now.dice);
      const chances = seen.order.map((index) => seen.chances[index]);
      picture.write(seen.read, seen.order.map((index) => characters[index]), chances);
      moves.to([...chances, ...seen.looks, ...Array(CONTEXT - seen.looks.length).fill(0)]);
    },
    says: (now) => sentence(now, seenIn(now)),
    code: (now) => torchCode(now, seenIn(now).read),
    task: {
      text: "Make it write the same 8 characters or more twice in a row.",
      isDone: (now) => goesRound(now.text),
      praise: "The likeliest way on led back to where it was. At a higher temperature, a draw may lead elsewhere.",
    },
    onStop: moves.stop,
  });
}

export default { render };
