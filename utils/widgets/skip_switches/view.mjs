// Skip switches: the net runs in the browser, its skips can be cut.

import { borderShare, decoded, encoded, largest, meanIou, unpacked } from "./math.mjs";
import { SHOWN, drawing, overlaid } from "./u.mjs";
import { sentence, torchCode } from "./words.mjs";
import { number, percent } from "../kit/numbers.mjs";
import { choice, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { pointing } from "../kit/pointing.mjs";
import { stage } from "../kit/stage.mjs";
import { eased } from "../kit/tween.mjs";

const EACH = 450; // milliseconds from block to block
const LAST = 8;

/** The single maps of a block. */
function split({ shape: [channels], values }) {
  const area = values.length / channels;
  return Array.from({ length: channels }, (_, map) => values.subarray(map * area, (map + 1) * area));
}

const spread = (map) => {
  const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
  return map.reduce((sum, value) => sum + (value - mean) ** 2, 0) / map.length;
};

/** Which maps of a block to show, those that vary most, and the value that is drawn brightest. */
function chosen(block) {
  const maps = split(block);
  const order = maps.map((_, index) => index).sort((one, other) => spread(maps[other]) - spread(maps[one]));
  return order.slice(0, SHOWN).map((index) => ({ index, top: Math.max(...maps[index]) }));
}

const shown = (block, choices) => {
  const maps = split(block);
  return choices.map(({ index, top }) => Array.from(maps[index], (value) => Math.min(1, value / top)));
};

function render({ model, el }) {
  const net = unpacked(model.get("net"));
  const scenes = model.get("scenes").map(([picture, mask]) => ({ greys: decodePixels(picture), truth: decodePixels(mask) }));
  const read = scenes.map(() => null);
  let seen = null; // what the last redraw found

  /** What does not depend on the skips, once a scene. */
  function basics(index) {
    const { greys } = scenes[index];
    if (!read[index]) {
      const down = encoded(net, Float64Array.from(greys, (grey) => grey / 255));
      const whole = decoded(net, down, [true, true, true]);
      read[index] = { down, left: down.map(chosen), right: whole.slice(0, -1).map(chosen), found: new Map() };
    }
    return read[index];
  }

  /** Maps, mask and scores of a setting, once. */
  function result({ scene, skips }) {
    const { down, right, found } = basics(scene);
    const key = String(skips);
    if (!found.has(key)) {
      const up = decoded(net, down, skips);
      const mask = largest(up.at(-1));
      const { greys, truth } = scenes[scene];
      found.set(key, {
        maps: up.slice(0, -1).map((block, place) => shown(block, right[place])),
        colours: overlaid(greys, mask),
        iou: meanIou(mask, truth),
        border: borderShare(mask, truth),
      });
    }
    return found.get(key);
  }

  const u = drawing((level) => {
    const skips = model.get("skips").map((isOn, place) => (place === level ? !isOn : isOn));
    update(model, { skips, step: LAST });
  });
  const pointed = pointing(u.root);
  const scene = choice({
    label: "Scene",
    options: scenes.map((_, index) => [String(index + 1), String(index + 1)]),
    onInput: (name) => update(model, { scene: Number(name) - 1 }),
  });

  const looks = eased((numbers) => {
    let at = 2;
    const take = (count) => numbers.slice(at, (at += count));
    u.iou.draw(numbers[0]);
    u.border.draw(numbers[1]);
    seen.maps.forEach((maps, place) => {
      u.up[seen.maps.length - 1 - place].draw(maps.map((map) => take(map.length)));
    });
    u.drawMask(take(seen.colours.length));
  }, 300);

  let drawn = null; // the scene whose encoder is in sight
  return stage({
    model,
    el,
    names: ["skips", "scene", "step"],
    label: "Skip switches",
    look: "book-skip-switches",
    picture: [u.root],
    controls: [scene.root],
    play: {
      every: EACH,
      auto: true,
      step: ({ step }) => (step < LAST ? { step: step + 1 } : null),
      restart: () => ({ step: 0 }),
    },
    draw(state) {
      seen = result(state);
      scene.set(String(state.scene + 1));
      state.skips.forEach((isOn, level) => u.skips[level].set(isOn));
      if (drawn !== state.scene) {
        const { down, left } = basics(state.scene);
        down.forEach((block, level) => u.down[level].draw(shown(block, left[level])));
        u.drawScene(overlaid(scenes[state.scene].greys, new Uint8Array(scenes[state.scene].greys.length)));
        drawn = state.scene;
      }
      const whole = result({ ...state, skips: state.skips.map(() => true) });
      u.iou.mark(whole.iou);
      u.border.mark(whole.border);
      u.reach(state.step);
      u.iou.name(state.step < LAST ? "" : number(seen.iou));
      u.border.name(state.step < LAST ? "" : percent(seen.border));
      const isDone = state.step === LAST;
      looks.to([isDone ? seen.iou : 0, isDone ? seen.border : 0, ...seen.maps.flat(2), ...seen.colours]);
      pointed.refresh();
    },
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: "Cut the one skip without which the border suffers most.",
      isDone: ({ skips, step }) => step === LAST && String(skips) === "false,true,true",
      praise: "The finest one: no pooling has blurred what it hands over.",
    },
    onStop() {
      looks.stop();
      pointed.stop();
    },
  });
}

export default { render };
