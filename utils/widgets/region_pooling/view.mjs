// Region pooling: a region to drag on a map of numbers, and the small table that a network sees.

import { board } from "./board.mjs";
import { areas, slid } from "./math.mjs";
import { waysPanel } from "./way.mjs";
import { regionWords, sentence, torchCode } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const WAYS = [
  ["pool", "pool: largest"],
  ["align", "align: mean"],
];
const EVERY = 600; // milliseconds a step
const TIMES = 4; // how much more is read than asked for, in the task

function render({ model, el }) {
  let home = model.get("region"); // where the reader has put the region
  let isDragged = false;
  let now = null;
  const map = board(
    () => model.get("region"),
    (region) => {
      if (region.every((edge, index) => edge === model.get("region")[index])) return;
      isDragged = true;
      home = region;
      update(model, { region });
    },
  );
  const side = waysPanel(WAYS);
  const root = element("div", { class: "book-sides" }, map.root, side.root);
  const pointer = pointing(root);
  const look = eased((region) => {
    const { method, parts } = now;
    map.draw(method, region, parts, regionWords(now.region));
    side.draw(method, region, parts);
    pointer.refresh();
  }, EVERY);
  const method = choice({
    label: "Method",
    options: WAYS,
    onInput: (value) => update(model, { method: value }),
  });
  const parts = slider({ label: "Parts", min: 1, max: 4, onInput: (value) => update(model, { parts: value }) });

  return stage({
    model,
    el,
    names: ["region", "method", "parts"],
    label: "Region pooling",
    look: "book-region-pooling",
    picture: [root],
    controls: [method.root, parts.root],
    play: {
      every: EVERY,
      step({ region }) {
        const next = slid(region);
        return next && { region: next };
      },
      restart: () => ({ region: slid(home) ? home : [0, home[1], home[2] - home[0], home[3]] }),
    },
    draw(state) {
      now = state;
      method.set(state.method);
      parts.set(state.parts);
      if (isDragged) look.set(state.region);
      else look.to(state.region);
      isDragged = false;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Make pooling read four times as much as was asked for.",
      isDone({ region, method: way }) {
        const { asked, used } = areas(region);
        return way === "pool" && used >= TIMES * asked - 1e-6;
      },
      praise: "Three quarters of what is read lie outside: rounding costs small regions most.",
    },
    onReset() {
      home = model.get("region");
    },
    onStop() {
      look.stop();
      pointer.stop();
    },
  });
}

export default { render };
