// Who votes on the query, and how the vote ends: beside the plane, or under it on a phone.

import { LETTERS, badgeShapes } from "../kit/badges.mjs";
import { countVotes, distanceTo, nearest, winner } from "./math.mjs";
import { distanceWords } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const HINT = "The query follows the pointer. A click adds a point; points can be dragged. Dashed rings: predicted wrong.";

/** The sign of a class; where it is small, its outline alone. */
function sign(label, isSmall = false) {
  const badge = shape("g", { class: `book-class-${label}` }, ...badgeShapes(label).slice(0, isSmall ? 1 : 2));
  return shape("svg", { viewBox: "-13 -13 26 26", width: 24, height: 24, "aria-hidden": true }, badge);
}

/** One voter: its class, a bar as long as its distance, and the distance. */
function voter(index, label, far, share, distance) {
  const bar = element("span", { class: `book-far book-class-${label}`, style: `--share: ${share}` });
  const value = element("span", { class: "book-value" }, distanceWords(far, distance));
  return element("div", { class: "book-voter", "data-point": index }, sign(label, true), bar, value);
}

/** `set(state)` shows the vote on a place; `onLight(index)` hears which voter is pointed at, or −1. */
export function votePanel({ onLight }) {
  const counts = LETTERS.map(() => element("span", { class: "book-count" }));
  const boxes = LETTERS.map((_, label) => element("div", { class: "book-box" }, sign(label), counts[label]));
  const list = element("div", { class: "book-voters" });
  list.addEventListener("pointerover", ({ target }) => {
    onLight(Number(target.closest(".book-voter")?.dataset.point ?? -1));
  });
  list.addEventListener("pointerleave", () => onLight(-1));
  const root = element(
    "div",
    { class: "book-panel", "aria-hidden": "true" },
    element("div", { class: "book-tally" }, ...boxes),
    list,
    element("div", { class: "book-caption book-hint" }, HINT),
  );

  function set({ points, query, k, distance }) {
    const found = nearest(points, query, { k, distance });
    const votes = countVotes(points, found);
    const first = winner(votes);
    for (const [label, box] of boxes.entries()) {
      counts[label].textContent = votes[label];
      box.classList.toggle("book-won", label === first);
    }
    const gaps = found.map((index) => distanceTo(query, points[index], distance));
    const furthest = Math.max(...gaps, 1);
    list.style.setProperty("--voters", Math.max(1, found.length));
    list.replaceChildren(
      ...found.map((index, rank) => voter(index, points[index][2], gaps[rank], gaps[rank] / furthest, distance)),
    );
  }
  return { root, set };
}
