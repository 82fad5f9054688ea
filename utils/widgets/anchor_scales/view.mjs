// Anchor scales: a scene under one of four maps, and which map has an anchor for which digit.

import { anchor, best, bests, cellAt, cellOn, GRIDS, home, iou, label, marked, MATCH, middle, smallest, view } from "./math.mjs";
import { photo } from "./photo.mjs";
import { table } from "./table.mjs";
import { pictureWords, plain, sentence, torchCode } from "./words.mjs";
import { element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 1000; // milliseconds from one cell to the next
const GLIDE = 450;

function render({ model, el }) {
  const scene = model.get("scene");
  const { boxes } = scene;
  const tour = GRIDS.flatMap((_, stage) => boxes.map((box) => ({ stage, cell: home(stage, box) })));
  const hardest = smallest(boxes);
  let place = -1; // on the tour
  const read = () => ({ stage: model.get("stage"), cell: cellOn(model.get("stage"), model.get("cell")) });
  const picture = photo(scene, read, (cell) => {
    if (String(cell) !== String(read().cell)) update(model, { cell });
  });
  const grid = table(
    scene,
    (stage) => {
      const now = read();
      update(model, { stage, cell: cellAt(stage, ...middle(now.stage, now.cell)) });
    },
    (stage, cell) => update(model, { stage, cell }),
  );
  const size = slider({
    label: "Size on this map",
    min: 4,
    max: 56,
    step: 2,
    onInput: (value) => update(model, { sizes: model.get("sizes").map((old, index) => (index === read().stage ? value : old)) }),
  });
  const ratio = slider({ label: "Width : height", min: 0.4, max: 2, step: 0.05, format: plain, onInput: (value) => update(model, { ratio: value }) });
  const sides = element("div", { class: "book-sides" }, picture.root, grid.root);
  const pointed = pointing(sides);
  const glide = eased((numbers) => picture.move(numbers.slice(0, 4), numbers.slice(4)), GLIDE);

  /** All that is seen now. */
  function seen(state) {
    const { stage, sizes } = state;
    const cell = cellOn(stage, state.cell);
    const box = anchor(stage, cell, sizes[stage], state.ratio);
    const found = sizes.map((each, map) => best(map, each, state.ratio, boxes));
    const overlaps = found.map((map) => map.map(({ overlap }) => overlap));
    const met = boxes.map((_, object) => overlaps.some((row) => row[object] >= MATCH));
    const overlap = Math.max(...boxes.map((other) => iou(box, other)));
    const row = overlaps.map((each) => each[hardest]); // of the smallest digit
    const isItsBest = row[stage] === Math.max(...row) && String(cell) === String(found[stage][hardest].cell);
    const told = stage === 0 && isItsBest ? { row, object: hardest } : null;
    const facts = { ...state, cell, box, bests: found, overlaps, met, told, overlap, boxes, size: sizes[stage], label: label(overlap), found: met.filter(Boolean).length, count: boxes.length };
    return { ...facts, marks: marked(stage, sizes[stage], state.ratio, boxes), words: pictureWords(facts) };
  }

  return stage({
    model,
    el,
    names: ["stage", "sizes", "ratio", "cell"],
    label: "Anchor scales",
    look: "book-anchor-scales",
    picture: [sides],
    controls: [size.root, ratio.root],
    play: {
      every: EACH,
      step() {
        place += 1;
        return tour[place] ?? null;
      },
      // Back to the smallest digit, and the anchor that fits it best.
      last({ sizes, ratio: aspect }) {
        const { stage: map, cell } = bests(sizes, aspect, boxes)[hardest];
        return { stage: map, cell };
      },
      restart() {
        place = 0;
        return tour[0];
      },
    },
    draw(state) {
      const now = seen(state);
      size.set(now.size);
      ratio.set(state.ratio);
      picture.draw(now);
      grid.draw(now);
      glide.to([...now.box, ...view(now.stage, now.cell)]);
      pointed.refresh();
    },
    says: (state) => sentence(seen(state)),
    code: (state) => torchCode(seen(state)),
    task: {
      text: "Choose the sizes so that each digit is met by 0.5 or more.",
      isDone: (state) => seen(state).met.every(Boolean),
      praise: "Each digit has its anchor: small digits need a map with many cells.",
    },
    onReset() {
      place = -1;
    },
    onStop() {
      glide.stop();
      pointed.stop();
    },
  });
}

export default { render };
