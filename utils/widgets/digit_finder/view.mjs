// Digit finder: a trained net looks on while digits are dragged into a scene.

import { board } from "./board.mjs";
import { cellsOf, fates, isHidden, reports, verdicts } from "./math.mjs";
import { added, placed, removed, resized } from "./moves.mjs";
import { SIZE, composed, extentOf, shelfOf } from "./painting.mjs";
import { side } from "./side.mjs";
import { sentence, torchCode } from "./words.mjs";
import { forward, unpack } from "../kit/convnet.mjs";
import { element, slider, toggle, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";

const EACH = 140; // milliseconds from pixel to pixel of the glide
const LONGEST = 400; // places of a trail

function render({ model, el }) {
  const net = unpack(model.get("net"));
  const grounds = model.get("grounds").map(decodePixels);
  const sprites = shelfOf(model.get("digits"));
  const read = () => ({ objects: model.get("objects"), chosen: model.get("chosen") });
  let looked = { key: null }; // what the net saw last
  let trail = { key: null, fates: new Map() };

  /** The scene and what the net says of it, computed once while nothing in it changes. */
  function look({ objects, ground }) {
    const key = JSON.stringify([objects, ground]);
    if (looked.key !== key) {
      const scene = composed(grounds[ground], objects, sprites);
      const picture = { shape: [1, SIZE, SIZE], values: Float64Array.from(scene.greys, (grey) => grey / 255) };
      const extents = objects.map(([digit, size]) => extentOf(sprites(digit, size)));
      looked = { key, ...scene, extents, cells: cellsOf(forward(net, picture).at(-1)) };
    }
    return looked;
  }

  /** Where the chosen digit has been, as long as nothing else changes, and what became of it there. */
  function visited({ objects, chosen, ground, threshold, suppressed }, found) {
    const others = objects.map((row, index) => (index === chosen ? row.slice(0, 2) : row));
    const key = JSON.stringify([others, chosen, ground, threshold, suppressed]);
    if (trail.key !== key || trail.fates.size > LONGEST) trail = { key, fates: new Map() };
    if (found[chosen]) {
      const [left, top, right, bottom] = looked.boxes[chosen];
      trail.fates.set(String(objects[chosen]), [[(left + right) / 2, (top + bottom) / 2], found[chosen].fate]);
    }
    return [...trail.fates.values()];
  }

  function see(state) {
    const { objects, threshold, suppressed } = state;
    const scene = look(state);
    const all = reports(scene.cells, suppressed);
    const shown = all.filter(({ score }) => score >= threshold);
    const found = fates(objects, scene.boxes, shown);
    return { ...scene, objects, threshold, all, shown, fates: found, right: verdicts(objects, scene.boxes, shown), visited: visited(state, found) };
  }

  const set = (objects, chosen = model.get("chosen")) => update(model, { objects, chosen: Math.max(0, Math.min(chosen, objects.length - 1)) });
  const acts = {
    choose(chosen) {
      if (chosen !== model.get("chosen")) update(model, { chosen });
    },
    move: (index, corner) => set(placed(read().objects, index, corner, sprites)),
    grow(by, index = read().chosen) {
      if (read().objects[index]) set(resized(read().objects, index, by, sprites));
    },
    remove(index = read().chosen) {
      if (read().objects[index]) set(removed(read().objects, index));
    },
    add(digit) {
      const objects = added(read().objects, digit, sprites);
      if (objects !== read().objects) set(objects, objects.length - 1);
    },
    ground: (ground) => update(model, { ground }),
    /** A digit is dragged off the shelf: it comes into the scene as the pointer does. */
    drag(digit, event, isThere) {
      const place = picture.placeOf(event);
      if (!isThere && place.some((value) => value < 0 || value > SIZE)) return false;
      const before = read().objects;
      const objects = isThere ? before : added(before, digit, sprites);
      if (!isThere && objects === before) return false;
      const last = objects.length - 1;
      const extent = extentOf(sprites(...objects[last].slice(0, 2)));
      set(placed(objects, last, place.map((value, axis) => value - extent[axis] / 2), sprites), last);
      return true;
    },
  };
  const picture = board(read, { ...acts, grow: (index, by) => acts.grow(by, index) });
  const beside = side(model.get("digits"), grounds, acts);
  const root = element("div", { class: "book-sides" }, picture.root, beside.root);
  const pointed = pointing(root);
  const threshold = slider({ label: "Threshold", min: 0.05, max: 0.95, step: 0.05, format: (value) => value.toFixed(2), onInput: (value) => update(model, { threshold: value }) });
  const switches = Object.fromEntries(
    [["cells", "Cells"], ["truth", "Truth"], ["suppressed", "Non-maximum suppression"]].map(([name, label]) => [
      name,
      toggle({ label, onInput: (isOn) => update(model, { [name]: isOn }) }),
    ]),
  );
  let seen = null; // what the last redraw saw

  return stage({
    model,
    el,
    names: ["objects", "ground", "threshold", "chosen", "cells", "truth", "suppressed"],
    label: "Digit finder",
    look: "book-digit-finder",
    picture: [root],
    controls: [threshold.root, switches.cells.root, switches.truth.root],
    more: [element("div", { class: "book-controls" }, switches.suppressed.root)],
    play: {
      every: EACH,
      step({ objects, chosen }) {
        if (!objects[chosen]) return null;
        const [, , x, y] = objects[chosen];
        const next = placed(objects, chosen, [x + 1, y], sprites);
        return next[chosen][2] > x ? { objects: next } : null;
      },
      restart: ({ objects, chosen }) => (objects[chosen] ? { objects: placed(objects, chosen, [0, objects[chosen][3]], sprites) } : undefined),
    },
    draw(state) {
      seen = see(state);
      threshold.set(state.threshold);
      for (const [name, { set: check }] of Object.entries(switches)) check(state[name]);
      picture.draw(seen, state);
      beside.draw(seen, state);
      pointed.refresh();
    },
    says: () => sentence(seen),
    code({ chosen }) {
      const cell = seen.fates[chosen]?.cell ?? 0;
      return torchCode(cell, seen.cells[cell]);
    },
    task: {
      text: "Hide a digit of 20 px or more in plain sight, threshold 0.50 or less.",
      isDone: ({ objects, threshold: least }) => isHidden(objects, seen.fates, seen.inSight, least),
      praise: "Hidden: at least 70 % in sight, yet no box with an IoU of 0.5.",
    },
    onReset() {
      trail = { key: null, fates: new Map() };
    },
    onStop: pointed.stop,
  });
}

export default { render };
