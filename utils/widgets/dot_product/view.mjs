// Dot product: two arrows, the shadow of one on the other, and the product at each angle.

import { angle, isNothing, sign, turned } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { choice, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const TURN = 5; // degrees of one step of Play
const PAIRS = {
  "a sharp angle": [[2, 1], [1, 2]],
  "a blunt angle": [[2, 1], [-2, 1]],
  "one direction": [[1, 0.5], [2, 1]],
  "opposite directions": [[2, 1], [-2, -1]],
  "a long and a short arrow": [[2.5, 1.5], [0.5, 0.5]],
};
const OWN = "your own";

const nameOf = (pair) => Object.keys(PAIRS).find((name) => JSON.stringify(PAIRS[name]) === JSON.stringify(pair)) ?? OWN;

function render({ model, el }) {
  const read = () => ({ a: model.get("a"), b: model.get("b") });
  let home = model.get("b"); // where b is when Play is pressed
  const shown = picture(read, (changes) => {
    update(model, changes);
    home = model.get("b");
  });
  const pairs = choice({
    label: "Arrows",
    options: [...Object.keys(PAIRS), OWN].map((name) => [name, name]),
    onInput(name) {
      const [a, b] = PAIRS[name] ?? [model.get("a"), model.get("b")];
      home = b;
      update(model, { a, b });
    },
  });
  return stage({
    model,
    el,
    names: ["a", "b"],
    label: "Dot product",
    look: "book-dot-product",
    picture: [shown.root],
    controls: [pairs.root],
    play: {
      every: 90,
      auto: true,
      rest: 1000,
      step({ a, b }) {
        if (isNothing(a) || isNothing(b)) return null;
        const next = TURN * (Math.floor(angle(a, b) / TURN + 1e-6) + 1);
        return next < 360 ? { b: turned(a, b, next) } : null;
      },
      last: () => ({ b: home }),
      restart: ({ a, b }) => (isNothing(a) || isNothing(b) ? null : { b: turned(a, b, 0) }),
    },
    draw(state) {
      pairs.set(nameOf([state.a, state.b]));
      shown.draw(state);
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Drag the tips: make the product 0, but neither arrow 0.",
      // What Play turns through on its way is not the reader's.
      isDone: ({ a, b }) => !isNothing(a) && !isNothing(b) && sign(a, b) === 0 && String(b) === String(home),
      praise: "There: at a right angle nothing of b points along a.",
    },
    onReset() {
      home = model.get("b");
    },
    onStop: shown.stop,
  });
}

export default { render };
