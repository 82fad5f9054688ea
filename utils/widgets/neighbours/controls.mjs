// The controls of the nearest-neighbours demo.

import { LETTERS } from "../kit/badges.mjs";
import { pointWords } from "./words.mjs";
import { button, choice, element, slider, toggle } from "../kit/parts.mjs";

const MOST_VOTERS = 15;

/**
 * What is set beside the plane: `deck` in sight, `more` in a drawer. `onSet(changes)` hears what
 * belongs to the model alone; `set(state, chosen)` shows a state and which point is chosen.
 */
export function voteControls({ onSet, onPreset, onChoose, onAdd, onRemove }) {
  const votes = slider({ label: "Neighbours k", min: 1, max: MOST_VOTERS, onInput: (k) => onSet({ k }) });
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
  const distance = choice({
    label: "Distance",
    options: [
      ["L2", "L2, straight"],
      ["L1", "L1, along the axes"],
    ],
    onInput: (name) => onSet({ distance: name }),
  });
  const leaveOut = toggle({
    label: "No vote on itself",
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

  const rest = [distance, leaveOut, newClass, picked].map(({ root }) => root);
  const more = element("div", { class: "book-controls" }, ...rest, addHere, removeIt);
  return { deck: [votes.root, preset.root], more, set };
}
