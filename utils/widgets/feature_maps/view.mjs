// Feature maps: a LeNet reads a drawn digit, and each pixel of its maps shows where it comes from.

import { article, layerWords, sentence, torchCode } from "./words.mjs";
import { answer, bounded, isAddedTo, loudestWay, meeting, stageOf, valueAt, windowOf } from "./math.mjs";
import { build } from "./nodes.mjs";
import { unpack } from "../kit/convnet.mjs";
import { SIDE, brushed, inkOf, textOf } from "../kit/ink.mjs";
import { button, choice, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const OWN = "own";
const BLANK = textOf(Array(SIDE * SIDE).fill(0));
const MELT = 600; // milliseconds from one drawing to the next
const GLIDE = 1500; // milliseconds for the window to glide to another pixel
const REST = 700; // milliseconds at a stop
const SWING = 5; // columns that the window swings to either side of where the story starts

const asText = ({ layer, channel, position }) => JSON.stringify([layer, channel, ...position]);
const inkOfText = (text) => inkOf(decodePixels(text));

function render({ model, el }) {
  const examples = model.get("examples");
  const three = inkOfText(examples[3]);
  const placeNow = () => Object.fromEntries(["layer", "channel", "position"].map((name) => [name, model.get(name)]));
  const opening = asText(placeNow());
  let layers = unpack(model.get("layers") ?? model.get("trained"));
  let given = null; // what `layers` were unpacked from
  let last = {}; // the last drawing, and what the network makes of it
  let found = null; // the same, and what is pointed at
  let isStory = false; // a story glides, a hand is followed at once

  const readingOf = (drawing) => {
    if (last.drawing !== drawing) {
      const ink = inkOfText(drawing);
      last = { drawing, ink, ...answer(layers, ink) };
    }
    return last;
  };
  const point = (layer, channel, position) => {
    isStory = false;
    const next = { layer, channel, position };
    if (asText(next) !== asText(placeNow())) update(model, next);
  };
  const nodes = build(
    readingOf(BLANK).all,
    point,
    (from, to) => update(model, { drawing: textOf(brushed(inkOfText(model.get("drawing")), from, to)) }),
  );
  const nameOf = (drawing) => Object.entries(examples).find(([, text]) => text === drawing)?.[0] ?? null;
  const digit = choice({
    label: "Digit",
    options: [...Object.keys(examples).map((name) => [name, `${article(name)} ${name}`]), [OWN, "my own"]],
    onInput: (name) => update(model, { drawing: examples[name] ?? BLANK }),
  });
  const clear = button("Clear", () => update(model, { drawing: BLANK }));

  // While one drawing turns into another, the network reads what lies between.
  const melt = eased((ink) => {
    nodes.canvas.draw(ink);
    nodes.paint(answer(layers, ink));
  }, MELT);
  // The window at a place between two pixels, and the products at the nearest one.
  const glide = eased((position) => {
    const { all, place } = found;
    nodes.mark(layers, all, { ...place, position });
    const near = { ...place, position: position.map(Math.round) };
    nodes.explain(layers, all, near, meeting(layers, all, near));
  }, GLIDE);

  function draw(state) {
    const weights = state.layers ?? model.get("trained");
    const before = found;
    if (given !== weights) {
      layers = unpack(weights);
      last = {};
    }
    const read = readingOf(state.drawing);
    const place = bounded(state, read.all);
    found = { ...read, place, meeting: meeting(layers, read.all, place) };
    if (given !== weights || before.drawing !== state.drawing) {
      digit.set(nameOf(state.drawing) ?? OWN);
      nodes.bars.name(read.probabilities, read.said);
      melt[nodes.canvas.isPainting() ? "set" : "to"](read.ink);
    }
    // The eased ink would be the same for other weights.
    if (given !== weights) nodes.paint(read);
    given = weights;
    nodes.bars.select(place.layer === 11 ? place.channel : -1);
    for (const [at, stack] of nodes.stacks) {
      const here = at === place.layer ? place : { layer: at, channel: 0, position: [0, 0] };
      stack.name(layerWords(here, valueAt(read.all, here)), here.channel, here.position);
    }
    const isNear = before?.place.layer === place.layer && before.place.channel === place.channel;
    nodes.picture.classList.toggle("book-flowing", isStory && !isNear);
    glide[isStory && isNear ? "to" : "set"](place.position);
  }

  /** The story: the window swings into place, then one pixel after the other on the loudest way. */
  function story() {
    const way = loudestWay(layers, found.all, found.said);
    const [row, column] = way[0].position;
    const swung = [-SWING, SWING].map((by) => Math.max(0, Math.min(SIDE - 1, column + by)));
    // At an edge of the map there is nowhere to swing to.
    return [...swung.filter((to) => to !== column).map((to) => ({ ...way[0], position: [row, to] })), ...way];
  }
  const resized = new ResizeObserver(() => {
    nodes.paint(found);
    nodes.spin();
    glide.set(found.place.position);
  });
  const leave = stage({
    model,
    el,
    names: ["drawing", "layer", "channel", "position", "layers"],
    label: "Feature maps",
    look: "book-feature-maps",
    picture: [nodes.picture],
    controls: [digit.root, clear],
    play: {
      every: GLIDE + REST,
      auto: true,
      step() {
        isStory = true;
        const stops = story();
        return stops[stops.map(asText).indexOf(asText(placeNow())) + 1] ?? null;
      },
      restart: () => story()[0],
    },
    draw,
    says(state) {
      const hint = asText(state) === opening ? "Point at any pixel. " : "";
      return hint + sentence(layers, found.place, found.meeting, found, !found.ink.some(Boolean));
    },
    code({ drawing, layers: own }) {
      const window = windowOf(layers, found.all, found.place);
      return torchCode({ name: nameOf(drawing), drawing, own }, found.place, window, layers[stageOf(found.place.layer).by]);
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
  resized.observe(nodes.picture);
  return leave;
}

export default { render };
