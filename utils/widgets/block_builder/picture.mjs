// The layers as slabs, and below them two bars: parameters and multiply-adds.

import { MOST_BLOCKS, MOST_LAYERS, field, layers, totals } from "./math.mjs";
import { about, sight } from "./words.mjs";
import { large } from "../kit/numbers.mjs";
import { element, shape } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const DURATION = 700;
const SLOTS = MOST_BLOCKS * MOST_LAYERS + 3; // the dense layers stand in the last three
const PARTS = 5; // of a slot: there or not, channels, side, share of parameters, share of work
const LEAN = 0.32; // of a slab's height: how far its top goes back
const ROOMS = {
  wide: { width: 640, image: 118, gap: 20, dense: 74, high: 152, above: 8 },
  narrow: { width: 330, image: 88, gap: 10, dense: 44, high: 132, above: 28 },
};
const BAR = 20;

const slotOf = ({ block, place }) => (block === null ? SLOTS - 3 + place : block * MOST_LAYERS + place);

/** The numbers that are drawn of a state, always equally many. */
function numbersOf(state) {
  const [whole, numbers] = [totals(state), new Array(SLOTS * PARTS + 1).fill(0)];
  for (const layer of layers(state)) {
    const share = [layer.parameters / whole.parameters, layer.work / whole.work];
    numbers.splice(slotOf(layer) * PARTS, PARTS, 1, layer.out, layer.side / state.side, ...share);
  }
  numbers[SLOTS * PARTS] = Math.min(1, field(state) / state.side);
  return numbers;
}

/** The drawing; `draw(state)` eases to a state. */
export function picture() {
  const svg = shape("svg", { role: "img", "aria-label": "Layers as slabs, and the shares of their parameters and multiply-adds" });
  const line = element("p", { class: "book-layer" });
  const root = element("div", {}, svg, line);
  const query = matchMedia("(max-width: 30rem)");
  const image = shape("rect", { class: "book-image" });
  const seen = shape("rect", { class: "book-sight" });
  const words = Object.fromEntries(
    ["input", "sight", "parameters", "work"].map((name) => [name, shape("text", { class: `book-${name}` })]),
  );
  const nodes = Array.from({ length: SLOTS }, (_, slot) => {
    const look = slot < SLOTS - 3 ? "conv" : "dense";
    const part = (tag, kind) => shape(tag, { class: `book-${kind} book-${look}`, "data-about": `slot-${slot}` });
    return { slab: part("g", "slab"), faces: ["back", "front"].map((kind) => shape("path", { class: `book-${kind}` })), bars: [part("rect", "share"), part("rect", "share")] };
  });
  for (const { slab, faces } of nodes) slab.append(...faces);
  const sides = Array.from({ length: MOST_BLOCKS + 1 }, () => shape("text", { class: "book-side", "text-anchor": "middle" }));
  svg.append(image, seen, ...nodes.map(({ slab }) => slab), ...nodes.flatMap(({ bars }) => bars), ...sides, ...Object.values(words));

  let goal = null;
  let drawn = null;
  const put = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, typeof value === "number" ? value.toFixed(2) : value);
  };

  const draw = (numbers) => {
    drawn = numbers;
    const room = query.matches ? ROOMS.narrow : ROOMS.wide;
    const { width, gap } = room;
    const floor = room.high;
    const slots = nodes.map((_, slot) => numbers.slice(slot * PARTS, (slot + 1) * PARTS));
    put(svg, { viewBox: `0 0 ${width} ${floor + 120}` });
    put(image, { x: 0.5, y: floor - room.image, width: room.image, height: room.image });
    const sight = numbers[SLOTS * PARTS] * room.image;
    put(seen, { x: (room.image - sight) / 2 + 0.5, y: floor - (room.image + sight) / 2, width: sight, height: sight });

    // Slabs share the room between the image and the dense layers by their channels.
    const from = room.image + gap;
    const convs = slots.slice(0, -3);
    const thick = ([there, channels]) => there * 4 + channels / 16;
    const between = (slot) => (slot % MOST_LAYERS === 0 && slot ? gap / 2 : 2) * slots[slot][0];
    const whole = convs.reduce((sum, part, slot) => sum + thick(part) + between(slot) * 3, 0);
    const stretch = Math.min(1, (width - room.dense - from - gap) / whole);
    let x = from;
    const middles = [];
    for (const [slot, { slab, faces }] of nodes.entries()) {
      const [there, channels, side] = slots[slot];
      const isDense = slot >= SLOTS - 3;
      if (slot === SLOTS - 3) x = width - room.dense + gap / 2;
      x += isDense ? 0 : between(slot) * 3 * stretch;
      const wide = isDense ? room.dense / 9 : thick(slots[slot]) * stretch;
      const high = isDense ? (Math.log2(channels + 1) / 12) * room.image : Math.max(3, side * room.image) * there;
      const back = isDense ? 0 : LEAN * high;
      const [left, top] = [x.toFixed(2), (floor - high).toFixed(2)];
      put(faces[1], { d: there ? `M${left} ${top}h${wide.toFixed(2)}V${floor}H${left}z` : "" });
      const leaned = `l${(0.5 * back).toFixed(2)} ${(-0.8 * back).toFixed(2)}`;
      put(faces[0], { d: there && back ? `M${left} ${top}${leaned}h${wide.toFixed(2)}v${high.toFixed(2)}L${(x + wide).toFixed(2)} ${floor}V${top}z` : "" });
      put(slab, { opacity: there });
      const block = isDense ? MOST_BLOCKS : Math.floor(slot / MOST_LAYERS);
      if (there) (middles[block] ??= []).push(x, x + wide);
      x += wide + (isDense ? room.dense / 9 : 0);
    }
    let last = -Infinity;
    for (const [block, text] of sides.entries()) {
      const ends = middles[block];
      const middle = ends && (Math.min(...ends) + Math.max(...ends)) / 2;
      // Names that would touch stand on two lines.
      const isLow = middle - last < 26;
      if (ends) last = isLow ? -Infinity : middle;
      put(text, { x: middle ?? 0, y: floor + (isLow ? 29 : 16) });
      const layer = goal.all.find((one) => (block < MOST_BLOCKS ? one.block === block : one.block === null));
      text.textContent = ends && layer ? (block < MOST_BLOCKS ? layer.side : "dense") : "";
    }

    for (const kind of [0, 1]) {
      let start = 0;
      const y = floor + 52 + kind * 46;
      for (const [slot, { bars }] of nodes.entries()) {
        const share = slots[slot][3 + kind] * width;
        put(bars[kind], { x: start, y, width: share, height: BAR });
        start += share;
      }
    }
    put(words.input, { x: room.image / 2, y: floor + 16, "text-anchor": "middle" });
    put(words.sight, { x: 0, y: floor - room.image - room.above });
    put(words.parameters, { x: 0, y: floor + 47 });
    put(words.work, { x: 0, y: floor + 93 });
  };
  const move = eased(draw, DURATION);
  const light = pointing(root);

  const told = ({ target }) => {
    const slot = target.closest?.("[data-about]")?.dataset.about.split("-")[1];
    const layer = slot && goal?.all.find((one) => slotOf(one) === Number(slot));
    line.textContent = layer ? about(layer) : "Point at a layer to see its numbers.";
  };
  root.addEventListener("pointerover", told);
  root.addEventListener("pointerleave", () => told({ target: root }));
  const redraw = () => drawn && draw(drawn);
  query.addEventListener("change", redraw);
  told({ target: root });

  return {
    root,
    draw(state) {
      const { parameters, work } = totals(state);
      goal = { all: layers(state) };
      words.input.textContent = `${state.side}×${state.side}`;
      words.sight.textContent = sight(state);
      words.parameters.textContent = `${large(parameters)} parameters`;
      words.work.textContent = `${large(work)} multiply-adds`;
      told({ target: root });
      move.to(numbersOf(state));
    },
    stop() {
      move.stop();
      light.stop();
      query.removeEventListener("change", redraw);
    },
  };
}
