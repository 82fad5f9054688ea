// What the linear classifier says: numbers, sentences and torch code, all pure text.

import { LETTERS } from "../kit/badges.mjs";
import { argmax, evaluate, gradient, isCut, pushes, shortfalls, softmax, stepped } from "./math.mjs";

/** A number with a proper minus sign; never "−0.00". */
export function number(value, digits = 2) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

/** A place on the plane. */
export function placeWords([x, y]) {
  return `${number(x)}, ${number(y)}`;
}

/** What stands beside the chosen point: [letter, score, charge or probability] for each class. */
export function scoreRows(scores, label, kind) {
  const seconds = kind === "hinge" ? shortfalls(scores, label) : softmax(scores);
  return scores.map((score, k) => [LETTERS[k], score, seconds[k]]);
}

/** The mean loss in its parts, and the accuracy, as rows of a list of facts. */
export function facts(points, state) {
  const { data, penalty, loss, right } = evaluate(points, state);
  const pushing = pushers(points, state);
  return [
    ["", "Data loss", number(data, 3), `mean over ${points.length} points; ${pushing} of them still push`],
    ["", "+ regularisation", number(penalty, 3), "λ/2 times the sum of the squared weights"],
    ["", "= loss", number(loss, 3), `after ${state.steps} ${state.steps === 1 ? "step" : "steps"}`],
    ["", "Accuracy", number(right / points.length, 2), `${right} of ${points.length} points are right`],
  ];
}

/** How many points the loss has a gradient from. */
export function pushers(points, state) {
  const { scores } = evaluate(points, state);
  return scores.filter((row, index) => pushes(row, points[index][2], state.kind)).length;
}

/** How the training stands. */
export function story(points, state) {
  const { right } = evaluate(points, state);
  const count = `${right} of ${points.length} points are right`;
  const pushing = pushers(points, state);
  if (isCut(state)) return `${count}. An arrow or bias stands at its bound of 4.`;
  if (!pushing) return `${count} by 1 or more: none pushes. ${state.decay ? "λ alone still pulls the arrows, towards 0." : "The arrows have come to rest."}`;
  if (state.kind !== "hinge") return `${count}. All push; the less probable, the more.`;
  return `${count}. ${pushing} ${pushing === 1 ? "pushes" : "push"}: wrong, or right by less than 1.`;
}

function verdict(label, scores) {
  const most = Math.max(...scores);
  const winners = LETTERS.filter((_, k) => scores[k] === most);
  const first = winners[0];
  const isRight = first === LETTERS[label];
  if (winners.length > 1) {
    return `has the same largest score for ${winners.join(" and ")}; the first, ${first}, wins`;
  }
  return isRight ? `is given ${first}, which is right` : `is given ${first}, which is wrong`;
}

function pointCost(scores, label, kind) {
  if (kind !== "hinge") {
    const chance = softmax(scores)[label];
    return `its own class has the probability ${number(chance)}, so it costs ${number(Math.max(0, -Math.log(chance)))}`;
  }
  const lacking = shortfalls(scores, label);
  const rivals = LETTERS.filter((_, k) => lacking[k] > 0);
  if (!rivals.length) return "every margin is kept, so it costs 0 and pushes no more";
  const cost = lacking.reduce((total, value) => total + value, 0);
  return `${rivals.join(" and ")} ${rivals.length > 1 ? "come" : "comes"} too close, so it costs ${number(cost)}`;
}

/** What the chosen point is given, and what it costs. */
export function sentence(points, state) {
  const [x, y, label] = points[state.selected];
  const scores = evaluate(points, state).scores[state.selected];
  const edge = isCut(state) ? " A weight or bias stands at its bound of 4; steps are cut off there." : "";
  const which = `Point ${state.selected + 1}, class ${LETTERS[label]} at (${placeWords([x, y])}),`;
  return `${which} ${verdict(label, scores)}; ${pointCost(scores, label, state.kind)}.${edge}`;
}

const plain = (value) => String(Number(value.toFixed(6)) + 0);
const list = (values) => `[${values.map(plain).join(", ")}]`;
const shown = (values, digits) => values.map((value) => String(Number(value.toFixed(digits)) + 0)).join(", ");

function wrapped(points) {
  const rows = [0, 5, 10].map((at) => points.slice(at, at + 5).map(([x, y]) => `[${x}, ${y}]`).join(", "));
  return rows.map((row) => `    ${row},`).join("\n");
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode(points, state) {
  const { weights, biases, kind, decay, lr, selected } = state;
  const found = evaluate(points, state);
  const isHinge = kind === "hinge";
  const call = isHinge ? "3 * torch.nn.functional.multi_margin_loss" : "torch.nn.functional.cross_entropy";
  const chosen = found.scores[selected];
  const next = stepped(points, state);
  return [
    "points = torch.tensor([",
    wrapped(points),
    "], dtype=torch.float64)",
    `labels = torch.tensor([${points.map((point) => point[2]).join(", ")}])`,
    `W = torch.tensor([${weights.map(list).join(", ")}], dtype=torch.float64, requires_grad=True)`,
    `b = torch.tensor(${list(biases)}, dtype=torch.float64, requires_grad=True)`,
    "scores = points @ W.T + b",
    `scores[${selected}]  # ${shown(chosen, 3)}`,
    ...(isHinge ? [] : [`scores[${selected}].softmax(dim=0)  # ${shown(softmax(chosen), 3)}`]),
    `data = ${call}(scores, labels)`,
    `penalty = ${plain(decay)} / 2 * W.square().sum()`,
    `data, penalty, data + penalty  # ${shown([found.data, found.penalty, found.loss], 3)}`,
    `(scores.argmax(dim=1) == labels).sum()  # ${found.right}`,
    "(data + penalty).backward()",
    `W.grad  # ${shown(gradient(points, state).weights.flat(), 3)}`,
    `(W - ${plain(lr)} * W.grad).clamp(-4, 4)  # ${shown(next.weights.flat(), 3)}`,
    `(b - ${plain(lr)} * b.grad).clamp(-4, 4)  # ${shown(next.biases, 3)}`,
  ].join("\n");
}

/** What a screen reader is told of the chosen point. */
export function pointWords(points, index, scores) {
  const [x, y, label] = points[index];
  return `${index + 1}, class ${LETTERS[label]} at ${placeWords([x, y])}, given ${LETTERS[argmax(scores)]}`;
}
