// The nodes of the image kernel demo, made once: the picture, the presets, the drawer.

import { choice, element, slider } from "../kit/parts.mjs";
import { tiles } from "../kit/tiles.mjs";
import { entryName, kernelCells } from "./cells.mjs";
import { lens } from "./lens.mjs";
import { kernelPreset } from "./math.mjs";
import { paintThumb, photograph } from "./pictures.mjs";
import { MEANINGS, formula, rangeSentence } from "./words.mjs";

/** Room for the widest padding around the picture, in input pixels. */
export const MARGIN = 2;

const caption = () => element("p", { class: "book-caption" });

/** Make every node; a picture is `side` input pixels wide, `act` is what controls do. */
export function build(names, side, act) {
  const keys = "arrow keys, Home and End move the";
  const moves = (onPoint) => ({ onPoint, onStep: act.step, onHand: act.hold });
  const input = photograph(`Input picture: ${keys} window`, side, moves(act.pointInput));
  const output = photograph(`Output picture: ${keys} pixel`, side, moves(act.pointOutput));
  const cells = kernelCells(act.edit, act.complain);
  const lab = element("div", { class: "book-lab" });
  const cones = lens(lab, side, {
    pictures: [input.ground, output.ground],
    cells: cells.grid,
    grey: cells.grey,
  });
  lab.append(input.root, output.root, cones.root, cells.root);
  const photo = choice({
    label: "Photograph",
    options: names.map((name) => [name, name]),
    onInput: (name) => act.set({ photo: name }),
  });
  const view = choice({
    label: "Output shown",
    options: [
      ["clipped", "clipped to 0\u2013255"],
      ["raw", "raw, rescaled"],
    ],
    onInput: (name) => act.set({ view: name }),
  });
  const size = choice({
    label: "Kernel size",
    options: [3, 5].map((count) => [count, `${count} \u00d7 ${count}`]),
    onInput: (count) => act.resize(Number(count)),
  });
  const sliders = { padding: [0, MARGIN], stride: [1, 4] };
  const [padding, stride] = Object.entries(sliders).map(([name, [min, max]]) =>
    slider({
      label: name === "padding" ? "Padding" : "Stride",
      min,
      max,
      onInput: (value) => act.move({ [name]: value }),
    }),
  );
  const choices = { photo, view, padding, stride };
  const texts = { formula: caption(), range: caption(), credit: caption() };
  const settings = [photo, view, size, padding, stride].map((control) => control.root);
  const controls = element("div", { class: "book-controls" }, ...settings, cells.by);
  const presets = tiles("Kernel", Object.keys(MEANINGS), act.pick);
  let thumbs = "";
  let ghost = "";
  /** Follow all settings but the window's place; `melt` draws the output. */
  const set = ({ state, photo: shot, output: result, range }) => {
    const count = state.kernel.length;
    for (const [name, control] of Object.entries(choices)) control.set(state[name]);
    size.set(count);
    presets.set(state.preset);
    cells.set(state);
    input.title.textContent = `Input ${shot.height} \u00d7 ${shot.width}`;
    output.title.textContent = `Output ${result.rows} \u00d7 ${result.columns}`;
    input.show(shot.pixels, shot.width, shot.height, MARGIN, 1);
    input.surround(MARGIN, shot, state.padding);
    input.divide(count, entryName);
    texts.formula.textContent = formula(shot, result, state);
    texts.range.textContent = rangeSentence(range, result.values.length, state.view);
    texts.credit.textContent = `Photograph: ${shot.credit}.`;
    if (state.photo !== ghost) output.haunt(shot, MARGIN);
    ghost = state.photo;
    const wanted = [state.photo, count, state.view].join();
    if (wanted === thumbs) return;
    thumbs = wanted;
    for (const [name, canvas] of Object.entries(presets.canvases))
      paintThumb(canvas, shot, { ...kernelPreset(name, count), view: state.view });
  };
  return { picture: [lab], presets, more: [controls, ...Object.values(texts)], input, output, cells, lab, lens: cones, set };
}
