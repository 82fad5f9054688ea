// The picture of the computational-graph stepper: boxes, edges, and pulses that run along them.

import { stateAt } from "./math.mjs";
import { edgesOf, edgeState, layout, roomOf } from "./scene.mjs";
import { number, short, written } from "./words.mjs";
import { shape } from "../kit/parts.mjs";

const HEAD = 10; // length of an arrow's head
const LINES = [-0.22, 0.09, 0.39]; // of a box's name, value and gradient, from its middle, in its heights
const [LETTER, LINE] = [9, 18]; // of a local factor: the width of a letter, and its height, with room around
// Pixels: of an edge that stay in sight, from an upright edge to its factor, and its least length.
const [IN_SIGHT, ASIDE, LEAST] = [18, 9, 24];
const PULSE = 5.5; // radius
const SEEN = 0.85; // the share of a pulse's way from which on its number is there

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

const between = ([a, b], [c, d], share) => [a + share * (c - a), b + share * (d - b)];

/** The local factor on the middle of an edge, or on the right of an upright one; null without room. */
function factor({ start, end }, local) {
  const words = `×${short(local)}`;
  const [x, y] = between(start, end, 0.5);
  const [across, down] = [0, 1].map((side) => Math.abs(end[side] - start[side]));
  const length = Math.hypot(across, down);
  const place = { class: "book-factor", x, y: y + 5 };
  if (across < 1) {
    const beside = { ...place, x: x + ASIDE, style: "text-anchor: start" };
    return length > LEAST ? shape("text", beside, words) : null;
  }
  const hidden = length * Math.min((LETTER * words.length) / across, LINE / down);
  return length - hidden > IN_SIGHT ? shape("text", place, words) : null;
}

/** An edge, with its share written beside it where a box has several, else with its local factor. */
function drawEdge(edge, { look, gradient, local }, isOneOfSeveral) {
  const isBack = gradient !== undefined;
  const ends = isBack ? [edge.end, edge.start] : [edge.start, edge.end];
  const about = { "data-about": `${edge.from} ${edge.to}` };
  const marks = [shape("g", about, ...arrow(...ends, look))];
  if (isBack && isOneOfSeveral) {
    const [x, y] = between(edge.start, edge.end, 0.5);
    const isLow = edge.port > 0; // beside the edge, and not between two
    marks.push(shape("text", { class: "book-share", x, y: y + (isLow ? 15 : -7) }, short(gradient)));
  }
  const beside = isBack && !isOneOfSeveral ? factor(edge, local) : null;
  if (beside) marks.push(beside);
  return marks;
}

function drawBox(name, { title, x, y, width, height, isInput }, state, chosen) {
  const { values, gradients, fresh, current, phase } = state;
  const isNow = current?.[0] === name || fresh.some(({ to }) => to === name);
  const looks = [
    "book-box",
    isInput && "book-input",
    name === chosen && "book-chosen",
    name in values && "book-known",
    isNow && "book-now",
    (phase === "seed" || phase === "backward") && "book-homeward",
  ].filter(Boolean);
  const line = (index, look, words) =>
    shape("text", { class: `book-line-${look}`, x, y: y + LINES[index] * height }, words);
  const frame = { x: x - width / 2, y: y - height / 2, width, height, rx: isInput ? 16 : 6 };
  const said = `${written(name)} is ${number(values[name] ?? 0)}`;
  const role = isInput
    ? { role: "button", tabindex: 0, "aria-label": `${said}: move it`, "aria-pressed": name === chosen }
    : {};
  return shape(
    "g",
    { "data-about": name, "data-name": name, ...role },
    shape("rect", { class: looks.join(" "), ...frame }),
    line(0, "title", title),
    ...(name in values ? [line(1, "value", short(values[name]))] : []),
    ...(name in gradients ? [line(2, "gradient", `∂ ${short(gradients[name])}`)] : []),
  );
}

/** What arrives with the pulses of a step: the texts of the boxes that they run to. */
function arriving(boxes, { phase, current, fresh }) {
  const find = (name, look) => boxes.get(name).querySelector(`.book-line-${look}`);
  if (phase === "forward") return [find(current[0], "value")];
  if (phase === "seed") return [find(current[0], "gradient")];
  return [...new Set(fresh.map(({ to }) => to))].map((name) => find(name, "gradient"));
}

/**
 * A picture that is wide or narrow. `draw(graph, settings, chosen)` draws a step, and `move(share)`
 * puts its pulses there on their way; `onChoose(name)` hears which input was pressed.
 */
export function picture(isWide, onChoose) {
  const [width, height] = roomOf(isWide);
  const root = shape("svg", {
    class: `book-graph ${isWide ? "book-wide" : "book-narrow"}`,
    viewBox: `0 0 ${width} ${height}`,
    role: "group",
  });
  let pulses = [];
  let texts = [];
  const press = (event) => {
    const name = event.target.closest('[role="button"]')?.dataset.name;
    const isKey = event.type === "keydown";
    if (!name || (isKey && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    onChoose(name);
  };
  root.addEventListener("click", press);
  root.addEventListener("keydown", press);

  const draw = (graph, settings, chosen) => {
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.name;
    const places = layout(graph, settings.merged, isWide);
    const edges = edgesOf(graph, settings.merged, places, isWide);
    const state = stateAt(graph, settings);
    const looks = edges.map((edge) => edgeState(graph, settings, edge));
    const isOneOfSeveral = ({ from }) => edges.filter((edge) => edge.from === from).length > 1;
    const boxes = new Map(
      Object.entries(places).map(([name, box]) => [name, drawBox(name, box, state, chosen)]),
    );
    pulses = edges.flatMap((edge, at) => {
      const { isNow, gradient } = looks[at];
      if (!isNow || gradient === 0) return []; // nothing runs along
      const ends = gradient === undefined ? [edge.start, edge.end] : [edge.end, edge.start];
      const kind = gradient === undefined ? "book-forth" : "book-home";
      return [{ ends, root: shape("circle", { class: `book-pulse ${kind}`, r: PULSE }) }];
    });
    texts = state.phase === "start" ? [] : arriving(boxes, state);
    root.setAttribute("aria-label", `The graph of f = ${graph.title}`);
    root.replaceChildren(
      ...edges.flatMap((edge, at) => drawEdge(edge, looks[at], isOneOfSeveral(edge))),
      ...boxes.values(),
      ...pulses.map((pulse) => pulse.root),
    );
    if (focused) boxes.get(focused)?.focus();
  };

  const move = (share) => {
    for (const { ends, root: dot } of pulses) {
      const [x, y] = between(...ends, share);
      dot.setAttribute("cx", x.toFixed(2));
      dot.setAttribute("cy", y.toFixed(2));
      dot.style.visibility = share < 1 ? "visible" : "hidden";
    }
    for (const text of texts) text.style.opacity = share < SEEN ? 0 : 1;
  };
  return { root, draw, move };
}
