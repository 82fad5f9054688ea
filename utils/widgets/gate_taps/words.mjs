// What the demo says, and the lines of torch.

import { CANDIDATES, STEPS, run } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const percent = (share) => `${Math.round(100 * share)} %`;

/** A gate in per cent, with a decimal where it is nearly open or nearly closed. */
export function gateWords(share) {
  return `${(100 * share).toFixed(Math.abs(share - 0.5) > 0.45 ? 1 : 0)}\u00a0%`;
}

const signed = (value) => `${value < 0 ? "" : "+"}${number(value)}`;

/** The parts of what the belt holds, after as many steps; rounded, they still add up. */
function parts(state, whose) {
  const { cells, own, added } = run(state);
  const { at } = state;
  const [all, marked, brought] = [cells[at], own[at - 1], added[at - 1]].map((value) => Math.round(100 * value));
  const taken = marked + brought - all;
  return `of ${whose} it has ${number(marked / 100)} (green), of the others ${brought || taken ? `${signed(brought / 100)} and \u2212${number(taken / 100)}` : "nothing"}`;
}

/** One sentence on what is seen now. */
export function sentence(state) {
  const { cells, writes } = run(state);
  const { at, mark } = state;
  if (!at) return "The belt is empty.";
  const holds = number(cells[at]);
  if (at < STEPS) {
    return `Step ${at}: the tap lets in ${percent(writes[at - 1])} of ${number(CANDIDATES[at - 1], 1)}. The belt holds ${holds}${at < mark ? "" : `: ${parts(state, "the mark")}`}.`;
  }
  return `The belt ends with ${holds}: ${parts(state, `the marked ${number(CANDIDATES[mark - 1], 1)}`)}.`;
}

/** What the picture shows, for a reader who hears it. */
export function described(state) {
  const held = run(state).cells.slice(1, state.at + 1).map((c) => number(c));
  return `What the belt holds after each step: ${held.join(", ") || "nothing yet"}.`;
}

/** Lines of Python that give the same numbers. */
export function torchCode({ keep, idle, marked, show, mark }) {
  const bias = [idle, keep, 0, show].map((value) => value.toFixed(1)).join(", ");
  return [
    `g = torch.tensor([${CANDIDATES.map((value) => value.toFixed(1)).join(", ")}])`,
    "x = torch.zeros(8, 2)  # a number and a mark",
    "x[:, 0] = g.atanh()",
    `x[${mark - 1}, 1] = 1`,
    "cell = torch.nn.LSTMCell(2, 1)",
    "for weight in cell.parameters():",
    "    torch.nn.init.zeros_(weight)",
    "with torch.no_grad():  # rows: i, f, g, o",
    `    cell.weight_ih[0, 1] = ${(marked - idle).toFixed(1)}`,
    "    cell.weight_ih[2, 0] = 1",
    `    cell.bias_ih.copy_(torch.tensor([${bias}]))`,
    "start = torch.zeros(1, 1, requires_grad=True)",
    "h, c = torch.zeros(1, 1), start",
    "for x_t in x:",
    "    h, c = cell(x_t[None], (h, c))",
    `    print(f"{c.item():.3f} {h.item():.3f}")`,
    "print(torch.autograd.grad(c, start)[0].item())",
  ].join("\n");
}
