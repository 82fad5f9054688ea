// Feature maps: a LeNet reads a drawn digit, and each pixel of its maps shows where it comes from.

import { CAPTIONS, article, layerWords, sentence, sumLines, torchCode } from "./words.mjs";
import { SIDE, STAGES, answer, bounded, brushed, inkOf, isAddedTo, loudestWay, meeting, seenOf, shares, stageOf, textOf, valueAt, windowOf } from "./math.mjs";
import { colourOf } from "./colours.mjs";
import { lens } from "./lens.mjs";
import { maps } from "./maps.mjs";
import { pad } from "./pad.mjs";
import { wires } from "./wires.mjs";
import { classBars } from "../kit/class_bars.mjs";
import { unpack } from "../kit/convnet.mjs";
import { button, choice, element, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const OWN = "own";
const BLANK = textOf(Array(SIDE * SIDE).fill(0));
const MELT = 600; // milliseconds from one drawing to the next
const GLIDE = 900; // milliseconds for the window to glide to another pixel
const UNIT_COLUMNS = { 8: [4, 12], 10: [3, 12] }; // on a desk, and on a phone
const NARROW = "(max-width: 30rem)"; // as in look.css
const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);

const column = (layer, node) => {
  const [title, size] = CAPTIONS[layer]; // may be wider than its maps
  const caption = element("figcaption", { class: "book-caption" }, element("b", {}, title), ` ${size}`);
  return element("figure", { class: `book-column book-column-${layer}` }, caption, node);
};

function render({ model, el }) {
  const examples = model.get("examples");
  const three = inkOf(decodePixels(examples[3]));
  const placeNow = () => Object.fromEntries(["layer", "channel", "position"].map((name) => [name, model.get(name)]));
  let layers = [];
  let given; // what `layers` were unpacked from
  let last = {}; // the last drawing, and what the network makes of it
  let found = null; // the same, and what is pointed at
  let isStory = false; // a story glides, a hand is followed at once

  const point = (layer) => (channel, position = [0, 0]) => {
    isStory = false;
    const next = { layer, channel, position };
    if (JSON.stringify(next) !== JSON.stringify(placeNow())) update(model, next);
  };
  const inkNow = () => inkOf(decodePixels(model.get("drawing")));
  const canvas = pad({ onPaint: (from, to) => update(model, { drawing: textOf(brushed(inkNow(), from, to)) }) });
  const blank = answer(unpack(model.get("layers") ?? model.get("trained")), Array(SIDE * SIDE).fill(0));
  const isNarrow = () => matchMedia(NARROW).matches;
  const stacks = new Map(
    STAGES.slice(0, -1).map(({ at }) => {
      const wide = UNIT_COLUMNS[at];
      const unitColumns = wide && (() => wide[isNarrow() ? 1 : 0]);
      return [at, maps({ layer: at, shape: blank.all[at + 1].shape, unitColumns, onPoint: point(at) })];
    }),
  );
  const bars = classBars(10, (label) => label >= 0 && point(11)(label));
  const glass = lens();
  const sum = element("dl", { class: "book-sum" });
  const picture = element("div", { class: "book-picture" });
  const lines = wires(picture, isNarrow);
  picture.append(
    lines.roots[0],
    column("pad", canvas.root),
    ...STAGES.slice(0, -1).map(({ at }) => column(at, stacks.get(at).root)),
    column(11, bars.root),
    element("div", { class: "book-under" }, glass.root, sum),
    lines.roots[1],
  );

  const digit = choice({
    label: "Digit",
    options: [...Object.keys(examples).map((name) => [name, `${article(name)} ${name}`]), [OWN, "my own"]],
    onInput: (name) => update(model, { drawing: examples[name] ?? BLANK }),
  });
  const clear = button("Clear", () => update(model, { drawing: BLANK }));

  const paint = ({ all, probabilities }) => {
    for (const [at, stack] of stacks) stack.draw(all[at + 1].values, largestOf(all[at + 1].values));
    bars.draw(probabilities);
  };
  // While one drawing turns into another, the network reads what lies between.
  const melt = eased((ink) => {
    canvas.draw(ink);
    paint(answer(layers, ink));
  }, MELT);

  /** The canvases that a stage looks at, one for each of its channels. */
  function sourcesOf({ layer, channel }) {
    const { by } = stageOf(layer);
    if (by === 0) return [canvas.canvas];
    const before = [...stacks.keys()].filter((at) => at < layer).at(-1);
    const nodes = stacks.get(before).canvases;
    return layer === 2 || layer === 5 ? [nodes[channel]] : nodes;
  }
  const targetOf = ({ layer, channel, position }) =>
    layer === 11 ? bars.options[channel].querySelector(".book-track") : stacks.get(layer).dotOf(channel, position).canvas;

  // The frames at a place that may lie between two pixels.
  const glide = eased((position) => {
    const place = { ...found.place, position };
    const frames = [{ canvas: canvas.canvas, look: "book-seen", rows: SIDE, columns: SIDE, ...boxOf(seenOf(layers, place)) }];
    const { layer, channel } = place;
    if (!stageOf(layer).lens) {
      const { top, left, rows, columns } = windowOf(layers, found.all, place);
      const size = found.all[stageOf(layer).by].shape;
      for (const source of sourcesOf(place)) {
        frames.push({ canvas: source, look: "book-window", row: top, column: left, height: rows, width: columns, rows: size[1], columns: size[2] });
      }
    }
    if (layer !== 11) frames.push({ ...stacks.get(layer).dotOf(channel, position), look: "book-dot", height: 1, width: 1 });
    lines.frame(frames);
  }, GLIDE);
  const boxOf = ({ top, left, rows, columns }) => ({ row: top, column: left, height: rows, width: columns });

  function explain() {
    const { place, all } = found;
    const { by } = stageOf(place.layer);
    const values = all[by].values;
    glass.draw(found.meeting, { largest: largestOf(values), isInk: by === 0 });
    glass.root.setAttribute("aria-label", `${found.meeting.products.length} products behind the pixel that is pointed at`);
    sum.replaceChildren(...sumLines(layers, place, found.meeting).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
    const share = found.meeting.out / largestOf(all[place.layer + 1].values);
    sum.style.setProperty("--out", `rgb(${colourOf(share).join(" ")})`);
    const [target, sources] = [targetOf(place), sourcesOf(place)];
    const parts = sources.length > 1 ? shares(found.meeting) : [found.meeting.out];
    lines.speak(sources.map((from, at) => ({ from, to: target, share: parts[at] })));
  }

  function spin() {
    const all = (at) => (at ? stacks.get(at).canvases : [canvas.canvas]);
    const pairs = (from, to) => all(from).flatMap((one) => all(to).map((other) => [one, other]));
    const same = (from, to) => all(from).map((one, at) => [one, all(to)[at]]);
    const ends = bars.options.map((option) => [all(10)[0], option]);
    lines.spin([...pairs(0, 1), ...same(1, 2), ...pairs(2, 4), ...same(4, 5), ...pairs(5, 8), ...pairs(8, 10), ...ends]);
  }

  function readingOf(drawing) {
    if (last.drawing !== drawing) {
      const ink = inkOf(decodePixels(drawing));
      last = { drawing, ink, ...answer(layers, ink) };
    }
    return last;
  }

  function draw(state) {
    const weights = state.layers ?? model.get("trained");
    if (given !== weights) {
      given = weights;
      layers = unpack(weights);
      last = {};
    }
    const read = readingOf(state.drawing);
    const place = bounded(state, read.all);
    const before = found?.place;
    found = { place, meeting: meeting(layers, read.all, place), ...read };
    digit.set(Object.entries(examples).find(([, text]) => text === state.drawing)?.[0] ?? OWN);
    melt[canvas.isPainting() ? "set" : "to"](read.ink);
    bars.name(read.probabilities, read.said);
    bars.select(place.layer === 11 ? place.channel : -1);
    for (const [at, stack] of stacks) {
      const here = bounded(at === place.layer ? place : { layer: at, channel: 0, position: [0, 0] }, read.all);
      stack.name(layerWords(here, valueAt(read.all, here)), here.channel, here.position);
    }
    const isNear = before?.layer === place.layer && before.channel === place.channel;
    explain();
    picture.classList.toggle("book-flowing", isStory && !isNear);
    glide[isStory && isNear ? "to" : "set"](place.position);
  }

  /** The story: the window glides into place, then one pixel after the other on the loudest way. */
  function story() {
    const way = loudestWay(layers, found.all, found.said);
    const { position: [row, column] } = way[0];
    return [{ ...way[0], position: [row, Math.max(0, column - 8)] }, ...way];
  }
  const resized = new ResizeObserver(() => {
    if (!found) return;
    paint(found);
    spin();
    explain();
    glide.set(found.place.position);
  });
  const leave = stage({
    model,
    el,
    names: ["drawing", "layer", "channel", "position", "layers"],
    label: "Feature maps",
    look: "book-feature-maps",
    picture: [picture],
    controls: [digit.root, clear],
    play: {
      every: 1900,
      auto: true,
      step() {
        isStory = true;
        const stops = story().map((stop) => JSON.stringify(stop));
        const next = stops[stops.indexOf(JSON.stringify(placeNow())) + 1];
        return next ? JSON.parse(next) : null;
      },
      restart: () => story()[0],
    },
    draw,
    says: () => sentence(layers, found.place, found.meeting, found, !found.ink.some(Boolean)),
    code({ drawing, layers: own }) {
      const name = Object.entries(examples).find(([, text]) => text === drawing)?.[0] ?? null;
      const window = windowOf(layers, found.all, found.place);
      return torchCode({ name, drawing, own }, found.place, window, layers[stageOf(found.place.layer).by]);
    },
    task: {
      text: "Turn the 3 into an 8 with your pen.",
      isDone({ drawing }) {
        const { ink, said } = readingOf(drawing);
        return said === 8 && isAddedTo(ink, three);
      },
      praise: "An 8 now: your ink lights up other pixels of the maps, and they speak for another digit.",
    },
    onStop() {
      resized.disconnect();
      for (const part of [melt, glide]) part.stop();
    },
  });
  resized.observe(picture);
  return leave;
}

export default { render };
