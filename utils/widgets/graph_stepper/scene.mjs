// Where the computational-graph stepper draws nodes and edges, and in which state.

import { nodesOf, stateAt } from "./math.mjs";
import { formula, short, written } from "./words.mjs";
import { shape } from "../kit/parts.mjs";

const WIDTH = 312; // so that the smallest text keeps 11 pixels on a phone
const MARGIN = 4;
const HEIGHT = 56; // of a box
const PITCH = 90; // from one row to the next
const NARROW = 64; // a box with neighbours at both sides
const LETTER = 7.4; // pixels
const PORT = 20; // between edges that meet at one box
const HEAD = 10; // length of an arrow's head
const LINES = [15, 32, 49]; // of a box's name, value and gradient

/** Boxes by name, { x, y, width } with the middle and the top, and the height of the whole. */
export function layout(graph, merged) {
  const nodes = nodesOf(graph, merged);
  const boxes = {};
  const add = (name, title, [column, row], isInput) => {
    const x = ((column + 0.5) * WIDTH) / graph.columns;
    const width = Math.max(NARROW, LETTER * title.length + 10);
    boxes[name] = { title, x, y: MARGIN + row * PITCH, width, row, isInput };
  };
  for (const [name, , place] of graph.inputs) add(name, written(name), place, true);
  for (const node of nodes) add(node[0], formula(node), node[3], false);
  for (const [name, , reads] of nodes) {
    const beside = reads.filter((read) => boxes[read].row === boxes[name].row);
    for (const narrow of beside.length ? [name, ...beside] : []) boxes[narrow].width = NARROW;
  }
  const rows = Math.max(...Object.values(boxes).map(({ row }) => row));
  return { boxes, height: rows * PITCH + HEIGHT + 2 * MARGIN };
}

const offset = (index, count) => (index - (count - 1) / 2) * PORT;

/** An edge for every number that a node reads, { from, to, port, start, end }, in pixels. */
export function edgesOf(graph, merged, boxes) {
  const nodes = nodesOf(graph, merged);
  const edges = nodes.flatMap(([to, , reads]) => reads.map((from, port) => ({ from, to, port })));
  return edges.map((edge) => {
    const [source, target] = [boxes[edge.from], boxes[edge.to]];
    if (source.row === target.row) {
      const y = source.y + HEIGHT / 2;
      const start = [source.x + source.width / 2, y];
      return { ...edge, start, end: [target.x - target.width / 2, y] };
    }
    const leaving = edges.filter(({ from }) => from === edge.from);
    const coming = edges.filter(({ to }) => to === edge.to);
    const left = source.x + offset(leaving.indexOf(edge), leaving.length);
    const right = target.x + offset(edge.port, coming.length);
    return { ...edge, start: [left, source.y + HEIGHT], end: [right, target.y] };
  });
}

/** How an edge looks: { look, gradient }, the gradient that went back along it, if any. */
export function edgeState(graph, settings, { from, to, port }) {
  const { values, shares, fresh, current, phase } = stateAt(graph, settings);
  const isThis = (share) => share.from === to && share.to === from && share.port === port;
  const share = shares.find(isThis);
  const isClosed = to in values && isSmaller(graph, settings, to, port, values);
  const isNow = fresh.some(isThis) || (phase === "forward" && current[0] === to);
  const way = share ? "back" : to in values ? "done" : "idle";
  const looks = [way, isClosed && "closed", isNow && "now"].filter(Boolean);
  return { look: looks.map((look) => `book-${look}`).join(" "), gradient: share?.downstream };
}

function isSmaller(graph, { merged }, name, port, values) {
  const [, operation, reads] = nodesOf(graph, merged).find((node) => node[0] === name);
  return operation === "max" && values[reads[port]] < values[reads[1 - port]];
}

function arrow([x1, y1], [x2, y2], look) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [across, down] = [(x2 - x1) / length, (y2 - y1) / length];
  const at = (back, aside) =>
    [x2 - back * across - aside * down, y2 - back * down + aside * across].join(" ");
  const [tipX, tipY] = at(0.8 * HEAD, 0).split(" ");
  return [
    shape("line", { class: `book-edge ${look}`, x1, y1, x2: tipX, y2: tipY }),
    shape("polygon", {
      class: `book-tip ${look}`,
      points: [at(0, 0), at(HEAD, HEAD / 2), at(HEAD, -HEAD / 2)].join(" "),
    }),
  ];
}

function drawEdge(graph, settings, edge, isOneOfSeveral) {
  const { look, gradient } = edgeState(graph, settings, edge);
  const isBack = gradient !== undefined;
  const marks = isBack ? arrow(edge.end, edge.start, look) : arrow(edge.start, edge.end, look);
  if (isBack && isOneOfSeveral) {
    const [x, y] = [0, 1].map((side) => (edge.start[side] + edge.end[side]) / 2);
    const [aside, side] = edge.port ? [4, "right"] : [-4, "left"]; // of the edge, not between two
    marks.push(shape("text", { class: `book-share book-${side}`, x: x + aside, y }, short(gradient)));
  }
  return marks;
}

function drawBox(name, { title, x, y, width, isInput }, state) {
  const { values, gradients, fresh, current } = state;
  const isNow = current?.[0] === name || fresh.some(({ to }) => to === name);
  const looks = [
    "book-box",
    isInput && "book-input",
    name in values && "book-known",
    isNow && "book-now",
  ].filter(Boolean);
  const line = (index, look, words) =>
    shape("text", { class: `book-line-${look}`, x, y: y + LINES[index] }, words);
  const frame = { x: x - width / 2, y, width, height: HEIGHT, rx: isInput ? 16 : 4 };
  return [
    shape("rect", { class: looks.join(" "), ...frame }),
    line(0, "title", title),
    ...(name in values ? [line(1, "value", short(values[name]))] : []),
    ...(name in gradients ? [line(2, "gradient", `∂ ${short(gradients[name])}`)] : []),
  ];
}

/** Draw the graph at a step into an SVG element. */
export function draw(svg, graph, settings) {
  const { boxes, height } = layout(graph, settings.merged);
  const edges = edgesOf(graph, settings.merged, boxes);
  const state = stateAt(graph, settings);
  const isOneOfSeveral = ({ from }) => edges.filter((edge) => edge.from === from).length > 1;
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  svg.setAttribute("aria-label", `The graph of f = ${graph.title}; a table lists its nodes`);
  svg.replaceChildren(
    ...edges.flatMap((edge) => drawEdge(graph, settings, edge, isOneOfSeveral(edge))),
    ...Object.entries(boxes).flatMap(([name, box]) => drawBox(name, box, state)),
  );
}
