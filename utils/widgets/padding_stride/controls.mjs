// The controls of the padding and stride explorer: three in sight, the rest in a drawer.

import { resized } from "./math.mjs";
import { choice, element, slider, toggle, update } from "../kit/parts.mjs";

const IN_SIGHT = [
  { name: "kernel_size", label: "Kernel", min: 1, max: 5 },
  { name: "padding", label: "Padding", min: 0, max: 4 },
  { name: "stride", label: "Stride", min: 1, max: 4 },
];
const IN_DRAWER = [
  { name: "input_size", label: "Input size", short: "Input", min: 1, max: 12 },
  { name: "dilation", label: "Dilation", min: 1, max: 3 },
  { name: "output_padding", label: "Output padding", short: "Output pad", min: 0, max: 3 },
];
const SIDES = ["height", "width"];

const alike = (settings) =>
  [...IN_SIGHT, ...IN_DRAWER].every(({ name }) => settings[name][0] === settings[name][1]);

/** Build all controls; `redraw` is called for a change that is not the model's. */
export function buildControls(model, redraw) {
  let linked = true;
  let current = null;

  const change = (name, pair) => {
    const kernel = name === "kernel_size" ? { kernel: resized(model.get("kernel"), pair) } : {};
    update(model, { [name]: pair, ...kernel });
  };
  const build = (setting) => ({
    ...setting,
    parts: SIDES.map((_, side) =>
      slider({
        ...setting,
        onInput: (value) => {
          const pair = [...current[setting.name]];
          pair[side] = value;
          change(setting.name, linked ? [value, value] : pair);
        },
      }),
    ),
  });
  const [seen, folded] = [IN_SIGHT, IN_DRAWER].map((settings) => settings.map(build));
  const apart = toggle({
    label: "Height and width apart",
    onInput: (checked) => {
      linked = !checked;
      if (linked)
        for (const { name } of [...seen, ...folded]) change(name, Array(2).fill(current[name][0]));
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
  const roots = (settings, side) => settings.map(({ parts }) => parts[side].root);
  const drawer = [
    element("div", { class: "book-row book-switches" }, shown.root, apart.root, transposed.root),
    element(
      "div",
      { class: "book-settings" },
      ...roots(seen, 1),
      ...folded.flatMap(({ parts }) => parts.map((part) => part.root)),
    ),
  ];

  function set(settings, cells) {
    current = settings;
    // A kernel may have set the two sides apart.
    linked &&= alike(settings);
    apart.set(!linked);
    transposed.set(settings.transposed);
    shown.set(cells);
    for (const { name, label, short = label, parts } of [...seen, ...folded]) {
      for (const [side, part] of parts.entries()) {
        part.set(settings[name][side]);
        const words = linked ? label : `${short} ${SIDES[side]}`;
        const text = part.root.querySelector("label");
        if (text.textContent !== words) text.textContent = words;
        const unused = name === "output_padding" && !settings.transposed;
        part.root.hidden = unused || (linked && side === 1);
      }
    }
  }
  const reset = () => {
    linked = true;
  };
  return { deck: roots(seen, 0), drawer, set, reset };
}
