// What a reader can do to the image kernel demo: each action changes its model.

import { positionNear } from "../kit/convolution.mjs";
import { update } from "../kit/parts.mjs";
import { offsetOf } from "./geometry.mjs";
import { axisFor, bounded, kernelPreset, resized } from "./math.mjs";
import { MARGIN } from "./nodes.mjs";

/**
 * The actions on a model; `sceneOf(state)` gives the photograph and the output of the settings,
 * `read()` the settings, `onMove()` hears that a hand has moved the window, `onHand()` that a pointer
 * is on a picture, and `onFault()` that what is typed has become wrong or right.
 */
export function actions({ model, read, sceneOf, onMove, onHand, onFault }) {
  const select = (place) => {
    const position = bounded(place, sceneOf(read()).output);
    onMove();
    if (String(position) !== String(model.get("position"))) update(model, { position });
  };
  // A change of geometry keeps the window where it is on the photograph.
  const move = (changes) => {
    const before = read();
    const after = { ...before, ...changes };
    const { photo, output } = sceneOf(before);
    const from = bounded(before.position, output);
    const position = [photo.height, photo.width].map((length, side) => {
      const start = from[side] * before.stride - before.padding;
      const centre = start + (before.kernel.length - 1) / 2;
      return positionNear(axisFor(length, after.kernel.length, after), centre);
    });
    onMove();
    update(model, { ...changes, position });
  };
  return {
    set: (changes) => update(model, changes),
    move,
    hold: onHand,
    complain: onFault,
    edit: (typed) => update(model, { ...typed, preset: "custom" }),
    pick(preset) {
      update(model, { preset, ...kernelPreset(preset, model.get("kernel").length) });
    },
    resize(size) {
      const { preset, kernel } = read();
      const isOwn = preset === "custom";
      move({ kernel_size: size, ...(isOwn ? { kernel: resized(kernel, size) } : kernelPreset(preset, size)) });
    },
    pointInput(y, x) {
      const state = read();
      const { width, height } = sceneOf(state).photo;
      const near = (length, place) =>
        positionNear(axisFor(length, state.kernel.length, state), place - MARGIN - 0.5);
      select([near(height, y), near(width, x)]);
    },
    pointOutput(y, x) {
      const state = read();
      const offset = offsetOf(state.kernel.length, state, MARGIN);
      select([y, x].map((place) => Math.floor((place - offset) / state.stride)));
    },
    step(rows, columns) {
      const state = read();
      const [row, column] = bounded(state.position, sceneOf(state).output);
      select([row + rows, column + columns]);
    },
  };
}
