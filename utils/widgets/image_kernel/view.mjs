// Image kernel: a small kernel glides over a photograph, and every product is in sight.

import { decodePixels } from "../kit/pixels.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";
import { actions } from "./actions.mjs";
import { nextStop, offsetOf, sweep } from "./geometry.mjs";
import { bounded, correlate2d, keepsBrightness, productsAt, toGrey } from "./math.mjs";
import { MARGIN, build } from "./nodes.mjs";
import { sentence, torchCode } from "./words.mjs";

const SETTINGS = ["photo", "preset", "kernel_size", "kernel", "divisor", "padding", "stride", "view"];
const GLIDE = 2800; // milliseconds from one stop to the next
const REST = 400; // milliseconds at a stop
const TASK = {
  text: "Drag a weight sideways until flat regions keep their brightness.",
  isDone: (state) => state.preset === "custom" && keepsBrightness(state),
  praise:
    "Weights that add up to 1 leave flat regions as bright as they are; with a sum of 0 they turn black.",
};

/** A function that gives the photograph and the output of the settings, worked out once. */
function scenery(photos) {
  let known = "";
  let scene = null;
  return (state) => {
    const wanted = JSON.stringify(SETTINGS.map((name) => state[name]));
    if (wanted === known) return scene;
    const photo = photos[state.photo];
    const output = correlate2d(photo.pixels, photo.width, photo.height, state.kernel, state);
    known = wanted;
    scene = { state, photo, output, range: toGrey(output.values, state.view) };
    return scene;
  };
}

function render({ model, el }) {
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos")))
    photos[name] = { ...photo, pixels: decodePixels(photo.pixels) };
  const side = Math.max(...Object.values(photos).flatMap(({ width, height }) => [width, height]));
  const names = [...SETTINGS, "position"];
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const sceneOf = scenery(photos);
  let now = null; // the scene that is drawn
  let isGliding = false; // a story glides, a hand is followed at once
  let isWriting = false; // the window sweeps, and the output is seen as far as it has come
  let reveal = 0; // the timer that shows all of it when the story stops on the way
  let shown = null; // where the window is drawn
  let isOnWay = false; // it has not arrived, and what is said of its place would not be seen
  let redraw = () => {};
  let pause = () => {};
  const writeNoMore = () => {
    clearTimeout(reveal);
    isWriting = false;
  };
  const onMove = () => {
    isGliding = false;
    writeNoMore();
  };
  const act = actions({ model, read, sceneOf, onMove, onHand: () => pause(), onFault: () => redraw() });
  const nodes = build(Object.keys(photos), side + 2 * MARGIN, act);

  const meetingAt = (place) => {
    const { state, photo, output, range } = now;
    const [row, column] = bounded(place, output);
    const { pixels, width, height } = photo;
    const meeting = productsAt(pixels, width, height, state.kernel, state, [row, column]);
    return { ...meeting, grey: range.greys[row * output.columns + column] };
  };
  // The window at a place between output pixels, and the products at the nearest one.
  const glide = eased(([row, column]) => {
    const { padding, stride, kernel } = now.state;
    const corner = MARGIN - padding;
    const offset = offsetOf(kernel.length, now.state, MARGIN);
    const window = nodes.input.select(corner + column * stride, corner + row * stride, kernel.length);
    const pixel = nodes.output.select(offset + column * stride, offset + row * stride, stride);
    nodes.lens.draw(window, pixel);
    const { photo, output } = now;
    const rows = { left: corner, top: corner + row * stride, width: photo.width + 2 * padding, size: kernel.length };
    nodes.input.scan(isWriting && rows);
    const written = { left: offset, top: offset + row * stride, width: output.columns * stride, size: stride };
    nodes.output.scan(isWriting && written);
    nodes.output.hideAfter(isWriting ? [row, column].map(Math.round) : null, output, offset, stride);
    nodes.lab.classList.toggle("book-telling", isGliding);
    const meeting = meetingAt([row, column].map(Math.round));
    nodes.cells.show(meeting);
    nodes.output.fill(meeting.grey);
    shown = [row, column];
    if (isOnWay && String(shown) === String(bounded(model.get("position"), now.output))) redraw();
  }, GLIDE);
  const melt = eased((greys) => {
    const offset = offsetOf(now.state.kernel.length, now.state, MARGIN);
    const { rows, columns } = now.output;
    nodes.output.show(greys.map(Math.round), columns, rows, offset, now.state.stride);
  });

  const draw = (state) => {
    const scene = sceneOf(state);
    const target = bounded(state.position, scene.output);
    if (scene !== now) {
      now = scene;
      onMove();
      nodes.set(now);
      // Under a hand that drags, the picture must not lag behind.
      if (nodes.cells.isDragging()) melt.set(now.range.greys);
      else melt.to(now.range.greys);
    }
    isOnWay = false;
    if (isGliding) glide.to(target);
    else glide.set(target);
    isOnWay = String(shown) !== String(target);
  };
  const sweepOf = (state) => {
    const { values, rows, columns } = sceneOf(state).output;
    return sweep(values, rows, columns);
  };
  const finish = () => {
    writeNoMore();
    glide.set(shown);
  };
  const towards = ({ start, stops }, position) => {
    clearTimeout(reveal);
    isGliding = position !== null;
    isWriting = isGliding && position !== stops.at(-1);
    if (isWriting && position === stops[0]) glide.set(start);
    if (isWriting) reveal = setTimeout(finish, 2 * GLIDE);
    return position && { position };
  };
  const pointer = pointing(nodes.lab);
  return stage({
    model,
    el,
    names,
    label: "Image kernel",
    look: "book-image-kernel",
    picture: nodes.picture,
    controls: [nodes.presets.root],
    play: {
      step(state) {
        const way = sweepOf(state);
        return towards(way, nextStop(way.stops, bounded(state.position, sceneOf(state).output)));
      },
      restart(state) {
        const way = sweepOf(state);
        return towards(way, way.stops[0]);
      },
      every: GLIDE + REST,
      auto: true,
    },
    draw,
    says: (state) => nodes.cells.fault() || sentence(state, isOnWay ? null : meetingAt(state.position)),
    more: nodes.more,
    code: (state) => torchCode(state, now.range),
    task: TASK,
    onReady(again, player) {
      redraw = again;
      pause = player.pause;
    },
    onReset() {
      onMove();
      nodes.cells.restore();
    },
    onStop() {
      clearTimeout(reveal);
      for (const part of [glide, melt, pointer, nodes.lens]) part.stop();
    },
  });
}

export default { render };
