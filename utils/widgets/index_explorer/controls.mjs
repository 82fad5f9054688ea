// The controls of the index explorer: for each axis a slice, or one integer.

import { SIZES, exchanged, isSlice } from "./math.mjs";
import { choice, element, group, liveLine, update } from "../kit/parts.mjs";

const NAMES = ["rows", "columns"];
const FARTHEST = 12; // positions and steps go this far on either side of 0
const PARTS = ["start", "stop", "step"];

/** The traits of the model that the controls change. */
export const CONTROLLED = [...NAMES, "position"];

/** The entries of the brackets, one for each axis. */
export const readEntries = (model) => NAMES.map((name) => model.get(name));

/** Set both entries at once. */
export const writeEntries = (model, [rows, columns]) => update(model, { rows, columns });

/** The integer that a field holds, null for an empty one, undefined for anything else. */
function valueOf(input) {
  if (input.value === "" && !input.validity.badInput) return null;
  const value = Number(input.value);
  const isNear = Number.isInteger(value) && Math.abs(value) <= FARTHEST;
  return isNear && !input.validity.badInput ? value : undefined;
}

/** A small field for an integer; `onInput` hears the number, or null where empty is allowed. */
function integerField({ name, label, isOptional, onInput, explain }) {
  let known; // the value that the field means, or meant last
  const input = element("input", {
    type: "number",
    min: -FARTHEST,
    max: FARTHEST,
    step: 1,
    placeholder: isOptional ? "None" : "",
    "aria-label": label,
    autocomplete: "off",
    oninput: () => {
      const value = valueOf(input);
      const isRefused = value === undefined || (value === null && !isOptional);
      input.setAttribute("aria-invalid", String(isRefused));
      if (!isRefused) {
        known = value;
        onInput(value);
      }
      explain();
    },
  });
  const set = (value) => {
    // What the reader is typing stays as it is until the entry changes from elsewhere.
    if (value === known) return;
    known = value;
    input.value = value ?? "";
    input.setAttribute("aria-invalid", "false");
  };
  const trouble = () => {
    if (root.hidden || input.getAttribute("aria-invalid") !== "true") return "";
    const empty = isOptional ? ", or leave it empty" : "";
    return `${label}: write an integer from \u2212${FARTHEST} to ${FARTHEST}${empty}.`;
  };
  const root = element("label", { class: "book-part" }, element("span", {}, name), input);
  return { root, set, trouble };
}

/** The fields of one axis; `explain` is called when what is typed may have become wrong or right. */
function axisControls(model, axis, explain) {
  const trait = NAMES[axis];
  const write = (entry) => update(model, { [trait]: entry });
  const kind = choice({
    label: `Take ${trait}`,
    options: [
      ["slice", "by a slice"],
      ["integer", "by one integer"],
    ],
    onInput: () => write(exchanged(model.get(trait), SIZES[axis])),
  });
  const parts = PARTS.map((name, at) =>
    integerField({
      name,
      label: `${trait}, ${name}`,
      isOptional: true,
      explain,
      onInput: (value) => write(model.get(trait).map((old, k) => (k === at ? value : old))),
    }),
  );
  const one = integerField({
    name: "index",
    label: `${trait}, index`,
    isOptional: false,
    explain,
    onInput: write,
  });
  const fields = element("div", { class: "book-parts" }, ...[...parts, one].map((part) => part.root));
  const set = (entry) => {
    kind.set(isSlice(entry) ? "slice" : "integer");
    for (const [at, part] of parts.entries()) {
      part.root.hidden = !isSlice(entry);
      part.set(isSlice(entry) ? entry[at] : null);
    }
    one.root.hidden = isSlice(entry);
    one.set(isSlice(entry) ? null : entry);
  };
  const trouble = () => [...parts, one].map((part) => part.trouble()).filter(Boolean);
  return { root: group(`Axis ${axis}: ${trait}`, kind.root, fields), set, trouble };
}

/** The controls of both axes, and a line for what is wrong in a field. */
export function buildControls(model) {
  const line = liveLine("book-problem");
  const explain = () => {
    line.textContent = axes.flatMap((axis) => axis.trouble()).join(" ");
  };
  const axes = NAMES.map((_, axis) => axisControls(model, axis, explain));
  const set = (entries) => {
    for (const [axis, entry] of entries.entries()) axes[axis].set(entry);
    explain();
  };
  const fields = element("div", { class: "book-controls" }, ...axes.map((axis) => axis.root));
  return { root: element("div", {}, fields, line), set };
}
