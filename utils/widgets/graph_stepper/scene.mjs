// Where the computational-graph stepper draws nodes and edges: from left to right, or downwards.

import { nodesOf, stateAt } from "./math.mjs";
import { formula, written } from "./words.mjs";

// Of a box: its height, its least width, the width of an input, the pixels of a letter and those beside the letters.
const WIDE = { room: [672, 328], height: 60, least: 86, ofInput: 84, letter: 7.6, beside: 16 };
const NARROW = { room: [312, 320], height: 50, least: 64, ofInput: 64, letter: 7.4, beside: 10 };
const MARGIN = 4;
const PORT = 18; // between edges that meet at one box

const sizes = (isWide) => (isWide ? WIDE : NARROW);

/** The room of the picture: [width, height], wide from left to right, narrow from top to bottom. */
export const roomOf = (isWide) => sizes(isWide).room;

/** Boxes by name, { title, x, y, width, height, row, isInput }, with their middle, in pixels. */
export function layout(graph, merged, isWide) {
  const nodes = nodesOf(graph, merged);
  const { room, height, least, ofInput, letter, beside: pad } = sizes(isWide);
  const [across, down] = room;
  const rows = Math.max(...[...graph.inputs, ...nodes].map((node) => node.at(-1)[1]));
  const boxes = {};
  const add = (name, title, [column, row], isInput) => {
    const width = Math.max(isInput ? ofInput : least, letter * title.length + pad);
    const low = MARGIN + height / 2;
    const [deep, beside] = isWide ? [row, column] : [column, row];
    const steps = isWide ? graph.columns - 1 : rows;
    const columns = isWide ? rows + 1 : graph.columns;
    const y = low + (beside * (down - 2 * low)) / steps;
    boxes[name] = { title, x: ((deep + 0.5) * across) / columns, y, width, height, row, isInput };
  };
  for (const [name, , place] of graph.inputs) add(name, written(name), place, true);
  for (const node of nodes) add(node[0], formula(node), node[3], false);
  for (const [name, , reads] of isWide ? [] : nodes) {
    const beside = reads.filter((read) => boxes[read].row === boxes[name].row);
    for (const narrow of beside.length ? [name, ...beside] : []) boxes[narrow].width = least;
  }
  return boxes;
}

const offset = (index, count) => (index - (count - 1) / 2) * PORT;

/** An edge for every number that a node reads, { from, to, port, start, end }, in pixels. */
export function edgesOf(graph, merged, boxes, isWide) {
  const nodes = nodesOf(graph, merged);
  const edges = nodes.flatMap(([to, , reads]) => reads.map((from, port) => ({ from, to, port })));
  return edges.map((edge) => {
    const [source, target] = [boxes[edge.from], boxes[edge.to]];
    // Nodes of one row stand side by side, across the way that the others go.
    const isAlong = (source.row === target.row) !== isWide;
    const leaving = edges.filter(({ from }) => from === edge.from);
    const coming = edges.filter(({ to }) => to === edge.to);
    const out = offset(leaving.indexOf(edge), leaving.length);
    const into = offset(edge.port, coming.length);
    if (isAlong) {
      const start = [source.x + source.width / 2, source.y + out];
      return { ...edge, start, end: [target.x - target.width / 2, target.y + into] };
    }
    const start = [source.x + out, source.y + source.height / 2];
    return { ...edge, start, end: [target.x + into, target.y - target.height / 2] };
  });
}

function isSmaller(graph, { merged }, name, port, values) {
  const [, operation, reads] = nodesOf(graph, merged).find((node) => node[0] === name);
  return operation === "max" && values[reads[port]] < values[reads[1 - port]];
}

/** How an edge looks: { look, gradient, local, isNow }, the gradient that went back along it, if any, and its local factor. */
export function edgeState(graph, settings, { from, to, port }) {
  const { values, shares, fresh, current, phase } = stateAt(graph, settings);
  const isThis = (share) => share.from === to && share.to === from && share.port === port;
  const share = shares.find(isThis);
  const isClosed = to in values && isSmaller(graph, settings, to, port, values);
  const isNow = fresh.some(isThis) || (phase === "forward" && current[0] === to);
  const way = share ? "back" : to in values ? "done" : "idle";
  const looks = [way, isClosed && "closed", isNow && "now"].filter(Boolean);
  return { look: looks.map((look) => `book-${look}`).join(" "), gradient: share?.downstream, local: share?.local, isNow };
}
