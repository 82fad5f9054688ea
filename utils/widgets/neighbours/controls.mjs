// The controls of the nearest-neighbours demo, and the legend of its classes.

import { LETTERS, badgeShapes } from "../kit/badges.mjs";
import { pointWords } from "./words.mjs";
import { button, choice, element, group, shape, slider, toggle } from "../kit/parts.mjs";

const MOST_VOTERS = 15;

/** The sign and the region of each class. */
export function legend(fill) {
  const entry = (label) =>
    element(
      "span",
      {},
      shape(
        "svg",
        { viewBox: "0 0 44 26", width: 44, height: 26, "aria-hidden": true },
        shape("rect", { class: "book-region", width: 44, height: 26, fill: fill(label) }),
        shape("g", { transform: "translate(22 13)", class: `book-class-${label}` }, ...badgeShapes(label)),
      ),
      `class ${LETTERS[label]}`,
    );
  return element("div", { class: "book-row book-legend" }, ...LETTERS.map((_, label) => entry(label)));
}

/**
 * Everything that is set beside the plane. `onSet(changes)` hears what belongs to the model alone;
 * `set(state, chosen)` shows a state and which of its points is chosen.
 */
export function voteControls({ onSet, onPreset, onChoose, onAdd, onRemove }) {
  const preset = choice({
    label: "Points",
    options: [
      ["island", "two blobs, an island"],
      ["three classes", "three classes"],
      ["checkerboard", "checkerboard"],
      ["custom", "custom"],
    ],
    onInput: onPreset,
  });
  const votes = slider({ label: "Neighbours k", min: 1, max: MOST_VOTERS, onInput: (k) => onSet({ k }) });
  const distance = choice({
    label: "Distance",
    options: [
      ["L2", "L2, straight"],
      ["L1", "L1, along the axes"],
    ],
    onInput: (name) => onSet({ distance: name }),
  });
  const leaveOut = toggle({
    label: "Leave each point out of its own vote",
    onInput: (isOn) => onSet({ leave_out: isOn }),
  });
  const newClass = choice({
    label: "Class to add",
    options: LETTERS.map((letter, label) => [label, letter]),
    onInput: (label) => onSet({ new_class: Number(label) }),
  });
  const picked = slider({ label: "Chosen point", min: 1, max: 1, onInput: (number) => onChoose(number - 1) });
  const addHere = button("Add at the query", onAdd);
  const removeIt = button("Remove chosen", onRemove);

  function set(state, chosen) {
    const { points } = state;
    preset.set(state.preset);
    votes.set(state.k);
    distance.set(state.distance);
    leaveOut.set(state.leave_out);
    newClass.set(state.new_class);
    picked.input.max = Math.max(1, points.length);
    picked.set(chosen + 1);
    const words = points.length ? `${chosen + 1}, ${pointWords(points[chosen])}` : "none";
    picked.input.setAttribute("aria-valuetext", words);
    picked.input.disabled = removeIt.disabled = !points.length;
  }

  const buttons = element("div", { class: "book-row" }, addHere, removeIt);
  const root = element(
    "div",
    { class: "book-controls" },
    group("Vote", votes.root, distance.root, leaveOut.root),
    group("Points", preset.root, newClass.root, picked.root, buttons),
  );
  return { root, set };
}
