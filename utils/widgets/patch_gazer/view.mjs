// Patch gazer: a small vision transformer reads a digit, and shows where each token looks.

import { board, centre, placesOf } from "./board.mjs";
import { cut, largest, looked, moved } from "./math.mjs";
import { columns, headMaps } from "./side.mjs";
import { sentence, tokenName, torchCode } from "./words.mjs";
import { percent } from "../kit/numbers.mjs";
import { choice, element, onArrows, slider, toggle, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const [LAYERS, HEADS, PIXELS, COUNT] = [2, 3, 784, 49];
const POSITIONS = ["of the places", "of the patches", "none"];

function render({ model, el }) {
  const { weights: net, order: shuffled, pictures } = model.get("net");
  const bytes = decodePixels(pictures);
  const straight = shuffled.map((_, index) => index);
  const pixelsOf = (digit) => Array.from(bytes.slice(PIXELS * digit, PIXELS * (digit + 1)), (byte) => byte / 255);
  const look = ({ digit, positions, shuffle }) =>
    looked(net, pixelsOf(digit), { order: shuffle ? shuffled : straight, positions, heads: HEADS });

  let seen = null; // what the last redraw found
  let order = straight;
  let chosen = null; // the token to go back to while a mouse passes over others
  const show = (token) => {
    if (token !== model.get("token")) update(model, { token });
  };
  const choose = (token) => {
    chosen = null;
    show(token);
  };
  const attempt = (token) => {
    chosen ??= model.get("token");
    show(token);
  };
  const leave = () => {
    if (chosen !== null) choose(chosen);
  };
  const picture = board({ choose, attempt, leave });
  onArrows(picture.root, (down, across) => choose(moved(model.get("token"), down, across)));
  const heads = headMaps(LAYERS, HEADS, (layer, head) => update(model, { layer, head }));
  const answer = columns();
  const digit = slider({ label: "Digit", min: 0, max: 9, onInput: (value) => update(model, { digit: value }) });
  const shuffle = toggle({ label: "Shuffle", onInput: (isOn) => update(model, { shuffle: isOn }) });
  const positions = choice({
    label: "Positions",
    options: POSITIONS.map((name) => [name, name]),
    onInput: (name) => update(model, { positions: name }),
  });
  const ease = eased((numbers) => {
    const parts = [COUNT + 1, 2 * COUNT, 2, 10, LAYERS * HEADS * COUNT];
    let at = 0;
    const [gaze, places, from, probabilities, maps] = parts.map((length) => numbers.slice(at, (at += length)));
    picture.draw(gaze, places, from, order);
    answer.draw(probabilities);
    heads.draw(maps);
  }, 450);

  return stage({
    model,
    el,
    names: ["digit", "token", "layer", "head", "shuffle", "positions"],
    label: "Patch gazer",
    look: "book-patch-gazer",
    picture: [element("div", { class: "book-both" }, picture.root, element("div", { class: "book-side" }, heads.root, answer.root))],
    controls: [digit.root, shuffle.root, positions.root],
    play: {
      every: 1300,
      step({ layer, head, shuffle: isShuffled }) {
        if (head < HEADS) return { head: head + 1 };
        if (layer < LAYERS) return { layer: layer + 1, head: 1 };
        return isShuffled ? null : { shuffle: true }; // the end of the story: is it still a 7?
      },
      restart: () => ({ layer: 1, head: 1, shuffle: false }),
    },
    draw(state) {
      seen = look(state);
      order = state.shuffle ? shuffled : straight;
      const { weights, probabilities } = seen;
      digit.set(state.digit);
      shuffle.set(state.shuffle);
      positions.set(state.positions);
      picture.fill(cut(pixelsOf(state.digit)));
      picture.name(state.token, tokenName(state.token));
      heads.choice(state.layer, state.head);
      const said = largest(probabilities);
      answer.name(said, `The net says ${said}, ${percent(probabilities[said])}`);
      const gaze = weights[state.layer - 1][state.head - 1][state.token];
      const maps = weights.flat().flatMap((table) => table[state.token].slice(1));
      ease.to([...gaze, ...placesOf(order), ...centre(state.token), ...probabilities, ...maps]);
    },
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: "Find positions with which shuffling changes no percentage.",
      isDone(state) {
        if (!state.shuffle) return false;
        const whole = look({ ...state, shuffle: false }).probabilities;
        return whole.every((share, index) => Math.abs(share - seen.probabilities[index]) < 1e-9);
      },
      praise: "The net meets the same tokens in another order, and attention asks for no order.",
    },
    onStop: ease.stop,
  });
}

export default { render };
