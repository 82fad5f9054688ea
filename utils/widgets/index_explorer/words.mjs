// What the index explorer says: the expression, sentences, formulas and code, all pure text.

import { SIZES, fault, fromStart, indexOf, isSlice, placeOf, placesAlong, viewOf } from "./math.mjs";

/** Positions and steps go this far on either side of 0. */
export const FARTHEST = 12;
const AXES = [
  { one: "row", many: "rows" },
  { one: "column", many: "columns" },
];
const number = (value) => String(value).replace("-", "\u2212");

/** A shape, strides or an index as Python writes it: (), (4,) or (2, 3). */
export const tupleText = (sizes) => (sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`);

/** An entry as Python writes it: 2, 1:3 or ::2. */
export function entryText(entry) {
  if (!isSlice(entry)) return String(entry);
  const [start, stop, step] = entry.map((part) => part ?? "");
  return `${start}:${stop}${step === "" ? "" : `:${step}`}`;
}

const TYPED = /^\s*(-?\d+)?\s*(?:(:)\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?)?$/;

/** The entry that a text means, or undefined. */
export function parseEntry(text) {
  const found = TYPED.exec(text.replaceAll("\u2212", "-"));
  if (!found) return undefined;
  const [start, stop, step] = [1, 3, 4].map((part) => (found[part] === undefined ? null : Number(found[part])));
  if ([start, stop, step].some((part) => Math.abs(part) > FARTHEST)) return undefined;
  if (found[2]) return [start, stop, step];
  return start ?? undefined;
}

/** The Python expression, such as x[1:5:2, ::3]. */
export const expression = (entries) => `x[${entries.map(entryText).join(", ")}]`;

function faultSentence(entry, axis) {
  const size = SIZES[axis];
  const { one } = AXES[axis];
  switch (fault(entry, size)) {
    case "outside":
      return (
        `There is no ${one} ${number(entry)}: axis ${axis} goes from 0 to ${size - 1}, or from ` +
        `\u2212${size} to \u22121 counted from the end. A slice would be cut to fit; one integer is an error.`
      );
    case "zero":
      return `A step of 0 on axis ${axis} would never arrive: NumPy and torch refuse it. Take 1 or more.`;
    case "backwards":
      return (
        `A step of ${number(entry[2])} on axis ${axis} goes backwards. NumPy allows it, as a view ` +
        "with a negative stride; torch refuses it, because its strides are never negative. Take " +
        `a positive step, or x.flip(${axis}), which copies.`
      );
    default:
      return "";
  }
}

/** "" for entries that torch accepts, else what is wrong and what helps. */
export const problem = (entries) => entries.map(faultSentence).filter(Boolean).join(" ");

function listed(places, { one, many }) {
  if (!places.length) return `no ${many}`;
  if (places.length === 1) return `${one} ${places[0]}`;
  const gapless = places.at(-1) - places[0] === places.length - 1;
  if (gapless && places.length > 2) return `${many} ${places[0]} to ${places.at(-1)}`;
  return `${many} ${places.slice(0, -1).join(", ")} and ${places.at(-1)}`;
}

function axisRemark(entry, axis) {
  const size = SIZES[axis];
  if (!isSlice(entry)) return "";
  const asked = [entry[0] ?? 0, entry[1] ?? size].map((at) => fromStart(at, size));
  const [first, last] = asked.map((at) => Math.max(0, Math.min(at, size)));
  const isCut = asked[0] !== first || asked[1] !== last;
  if (first >= last) {
    const cut = isCut ? "cut to fit and " : "";
    return `On axis ${axis} the slice is ${cut}empty: nothing lies from ${first} up to ${last}.`;
  }
  return isCut ? `On axis ${axis} the slice is cut to fit: it picks from ${first} up to ${last}.` : "";
}

/** What the accepted entries pick, and what there is to say about it. */
export function pickSentence(entries) {
  const places = entries.map((entry, axis) => placesAlong(entry, SIZES[axis]));
  const count = places[0].length * places[1].length;
  const cells = `${count} of ${SIZES[0] * SIZES[1]} numbers`;
  const where = places.map((along, axis) => listed(along, AXES[axis])).join("; ");
  const gone = entries.flatMap((entry, axis) => (isSlice(entry) ? [] : [axis]));
  const lost = [
    "",
    `Axis ${gone[0]} is gone, because one integer picks one place.`,
    "Both axes are gone: what is left is one number, a tensor without axes.",
  ][gone.length];
  return [`${cells}: ${where}.`, lost, ...entries.map(axisRemark)].filter(Boolean).join(" ");
}

/** Names and values of the notes that a view keeps. */
export function notes(entries) {
  const { shape, strides, offset } = viewOf(entries);
  return [
    ["shape", tupleText(shape)],
    ["strides", tupleText(strides)],
    ["offset", String(offset)],
  ];
}

/** The name of the view with its shape. */
export const viewName = ({ shape }) =>
  `y, shape ${tupleText(shape)}${shape.includes(0) ? ": no numbers" : ""}`;

/** What the line of memory shows, for readers who hear it. */
export function stripName({ shape, strides }, count) {
  const steps = shape.flatMap((size, axis) => (size > 1 ? [`+${strides[axis]} along axis ${axis}`] : []));
  const told = steps.length && !shape.includes(0) ? `; the arcs are the strides, ${steps.join(", ")}` : "";
  return `Memory: ${count} places in one line${told}.`;
}

/** The selected number of the view y by its name, its place in memory, and how that follows. */
function selected(entries, cell) {
  const view = viewOf(entries);
  const index = indexOf(entries, cell);
  const place = placeOf(view, index);
  const steps = index.map((at, axis) => ` + ${at}·${view.strides[axis]}`).join("");
  const name = index.length ? `y[${index.join(", ")}]` : "y";
  return { name, place, sum: steps ? `${view.offset}${steps} = ${place}` : "" };
}

/** A note more: the place of the selected number. */
export function placeNote(entries, cell) {
  const { name, place, sum } = selected(entries, cell);
  return [`place of ${name}`, sum || String(place)];
}

/** Which number of x the selected number of the view y is. */
export function cellSentence(entries, cell) {
  const { name, place } = selected(entries, cell);
  return `${name} is x[${Math.floor(place / SIZES[1])}, ${place % SIZES[1]}].`;
}

/** That sentence, and how the number's place in memory follows from the notes. */
export function placeSentence(entries, cell) {
  const { place, sum } = selected(entries, cell);
  return `${cellSentence(entries, cell)} It lies at place ${sum || `${place}, the offset`}.`;
}

/** The same in torch, with what each line gives; strides and offset only with the memory. */
export function torchCode(entries, hasMemory) {
  const start = `x = torch.arange(${SIZES[0] * SIZES[1]}).view${tupleText(SIZES)}`;
  const faults = entries.map((entry, axis) => fault(entry, SIZES[axis]));
  const first = faults.find(Boolean);
  if (first) {
    const error = first === "outside" ? "IndexError" : "ValueError";
    return `${start}\ny = ${expression(entries)}  # raises ${error}`;
  }
  const { shape, strides, offset } = viewOf(entries);
  return [
    start,
    `y = ${expression(entries)}  # has shape ${tupleText(shape)}`,
    ...(hasMemory ? [`y.stride()  # ${tupleText(strides)}`, `y.storage_offset()  # ${offset}`] : []),
  ].join("\n");
}
