// The picture: ribbons of channels above, two bars for each layer below.

import { LAYERS, crossing, reads, single, squeezed } from "./math.mjs";
import { count } from "./words.mjs";
import { shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const [WIDTH, HEIGHT] = [720, 370];
const FLOOR = 199; // where the lowest ribbon ends
const PILE = 171; // height of all channels that come out
const [FIRST, STEP] = [40, 55]; // the first layer, and from one to the next
const [BASE, TALLEST] = [335, 106]; // foot and height of the bars
const BAR = 19;
const ROOM = 285; // for the words above a layer, which end at it
const OUT = 116; // for the words at the right end
const SLOW = 450; // milliseconds from one state to the next

const at = (layer) => FIRST + (layer - 1) * STEP;
const round = (value) => Number(value.toFixed(2));

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, typeof value === "number" ? round(value) : value);
}

/** Share of blue in a ribbon's colour: the oldest is blue, the youngest orange. */
const blue = (ribbon) => `${round(100 - (100 * ribbon) / LAYERS)}%`;

/** The picture; `draw(state, layer)` eases to a state, `onPoint(layer or null)` and `onPick(layer)` hear the pointer. */
export function picture({ onPoint, onPick }) {
  const layers = Array.from({ length: LAYERS }, (_, index) => index + 1);
  const part = (tag, className, attributes = {}) => shape(tag, { class: className, ...attributes });
  const ribbons = [0, ...layers].map((ribbon) => part("rect", "book-ribbon", { style: `--blue: ${blue(ribbon)}` }));
  const hits = layers.map((layer) => part("rect", "book-hit", { x: at(layer) - STEP / 2, y: 0, width: STEP, height: HEIGHT, "data-layer": layer }));
  const bars = layers.map(() => ({ one: part("rect", "book-one"), wide: part("rect", "book-first"), narrow: part("rect", "book-second") }));
  const names = layers.map((layer) => part("text", "book-name", { x: at(layer), y: HEIGHT - 6 }));
  names.forEach((node, index) => node.append(String(layers[index])));
  const reader = part("rect", "book-reader");
  const label = part("text", "book-label");
  const out = part("text", "book-out", { x: WIDTH, y: FLOOR - PILE - 8 });
  const even = part("line", "book-even", { y1: BASE - TALLEST - 14, y2: BASE });
  const evenName = part("text", "book-even-name", { y: BASE - TALLEST - 2 });
  evenName.append("1×1 pays →");
  const foot = part("line", "book-foot", { x1: 0, x2: WIDTH, y1: BASE, y2: BASE });
  const root = shape(
    "svg",
    { class: "book-block", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": "Channels of a dense block as ribbons, and the weights of its layers as bars" },
    ...ribbons,
    ...bars.flatMap(({ one, wide, narrow }) => [one, wide, narrow]),
    foot,
    even,
    evenName,
    reader,
    out,
    label,
    ...names,
    ...hits,
  );
  const layerOf = ({ target }) => (target.dataset.layer ? Number(target.dataset.layer) : null);
  root.addEventListener("pointerover", (event) => event.pointerType === "mouse" && onPoint(layerOf(event)));
  root.addEventListener("pointerleave", () => onPoint(null));
  root.addEventListener("click", (event) => layerOf(event) && onPick(layerOf(event)));

  const move = eased(([channels, rate, place]) => {
    const state = { channels, rate };
    const unit = PILE / reads(state, LAYERS + 1);
    ribbons.forEach((node, ribbon) => {
      const x = ribbon ? at(ribbon) + 7 : 0;
      const height = unit * (ribbon ? rate : channels);
      set(node, { x, y: FLOOR - unit * reads(state, ribbon ? ribbon + 1 : 1), width: WIDTH - x, height });
    });
    const height = unit * reads(state, place);
    set(reader, { x: at(place) - 4, y: FLOOR - height, width: 8, height });
    // The words stand above the stairs, to the left of the layer where there is room.
    const end = Math.max(ROOM, Math.min(at(place) + 4, WIDTH - OUT));
    const below = Math.max(place, 1 + (end - FIRST) / STEP);
    set(label, { x: end, y: FLOOR - unit * reads(state, below + 1) - 8 });
    const most = Math.max(single(state, LAYERS), squeezed(state, LAYERS)[0] + squeezed(state, LAYERS)[1]);
    layers.forEach((layer, index) => {
      const { one, wide, narrow } = bars[index];
      const [first, second] = squeezed(state, layer).map((weights) => (TALLEST * weights) / most);
      const tall = (TALLEST * single(state, layer)) / most;
      set(one, { x: at(layer) - BAR - 1, y: BASE - tall, width: BAR, height: tall });
      set(wide, { x: at(layer) + 1, y: BASE - second - first, width: BAR, height: first });
      set(narrow, { x: at(layer) + 1, y: BASE - second, width: BAR, height: second });
    });
    // Between the last layer that is no lighter and the first that is; 1e-9 keeps a tie on the left.
    const x = at(Math.floor(crossing(state) + 1e-9) + 0.5);
    const isSeen = x > at(1) - STEP / 2 && x < at(LAYERS) + STEP / 2;
    if (isSeen) set(even, { x1: x, x2: x });
    set(even, { visibility: isSeen ? "visible" : "hidden" });
    set(evenName, { x: Math.max(0, Math.min(x + 6, WIDTH - 175)), visibility: isSeen ? "visible" : "hidden" });
  }, SLOW);

  const draw = (state, layer) => {
    move.to([state.channels, state.rate, layer]);
    label.textContent = `reads ${count(reads(state, layer))}, adds ${state.rate}`;
    out.textContent = `${count(reads(state, LAYERS + 1))} out`;
    ribbons.forEach((node, ribbon) => {
      node.classList.toggle("book-later", ribbon > layer);
      node.classList.toggle("book-new", ribbon === layer);
    });
    names.forEach((node, index) => node.classList.toggle("book-here", index + 1 === layer));
    bars.forEach(({ one, wide, narrow }, index) => {
      for (const node of [one, wide, narrow]) node.classList.toggle("book-away", index + 1 !== layer);
    });
  };
  return { root, draw, stop: move.stop };
}
