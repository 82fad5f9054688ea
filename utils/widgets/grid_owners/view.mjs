// Grid owners: objects to drag over a grid of cells, and what their cells should say.

import { board } from "./board.mjs";
import { keptCount, owners } from "./math.mjs";
import { target } from "./target.mjs";
import { sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 1100; // milliseconds from one grid to the next
const [LEAST, MOST] = [2, 10]; // cells a side
const ALONE = 2; // cells a side in the task

function render({ model, el }) {
  const scene = model.get("scene");
  const { objects, size } = scene;
  const choose = (chosen) => {
    if (chosen !== model.get("chosen")) update(model, { chosen });
  };
  const picture = board(scene, () => model.get("centres"), (centres) => update(model, { centres }), choose);
  const numbers = target(scene);
  const side = slider({ label: "Cells a side, S", min: LEAST, max: MOST, onInput: (value) => update(model, { side: value }) });
  const sides = element("div", { class: "book-sides" }, picture.root, numbers.root);
  const pointed = pointing(sides);
  const seen = (state) => owners(state.centres, objects, state.side, size);

  return stage({
    model,
    el,
    names: ["side", "centres", "chosen"],
    label: "Grid owners",
    look: "book-grid-owners",
    picture: [sides],
    controls: [side.root],
    play: {
      every: EACH,
      step: (state) => (state.side < MOST ? { side: state.side + 1 } : null),
      restart: () => ({ side: LEAST }),
    },
    draw(state) {
      const found = seen(state);
      side.set(state.side);
      picture.draw(found, state.centres, state.side);
      numbers.draw(found, state.chosen);
      pointed.refresh();
    },
    says: (state) => sentence(seen(state), objects, state.side),
    code: (state) => torchCode(state.centres, objects, seen(state), state.side, size),
    task: {
      text: "Set S = 2, and place the four digits so that none is lost.",
      isDone: (state) => state.side === ALONE && keptCount(seen(state)) === objects.length,
      praise: "Four cells, four owners. A fifth object would find no room.",
    },
    onStop: pointed.stop,
  });
}

export default { render };
