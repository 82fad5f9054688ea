// Forward and backward through a small graph of numbers, node by node.
//
// A graph lists its inputs as [name, value, place] and its nodes as [name, operation, reads, place],
// each node after all that it reads; the last node is the output.

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** What every operation computes, and its local gradients: one for each number that it reads. */
export const OPERATIONS = {
  add: { value: (a, b) => a + b, local: () => [1, 1] },
  mul: { value: (a, b) => a * b, local: (a, b) => [b, a] },
  // As in torch, a tie shares the gradient equally.
  max: { value: Math.max, local: (a, b) => (a === b ? [0.5, 0.5] : [+(a > b), +(b > a)]) },
  double: { value: (a) => 2 * a, local: () => [2] },
  negate: { value: (a) => -a, local: () => [-1] },
  exp: { value: Math.exp, local: (a) => [Math.exp(a)] },
  increment: { value: (a) => 1 + a, local: () => [1] },
  reciprocal: { value: (a) => 1 / a, local: (a) => [-1 / (a * a)] },
  // Not σ(1 − σ): close to one, the difference would lose all its digits.
  sigmoid: { value: sigmoid, local: (a) => [sigmoid(a) * sigmoid(-a)] },
};

/** A graph's nodes, with those at the end merged into one where the graph knows such a form. */
export const nodesOf = (graph, merged) => (merged && graph.merged) || graph.nodes;

/** The last step: one for each node forward, one for the output's gradient, one for each back. */
export const lastStep = (graph, merged) => 2 * nodesOf(graph, merged).length + 1;

/** The value of every input and node, by name. */
export function forward(graph, merged, inputs) {
  const values = Object.fromEntries(graph.inputs.map(([name], at) => [name, inputs[at]]));
  for (const [name, operation, reads] of nodesOf(graph, merged)) {
    values[name] = OPERATIONS[operation].value(...reads.map((read) => values[read]));
  }
  return values;
}

/** What a node sends to each number that it reads: upstream × local = downstream. */
export function sharesOf([name, operation, reads], values, upstream) {
  const locals = OPERATIONS[operation].local(...reads.map((read) => values[read]));
  return reads.map((to, port) => ({
    from: name,
    to,
    port,
    upstream,
    local: locals[port],
    downstream: upstream * locals[port],
  }));
}

/**
 * What is known at a step: { at, last, phase, current, values, gradients, shares, fresh }.
 *
 * The phase is "start", "forward", "seed" or "backward", `current` the node at work; `shares` are
 * all gradients that have gone along an edge so far, `fresh` those of this step.
 */
export function stateAt(graph, { inputs, merged, step }) {
  const nodes = nodesOf(graph, merged);
  const last = lastStep(graph, merged);
  const at = Math.min(step, last);
  const all = forward(graph, merged, inputs);
  const names = [...graph.inputs, ...nodes.slice(0, at)].map(([name]) => name);
  const values = Object.fromEntries(names.map((name) => [name, all[name]]));
  const state = { at, last, values, gradients: {}, shares: [], fresh: [] };
  if (at === 0) return { ...state, phase: "start", current: null };
  if (at <= nodes.length) return { ...state, phase: "forward", current: nodes[at - 1] };
  const output = nodes[nodes.length - 1];
  state.gradients[output[0]] = 1;
  if (at === nodes.length + 1) return { ...state, phase: "seed", current: output };
  for (const node of nodes.slice(last - at).reverse()) {
    state.current = node;
    state.fresh = sharesOf(node, all, state.gradients[node[0]]);
    state.shares.push(...state.fresh);
    for (const { to, downstream } of state.fresh) {
      state.gradients[to] = (state.gradients[to] ?? 0) + downstream;
    }
  }
  return { ...state, phase: "backward" };
}

/** The first step in the other form of a graph that shows all that both forms know by now. */
export function stepInOtherForm(graph, { inputs, merged, step }) {
  const namesIn = (form) => [...graph.inputs, ...nodesOf(graph, form)].map(([name]) => name);
  const names = [true, false].map(namesIn);
  const isShared = (name) => names.every((known) => known.includes(name));
  const known = (form, at) => {
    const { values, gradients } = stateAt(graph, { inputs, merged: form, step: at });
    return [values, gradients].map((found) => Object.keys(found).filter(isShared).length);
  };
  const wanted = known(merged, step);
  const steps = Array.from({ length: lastStep(graph, !merged) + 1 }, (_, at) => at);
  return steps.find((at) => known(!merged, at).every((count, side) => count >= wanted[side]));
}
