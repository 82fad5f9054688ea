// Polynomial fit: one degree among the points, and the errors of all degrees.

import { bestDegree, sweep } from "./math.mjs";
import { picture } from "./picture.mjs";
import { sentence, torchCode } from "./words.mjs";
import { slider, update } from "../kit/parts.mjs";
import { stage } from "../kit/stage.mjs";

const HIGHEST = 15;
const [FEWEST, MOST] = [4, 24];
const CEILING = 1.7; // the highest error in the picture

function render({ model, el }) {
  const [places, drawn, fresh] = ["places", "drawn", "validation"].map((name) => model.get(name));
  const pointsOf = (targets) => targets.map((y, index) => [places[index], y]);
  // Dragged points stay where they were put; new ones come as they were drawn.
  const withCount = (targets, count) => [...targets, ...drawn.slice(targets.length)].slice(0, count);
  const found = (targets) => sweep(pointsOf(targets), fresh, HIGHEST);
  const setTarget = (index, y) => {
    const targets = model.get("targets");
    if (targets[index] !== y) update(model, { targets: targets.map((old, at) => (at === index ? y : old)) });
  };

  const degreeSlider = slider({
    label: "Degree",
    min: 0,
    max: HIGHEST,
    onInput: (degree) => update(model, { degree }),
  });
  const countSlider = slider({
    label: "Points",
    min: FEWEST,
    max: MOST,
    onInput: (count) => update(model, { targets: withCount(model.get("targets"), count) }),
  });
  const shown = picture({ model, setTarget, highest: HIGHEST, ceiling: CEILING });

  return stage({
    model,
    el,
    names: ["degree", "targets"],
    label: "Polynomial fit",
    look: "book-polynomial-fit",
    picture: [shown.root],
    controls: [degreeSlider.root, countSlider.root],
    play: {
      every: 600,
      step: ({ targets }) =>
        targets.length < MOST ? { targets: withCount(targets, targets.length + 1) } : null,
      restart: () => ({ targets: drawn.slice(0, FEWEST) }),
    },
    draw({ degree, targets }) {
      degreeSlider.set(degree);
      countSlider.set(targets.length);
      shown.draw(found(targets), degree);
    },
    says: ({ degree, targets }) => sentence(found(targets), degree, targets.length),
    code: ({ degree, targets }) => torchCode(pointsOf(targets), degree, found(targets)),
    task: {
      text: "Find the degree with the smallest error on new points.",
      isDone: ({ degree, targets }) => degree === bestDegree(found(targets)),
      praise: "Found. Now take a high degree, and press Play: points arrive.",
    },
    onStop: shown.stop,
  });
}

export default { render };
