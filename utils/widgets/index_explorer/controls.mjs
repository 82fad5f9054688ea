// The controls of the index explorer: for each axis a slice, or one integer.

import { SIZES, exchanged, fault, isSlice } from "./math.mjs";
import { FARTHEST, entryText, parseEntry } from "./words.mjs";
import { choice, element, group, update } from "../kit/parts.mjs";

const NAMES = ["rows", "columns"];
const PARTS = ["start", "stop", "step"];
const OWN = "own";
const EXAMPLES = [
  ["a block", [1, 3, null], [2, 5, null]],
  ["one number", 2, 3],
  ["a whole row", 2, [null, null, null]],
  ["a whole column", [null, null, null], 1],
  ["every third column", [null, null, null], [null, null, 3]],
  ["from the end", [-2, null, null], [-3, null, null]],
  ["farther than the end", [4, 12, null], [6, null, null]],
  ["nothing at all", [3, 3, null], [null, null, null]],
];

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
  const set = (value, isForced = false) => {
    // What the reader is typing stays as it is until the entry changes from elsewhere.
    if (value === known && !isForced) return;
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
  const set = (entry, isForced) => {
    kind.set(isSlice(entry) ? "slice" : "integer");
    for (const [at, part] of parts.entries()) {
      part.root.hidden = !isSlice(entry);
      part.set(isSlice(entry) ? entry[at] : null, isForced);
    }
    one.root.hidden = isSlice(entry);
    one.set(isSlice(entry) ? null : entry, isForced);
  };
  const trouble = () => [...parts, one].map((part) => part.trouble()).filter(Boolean);
  return { root: group(`Axis ${axis}: ${trait}`, kind.root, fields), set, trouble };
}

/** The field in which an entry is typed as Python writes it; `explain` as above. */
function entryField(model, axis, explain) {
  const name = NAMES[axis];
  let known; // the entry that the text means, or meant last
  const input = element("input", {
    type: "text",
    class: `book-${name}`,
    "aria-label": name,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      const entry = parseEntry(input.value);
      if (entry !== undefined) {
        known = JSON.stringify(entry);
        update(model, { [name]: entry });
      }
      mark();
      explain();
    },
  });
  const mark = () => {
    const entry = parseEntry(input.value);
    input.setAttribute("aria-invalid", String(entry === undefined || fault(entry, SIZES[axis]) !== ""));
  };
  const write = (entry) => {
    known = JSON.stringify(entry);
    input.value = entryText(entry);
    mark();
  };
  // What the reader is typing stays as it is until the entry changes from elsewhere.
  const set = (entry) => JSON.stringify(entry) !== known && write(entry);
  const trouble = () => {
    if (parseEntry(input.value) !== undefined) return "";
    return `${name}: write a number such as 2 or a slice such as 1:3, from \u2212${FARTHEST} to ${FARTHEST}.`;
  };
  return { input, set, write, trouble };
}

/**
 * All controls: `inSight` the index as it is written and examples of it, `more` its parts one by
 * one. `set(entries)` follows the model, `restore(entries)` overwrites what is being typed, too;
 * `trouble()` says what is wrong in a field, and `explain` is called when that may have changed.
 */
export function buildControls(model, explain) {
  const fields = NAMES.map((_, axis) => entryField(model, axis, explain));
  const axes = NAMES.map((_, axis) => axisControls(model, axis, explain));
  const [rows, columns] = fields.map(({ input }) => input);
  const written = element("span", { class: "book-index-text" }, "y = x[", rows, ", ", columns, "]");
  const write = (entries) => entries.forEach((entry, axis) => fields[axis].write(entry));
  const examples = choice({
    label: "Example",
    options: [[OWN, "your own"], ...EXAMPLES.map(([name], at) => [at, name])],
    onInput: (value) => {
      if (value === OWN) return;
      const [, ...entries] = EXAMPLES[value];
      write(entries);
      update(model, { rows: entries[0], columns: entries[1] });
    },
  });
  const set = (entries) => {
    for (const [axis, entry] of entries.entries()) {
      fields[axis].set(entry);
      axes[axis].set(entry);
    }
    const wanted = JSON.stringify(entries);
    const known = EXAMPLES.findIndex(([, ...example]) => JSON.stringify(example) === wanted);
    examples.set(known < 0 ? OWN : known);
  };
  const restore = (entries) => {
    write(entries);
    for (const [axis, entry] of entries.entries()) axes[axis].set(entry, true);
  };
  const trouble = () => [...fields.map((field) => field.trouble()), ...axes.flatMap((axis) => axis.trouble())].filter(Boolean).join(" ");
  return { inSight: [written, examples.root], more: axes.map((axis) => axis.root), set, restore, trouble };
}
