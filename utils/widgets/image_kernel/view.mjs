// Image kernel explorer: a small kernel slides over a photograph.

import { positionNear } from "../kit/convolution.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { axisFor, kernelPreset, offsetOf, resized } from "./math.mjs";
import { MARGIN, build, draw, drawPosition, paintThumb } from "./panels.mjs";
import { follow, update } from "../kit/parts.mjs";

const SETTINGS = ["photo", "preset", "kernel", "divisor", "padding", "stride", "view"];

function render({ model, el }) {
  const photos = {};
  for (const [name, photo] of Object.entries(model.get("photos")))
    photos[name] = { ...photo, pixels: decodePixels(photo.pixels) };
  const names = Object.keys(photos);
  const side = Math.max(photos[names[0]].width, photos[names[0]].height) + 2 * MARGIN;
  const read = () => Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
  let output;

  const position = () => {
    const [row, column] = model.get("position");
    return [Math.min(row, output.rows - 1), Math.min(column, output.columns - 1)];
  };
  const select = (row, column) => {
    const bounded = (value, count) => Math.min(Math.max(value, 0), count - 1);
    const next = [bounded(row, output.rows), bounded(column, output.columns)];
    if (String(next) !== String(model.get("position"))) update(model, { position: next });
  };
  // A change of geometry keeps the window where it is on the photograph.
  const move = (changes) => {
    const before = read();
    const after = { ...before, ...changes };
    const { width, height } = photos[after.photo];
    const size = after.kernel.length;
    const moved = [height, width].map((length, side) => {
      const start = position()[side] * before.stride - before.padding;
      const centre = start + (before.kernel.length - 1) / 2;
      return positionNear(axisFor(length, size, after), centre);
    });
    update(model, { ...changes, position: moved });
  };
  const act = {
    set: (changes) => update(model, changes),
    move,
    edit: (typed) => update(model, { ...typed, preset: "custom" }),
    pick(preset) {
      const size = model.get("kernel").length;
      update(model, preset === "custom" ? { preset } : { preset, ...kernelPreset(preset, size) });
    },
    resize(size) {
      const preset = model.get("preset");
      const filled =
        preset === "custom"
          ? { kernel: resized(model.get("kernel"), size) }
          : kernelPreset(preset, size);
      move({ kernel_size: size, ...filled });
    },
    pointInput(y, x) {
      const state = read();
      const { width, height } = photos[state.photo];
      const near = (length, place) =>
        positionNear(axisFor(length, state.kernel.length, state), place - MARGIN - 0.5);
      select(near(height, y), near(width, x));
    },
    pointOutput(y, x) {
      const state = read();
      const offset = offsetOf(state.kernel.length, state, MARGIN);
      select(Math.floor((y - offset) / state.stride), Math.floor((x - offset) / state.stride));
    },
    step(rows, columns) {
      const [row, column] = position();
      select(row + rows, column + columns);
    },
  };

  const view = build(names, side, act);
  let thumbs = "";
  const drawThumbs = (state) => {
    const photo = photos[state.photo];
    const size = state.kernel.length;
    const wanted = [state.photo, size, state.view].join();
    const { custom, ...named } = view.presets.canvases;
    paintThumb(custom, photo, state);
    if (wanted === thumbs) return;
    thumbs = wanted;
    for (const [name, canvas] of Object.entries(named))
      paintThumb(canvas, photo, { ...kernelPreset(name, size), view: state.view });
  };
  const redraw = () => {
    const state = read();
    output = draw(view, state, photos[state.photo]);
    drawPosition(view, state, photos[state.photo], output, position());
    drawThumbs(state);
  };
  const stops = [
    follow(model, SETTINGS, redraw),
    follow(model, ["position"], () => {
      const state = read();
      drawPosition(view, state, photos[state.photo], output, position());
    }),
  ];
  el.append(view.root);
  return () => {
    for (const stop of stops) stop();
    view.root.remove();
  };
}

export default { render };
