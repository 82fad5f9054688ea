// Region pooling: a region to drag on a map of numbers, and the small table that a network sees.

import { board } from "./board.mjs";
import { shifts, slid, table } from "./math.mjs";
import { regionWords, sentence, shown, torchCode } from "./words.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EVERY = 600; // milliseconds a step
const FAR = 0.4; // cells, what the task asks of each border

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
  const name = element("div", { class: "book-name" });
  const grid = element("div", { class: "book-table", role: "img" });
  const side = element("div", { class: "book-seen" }, name, grid);
  const root = element("div", { class: "book-sides" }, map.root, side);
  const pointer = pointing(root);
  const look = eased((region) => {
    const { method, parts } = now;
    map.draw(method, region, parts, regionWords(now.region));
    const numbers = table(method, region, parts);
    grid.style.setProperty("--parts", parts);
    grid.setAttribute("aria-label", `The table: ${numbers.map((row) => row.map((value) => shown(method, value)).join(" ")).join("; ")}`);
    grid.replaceChildren(
      ...numbers.flatMap((row, y) =>
        row.map((value, x) => {
          const cell = element("span", { class: "book-value", "data-about": `part-${y}-${x}` }, shown(method, value));
          cell.style.setProperty("--share", value / 9);
          return cell;
        }),
      ),
    );
    pointer.refresh();
  }, EVERY);
  const method = choice({
    label: "Method",
    options: [
      ["pool", "pool: largest"],
      ["align", "align: mean"],
    ],
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
      name.textContent = `the table, ${state.parts} × ${state.parts}`;
      if (isDragged) look.set(state.region);
      else look.to(state.region);
      isDragged = false;
    },
    says: sentence,
    code: torchCode,
    task: {
      text: "Make pooling move each border by more than 0.4 of a cell.",
      isDone: ({ region, method: way }) => way === "pool" && shifts(region).every((shift) => Math.abs(shift) > FAR + 1e-6),
      praise: "Each border lies nearly half a cell from where it was asked for.",
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
