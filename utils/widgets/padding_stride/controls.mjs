// The controls of the padding and stride explorer.

import { choice, element, slider, toggle, update } from "../kit/parts.mjs";

const SETTINGS = [
  { name: "input_size", label: "Input size", short: "Input", min: 1, max: 12 },
  { name: "kernel_size", label: "Kernel size", short: "Kernel", min: 1, max: 5 },
  { name: "padding", label: "Padding", min: 0, max: 4 },
  { name: "stride", label: "Stride", min: 1, max: 4 },
  { name: "dilation", label: "Dilation", min: 1, max: 3 },
  { name: "output_padding", label: "Output padding", min: 0, max: 3 },
];
const SIDES = ["height", "width"];

/** The traits of the model that the controls change. */
export const CONTROLLED = [...SETTINGS.map(({ name }) => name), "transposed", "cells_show"];

/** The settings of the operation, as a plain object. */
export function readSettings(model) {
  const pairs = SETTINGS.map(({ name }) => [name, model.get(name)]);
  return { ...Object.fromEntries(pairs), transposed: model.get("transposed") };
}

const alike = (settings) => SETTINGS.every(({ name }) => settings[name][0] === settings[name][1]);

/** Build all controls; `redraw` is called for a change that is not the model's. */
export function buildControls(model, redraw) {
  let linked = alike(readSettings(model));
  const sliders = SETTINGS.map((setting) => ({
    ...setting,
    sides: SIDES.map((_, side) =>
      slider({
        ...setting,
        onInput: (value) => {
          const pair = [...model.get(setting.name)];
          pair[side] = value;
          update(model, { [setting.name]: linked ? [value, value] : pair });
        },
      }),
    ),
  }));
  const same = toggle({
    label: "Same for height and width",
    onInput: (checked) => {
      linked = checked;
      if (linked) {
        for (const { name } of SETTINGS) model.set(name, Array(2).fill(model.get(name)[0]));
        model.save_changes();
      }
      redraw();
    },
  });
  const transposed = toggle({
    label: "Transposed convolution",
    onInput: (checked) => update(model, { transposed: checked }),
  });
  const shown = choice({
    label: "Cells show",
    options: [
      ["values", "values"],
      ["uses", "times used"],
    ],
    onInput: (value) => update(model, { cells_show: value }),
  });
  const root = element(
    "div",
    {},
    element("div", { class: "book-row book-switches" }, same.root, transposed.root, shown.root),
    element(
      "div",
      { class: "book-settings" },
      ...sliders.flatMap(({ sides }) => sides.map((part) => part.root)),
    ),
  );

  function set(settings) {
    // A kernel may have set the two sides apart.
    linked &&= alike(settings);
    same.set(linked);
    transposed.set(settings.transposed);
    shown.set(model.get("cells_show"));
    for (const { name, label, short = label, sides } of sliders) {
      for (const [side, part] of sides.entries()) {
        part.set(settings[name][side]);
        part.root.querySelector("label").textContent = linked ? label : `${short} ${SIDES[side]}`;
        const unused = name === "output_padding" && !settings.transposed;
        part.root.hidden = unused || (linked && side === 1);
      }
    }
  }
  return { root, set };
}
