// What the demo says, and the lines of torch.

import { clears, flows, standing } from "./math.mjs";

export const grad = (value) => (value === null ? "None" : String(value));

// The cuts as a reader chooses them.
export const NAMES = {
  nothing: "nothing",
  "x in p": "x.detach() in p",
  "x in L": "x.detach() in L",
  p: "p.detach()",
  "no_grad p": "p under no_grad",
  no_grad: "both under no_grad",
};

const BRINGS = {
  nothing: "The pass brings 3 to w, and 2 + 4 to x along two paths.",
  "x in p": "x is a constant in p: the pass brings it 4 alone, and 3 to w.",
  "x in L": "x is a constant in L: the pass brings it 2, through p, and 3 to w.",
  p: "p is cut off: nothing comes to w, and 4 to x.",
  "no_grad p": "p was not recorded: nothing comes to w, and 4 to x.",
  no_grad: "Refused with an error: L was not recorded, there is no way back.",
};

/** One sentence or two on what is seen now. */
export function sentence({ entries, cut }) {
  const { w, x, since } = standing(entries);
  const last = entries.at(-1);
  const now = `w.grad is ${grad(w)}, x.grad is ${grad(x)}.`;
  if (last === undefined) return `No pass yet: ${now}`;
  if (last === "None") return "zero_grad() leaves None: nothing has arrived since.";
  if (last === "zeros") return `zero_grad(set_to_none=False) leaves zeros where a number was: ${now}`;
  if (last !== cut) return `The next pass will have another graph. So far ${now}`;
  return `${BRINGS[cut]} ${since.length > 1 ? "Added up: " : ""}${now}`;
}

/** What a pass brings to each leaf: the products of its paths, and their sum, null for nothing. */
export function arrivals(cut) {
  const { product, toW, viaP, direct } = flows(cut);
  const along = (kind, value) => (value === null ? [] : [{ kind, value, words: `${product} · ${value / product}` }]);
  const straight = direct === null ? [] : [{ kind: "direct", value: direct, words: String(direct) }];
  const row = (name, paths) => ({
    name,
    parts: paths.map(({ kind, words }) => [kind, words]),
    total: paths.length ? paths.reduce((sum, { value }) => sum + value, 0) : null,
  });
  return [row("w", along("toW", toW)), row("x", [...along("viaP", viaP), ...straight])];
}

// The edges of the graph: from where to where, as read out.
export const WAYS = { product: "L to p", toW: "p to w", viaP: "p to x", direct: "L to x" };

/** What flows over an edge of the graph in sight, and where it is added. */
export function edgeWords(edge, cut) {
  const { product, toW, viaP, direct } = flows(cut);
  const value = flows(cut)[edge];
  if (value === null) return `From ${WAYS[edge]}: nothing flows, so nothing is added.`;
  const slope = (total) => `${product} · ${total / product} = ${total}`;
  const goes = [toW && `w gets ${slope(toW)}`, viaP && `x gets ${slope(viaP)}`].filter(Boolean).join(", ");
  return {
    product: () => `From L to p flows 1, the slope of L by p. Behind p, ${goes}.`,
    toW: () => `From p to w flows ${slope(toW)}: each such pass adds ${toW} to w.grad.`,
    viaP: () => `From p to x flows ${slope(viaP)}: each such pass adds ${viaP} to x.grad.`,
    direct: () => `From L to x flows ${direct}, the slope of 4x: each such pass adds ${direct} to x.grad.`,
  }[edge]();
}

/** The two lines of the forward pass. */
export function forwardLines(cut) {
  const p = `p = w * x${cut === "x in p" ? ".detach()" : ""}`;
  const loss = `L = p${cut === "p" ? ".detach()" : ""} + 4 * x${cut === "x in L" ? ".detach()" : ""}`;
  if (cut === "no_grad p") return ["with torch.no_grad():", `    ${p}`, loss];
  if (cut === "no_grad") return ["with torch.no_grad():", `    ${p}`, `    ${loss}`];
  return [p, loss];
}

/** What the picture shows, for a reader who hears it. */
export function described({ entries, cut }) {
  const { product, toW, viaP, direct } = flows(cut);
  const edges = [
    ["L to p", product],
    ["p to w", toW],
    ["p to x", viaP],
    ["L to x", direct],
  ].map(([name, value]) => `${name} ${value ?? "nothing"}`);
  const { w, x } = standing(entries);
  return `A pass brings back, from ${edges.join(", ")}. w.grad ${grad(w)}, x.grad ${grad(x)}.`;
}

function passLines(cut) {
  const back = flows(cut).refused
    ? ["try:", "    L.backward()", "except RuntimeError as error:", "    print(error)"]
    : ["L.backward()"];
  return [...forwardLines(cut), ...back];
}

/** Lines of Python that give the same numbers. */
export function torchCode({ entries }) {
  const lines = ["w = torch.tensor(2.0, requires_grad=True)", "x = torch.tensor(3.0, requires_grad=True)"];
  if (entries.some(clears)) lines.push("optimizer = torch.optim.SGD([w, x], lr=0.1)");
  for (const entry of entries) {
    if (entry === "None") lines.push("optimizer.zero_grad()");
    else if (entry === "zeros") lines.push("optimizer.zero_grad(set_to_none=False)");
    else lines.push(...passLines(entry));
  }
  return [...lines, "print(w.grad, x.grad)"].join("\n");
}
