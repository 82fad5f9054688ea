// Who votes on the query, and how the vote ends: beside the plane, or under it on a phone.

import { LETTERS, badgeShapes } from "../kit/badges.mjs";
import { countVotes, distanceTo, nearest, winner } from "./math.mjs";
import { distanceWords } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const RANKS = 15; // rows of the list, as many as can vote
const HINT = "The query follows the pointer. A click adds a point; points can be dragged. Dashed rings: predicted wrong.";

/** The sign of a class; where it is small, its outline alone. */
function sign(label, isSmall = false) {
  const badge = shape("g", { class: `book-class-${label}` }, ...badgeShapes(label).slice(0, isSmall ? 1 : 2));
  return shape("svg", { viewBox: "-13 -13 26 26", width: 24, height: 24, "aria-hidden": true }, badge);
}

/** One point of the ranking: its class, a bar as long as its distance, and the distance. */
function ranked({ index, label, far, share, distance, isVoter }) {
  const bar = element("span", { class: `book-far book-class-${label}`, style: `--share: ${share}` });
  const value = element("span", { class: "book-value" }, distanceWords(far, distance));
  const look = `book-rank ${isVoter ? "book-voter" : "book-silent"}`;
  return element("div", { class: look, "data-point": index }, sign(label, true), bar, value);
}

/** The end of those that vote, dotted as the ring is on the plane. */
function cut(voters) {
  return element("div", { class: "book-quorum" }, element("span", {}, voters === 1 ? "1 votes" : `${voters} vote`));
}

/**
 * `set(state)` shows the vote on a place and the points in the order of their distance, those that
 * do not vote pale; `onLight(index)` hears which point of the list is pointed at, or −1.
 */
export function votePanel({ onLight }) {
  const counts = LETTERS.map(() => element("span", { class: "book-count" }));
  const boxes = LETTERS.map((_, label) => element("div", { class: "book-box" }, sign(label), counts[label]));
  const list = element("div", { class: "book-ranking" });
  list.addEventListener("pointerover", ({ target }) => {
    onLight(Number(target.closest(".book-rank")?.dataset.point ?? -1));
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
    const found = nearest(points, query, { k: RANKS, distance });
    const voters = Math.min(k, found.length);
    const votes = countVotes(points, found.slice(0, k));
    const first = winner(votes);
    for (const [label, box] of boxes.entries()) {
      counts[label].textContent = votes[label];
      box.classList.toggle("book-won", label === first);
    }
    const gaps = found.map((index) => distanceTo(query, points[index], distance));
    const furthest = Math.max(...gaps, 1);
    const rows = found.map((index, rank) => {
      const [label, far] = [points[index][2], gaps[rank]];
      return ranked({ index, label, far, share: far / furthest, distance, isVoter: rank < k });
    });
    if (voters) rows.splice(voters, 0, cut(voters));
    list.replaceChildren(...rows);
  }
  return { root, set };
}
