// What the nearest-neighbours demo says: sentences, numbers and torch code, all pure text.

import { LETTERS } from "../kit/badges.mjs";
import { countVotes, distanceTo, isContested, nearest, winner, wrongPoints } from "./math.mjs";

/** A distance: whole along the axes, with two decimals otherwise. */
export function distanceWords(value, distance) {
  return distance === "L1" ? String(value) : value.toFixed(2);
}

/** A place in words. */
export function placeWords([x, y]) {
  return `(${x}, ${y})`;
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function listed(parts) {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The neighbours of the query, the nearest first: [letter, place, distance] each. */
export function neighbourRows({ points, query, k, distance }) {
  return nearest(points, query, { k, distance }).map((index) => [
    LETTERS[points[index][2]],
    placeWords(points[index]),
    distanceWords(distanceTo(query, points[index], distance), distance),
  ]);
}

function verdict(votes) {
  const most = Math.max(...votes);
  const voters = votes.reduce((sum, count) => sum + count, 0);
  const first = LETTERS[winner(votes)];
  if (voters === 1) return `The nearest point is ${first}, so the query is given ${first}.`;
  const tied = LETTERS.filter((_, index) => votes[index] === most);
  if (tied.length > 1) {
    const each = `${listed(tied)} have ${plural(most, "vote", "votes")} each`;
    return `${each}: a tie, which goes to the first in the alphabet, ${first}.`;
  }
  if (most === voters) return `All ${voters} neighbours are ${first}, so the query is given ${first}.`;
  const others = LETTERS.flatMap((letter, index) =>
    votes[index] && letter !== first ? [`${votes[index]} for ${letter}`] : [],
  );
  return `${plural(most, "vote", "votes")} for ${first}, ${listed(others)}: the query is given ${first}.`;
}

/** Which class the query is given, and why. */
export function voteSentence(state) {
  const { points, query, k } = state;
  if (!points.length) return "There is no point to ask. Add one, or choose a preset.";
  const few =
    k > points.length
      ? `k is ${k}, but there ${points.length === 1 ? "is" : "are"} only ${plural(points.length, "point", "points")} to ask. `
      : "";
  const contested = isContested(points, query, state)
    ? " Another point is as far as the last of them; the first in the list votes."
    : "";
  return few + verdict(countVotes(points, nearest(points, query, state))) + contested;
}

/** How many points the vote gets wrong. */
export function errorSentence(state) {
  const wrong = wrongPoints(state.points, state);
  if (!wrong) {
    return state.points.length
      ? "Left out of its own vote, a single point has nobody to ask."
      : "Without points there is no training error.";
  }
  const how = state.leave_out ? "each left out of its own vote" : "each with a vote on itself";
  const share = `${wrong.length} of ${plural(state.points.length, "point", "points")}`;
  return `Training error: ${share} wrong, ${how}.`;
}

/** What a screen reader is told of a point. */
export function pointWords([x, y, label]) {
  return `class ${LETTERS[label]} at ${x}, ${y}`;
}

function wrapped(entries) {
  const lines = [];
  for (let at = 0; at < entries.length; at += 6) lines.push(`    ${entries.slice(at, at + 6).join(", ")},`);
  return lines.join("\n");
}

function errorCode({ points, k, leave_out: leaveOut }, wrong, p) {
  if (!wrong) return [];
  return [
    `pairs = torch.cdist(points, points, p=${p})`,
    ...(leaveOut ? ["pairs.fill_diagonal_(torch.inf)"] : []),
    `voters = pairs.argsort(dim=1, stable=True)[:, :${Math.min(k, points.length - (leaveOut ? 1 : 0))}]`,
    "counts = torch.nn.functional.one_hot(labels[voters], 3).sum(dim=1)",
    `(counts.argmax(dim=1) != labels).sum()  # ${wrong.length}`,
  ];
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode(state) {
  const { points, query, k, distance } = state;
  if (!points.length) return "# There is no point to ask.";
  const p = Number(distance[1]);
  const rows = neighbourRows(state);
  const votes = countVotes(points, nearest(points, query, state));
  return [
    "points = torch.tensor([",
    wrapped(points.map(([x, y]) => `[${x}, ${y}]`)),
    "], dtype=torch.float64)",
    `labels = torch.tensor([${points.map((point) => point[2]).join(", ")}])`,
    `query = torch.tensor([[${query.join(", ")}]], dtype=torch.float64)`,
    `distances = torch.cdist(query, points, p=${p})[0]`,
    `nearest = distances.argsort(stable=True)[:${k}]`,
    `distances[nearest]  # ${rows.map((row) => row[2]).join(", ")}`,
    "votes = labels[nearest].bincount(minlength=3)",
    `votes  # ${votes.join(", ")}`,
    `votes.argmax()  # ${winner(votes)}, class ${LETTERS[winner(votes)]}`,
    ...errorCode(state, wrongPoints(points, state), p),
  ].join("\n");
}
