// The picture: the pad, the maps of each layer, the bars, the lens, and the lines between them.

import { CAPTIONS, sumLines } from "./words.mjs";
import { STAGES, seenOf, shares, stageOf, windowOf } from "./math.mjs";
import { colourOf, glow } from "./colours.mjs";
import { lens } from "./lens.mjs";
import { maps } from "./maps.mjs";
import { wires } from "./wires.mjs";
import { classBars } from "../kit/class_bars.mjs";
import { SIDE } from "../kit/ink.mjs";
import { pad } from "../kit/ink_pad.mjs";
import { element } from "../kit/parts.mjs";

const UNIT_COLUMNS = { 8: [4, 12], 10: [3, 12] }; // on a desk, and on a phone
const NARROW = "(max-width: 30rem)"; // as in look.css
const POOLS = [2, 5];

const isNarrow = () => matchMedia(NARROW).matches;
const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);

const column = (layer, node) => {
  const [title, size] = CAPTIONS[layer]; // may be wider than its maps
  const caption = element("figcaption", { class: "book-caption" }, element("b", {}, title), ` ${size}`);
  return element("figure", { class: `book-column book-column-${layer}` }, caption, node);
};

/**
 * The nodes, for outputs of the shapes in `blank`. `onPoint(layer, channel, position)` hears what
 * is pointed at, `onPaint(from, to)` where the brush goes. `paint` draws what the network makes of a
 * drawing, `explain` what is behind a place, `mark` the frames of a place between pixels.
 */
export function build(blank, onPoint, onPaint) {
  const canvas = pad({ onPaint, show: (node, ink) => glow(node, ink, SIDE, 1, true) });
  const stacks = new Map(
    STAGES.slice(0, -1).map(({ at }) => {
      const unitColumns = UNIT_COLUMNS[at] && (() => UNIT_COLUMNS[at][isNarrow() ? 1 : 0]);
      const point = (...place) => onPoint(at, ...place);
      return [at, maps({ layer: at, shape: blank[at + 1].shape, unitColumns, onPoint: point })];
    }),
  );
  const bars = classBars(10, (label) => label >= 0 && onPoint(11, label, [0, 0]));
  const glass = lens();
  const sum = element("dl", { class: "book-sum" });
  const picture = element("div", { class: "book-picture" });
  const lines = wires(picture, isNarrow);
  picture.append(
    lines.roots[0],
    column("pad", canvas.root),
    ...[...stacks].map(([at, stack]) => column(at, stack.root)),
    column(11, bars.root),
    element("div", { class: "book-under" }, glass.root, sum),
    lines.roots[1],
  );

  const canvasesOf = (layer) => (layer ? stacks.get(layer).canvases : [canvas.canvas]);
  /** The canvases that a stage looks at, one for each of its channels. */
  function sourcesOf({ layer, channel }) {
    const nodes = canvasesOf([0, ...stacks.keys()].filter((at) => at < layer).at(-1));
    return POOLS.includes(layer) ? [nodes[channel]] : nodes;
  }
  const targetOf = ({ layer, channel, position }) =>
    layer === 11 ? bars.options[channel].querySelector(".book-track") : stacks.get(layer).dotOf(channel, position).canvas;

  function paint({ all, probabilities }) {
    for (const [at, stack] of stacks) stack.draw(all[at + 1].values, largestOf(all[at + 1].values));
    bars.draw(probabilities);
  }

  function explain(layers, all, place, met) {
    const { by } = stageOf(place.layer);
    // The sum first: the lens has the width that it leaves.
    sum.replaceChildren(...sumLines(layers, place, met).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
    glass.draw(met, { largest: largestOf(all[by].values), isInk: by === 0 });
    glass.root.setAttribute("aria-label", `${met.products.length} products behind the pixel that is pointed at`);
    const share = met.out / largestOf(all[place.layer + 1].values);
    sum.style.setProperty("--out", `rgb(${colourOf(share).join(" ")})`);
    const [target, sources] = [targetOf(place), sourcesOf(place)];
    const parts = sources.length > 1 ? shares(met) : [met.out];
    lines.speak(sources.map((from, at) => ({ from, to: target, share: parts[at] })));
  }

  function mark(layers, all, place) {
    const { layer, channel, position } = place;
    const framed = ({ top, left, rows, columns }) => ({ row: top, column: left, height: rows, width: columns });
    const frames = [{ canvas: canvas.canvas, look: "book-seen", ...framed(seenOf(layers, place)), rows: SIDE, columns: SIDE }];
    if (!stageOf(layer).lens) {
      const [, rows, columns] = all[stageOf(layer).by].shape;
      const window = framed(windowOf(layers, all, place));
      for (const source of sourcesOf(place)) frames.push({ canvas: source, look: "book-window", ...window, rows, columns });
    }
    if (layer !== 11) frames.push({ ...stacks.get(layer).dotOf(channel, position), look: "book-dot", height: 1, width: 1 });
    lines.frame(frames);
  }

  /** Spin the faint lines from each map to those that look at it. */
  function spin() {
    const pairs = [...stacks.keys()].flatMap((at) =>
      canvasesOf(at).flatMap((to, channel) => sourcesOf({ layer: at, channel }).map((from) => [from, to])),
    );
    lines.spin([...pairs, ...bars.options.map((option) => [canvasesOf(10)[0], option])]);
  }
  return { picture, canvas, stacks, bars, paint, explain, mark, spin };
}
