// What stands on the coloured ground: points, lines, the border, the network's edges, the losses.

import { GRID, BOUND, lineOf } from "./math.mjs";
import { contourLines } from "../kit/contours.mjs";
import { shape } from "../kit/parts.mjs";

const GUESSING = Math.log(2); // the loss of a network that gives each class one half
const HIGHEST = 0.75; // loss at the top of the chart, at least
const FIRST_AXIS = 100; // steps that the chart spans, at least
const DOTS = 150; // of the curve, at most
const ARROW = 6;
const ALONG = 0.07; // where on a line its arrow stands

const path = (places) => places.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
const about = (layer, unit) => `unit-${layer}-${unit}`;

/** An empty drawing; `fit(layout, points)` lays it out, `draw(found)` fills it. */
export function drawing() {
  const root = shape("svg", { role: "img" });
  let [kept, parts] = [null, null];

  const toPixels = ([x, y]) => {
    const { plane } = kept;
    const scale = plane.width / (2 * BOUND);
    return [plane.x + (x + BOUND) * scale, plane.y + (BOUND - y) * scale];
  };
  const text = (words, x, y, look = "left") => shape("text", { class: `book-note-text book-${look}`, x, y }, words);

  function point([x, y, label]) {
    const [across, down] = toPixels([x, y]);
    const r = kept.isPhone ? 3 : 4.5;
    const square = { x: across - r, y: down - r, width: 2 * r, height: 2 * r, rx: 1 };
    const sign = label
      ? shape("rect", { class: "book-point book-one", ...square })
      : shape("circle", { class: "book-point book-zero", cx: across, cy: down, r: r * 1.1 });
    return shape("g", {}, shape("circle", { class: "book-ring", cx: across, cy: down, r: r + 4 }), sign);
  }

  /** The curve from one box to the next, or to the plane. */
  function edge(from, to) {
    const start = [from.x + from.width, from.y + from.height / 2];
    const end = [to.x, to.y + to.height / 2];
    const middle = (start[0] + end[0]) / 2;
    return `M${start.join(" ")}C${middle} ${start[1]} ${middle} ${end[1]} ${end.join(" ")}`;
  }

  function network() {
    const { units, plane } = kept;
    const columns = [...units, [plane]];
    const edges = columns.slice(1).map((boxes, layer) =>
      boxes.map((to, unit) =>
        columns[layer].map((from, input) => {
          const words = layer + 1 < units.length ? `${about(layer, input)} ${about(layer + 1, unit)}` : about(layer, input);
          return shape("path", { class: "book-edge", d: edge(from, to), "data-about": words });
        }),
      ),
    );
    const frames = units.map((boxes, layer) =>
      boxes.map((box, unit) => {
        const hint = layer ? `unit ${unit + 1} of hidden layer ${layer}` : `input x${"₁₂"[unit]}`;
        return shape("rect", { class: "book-unit", rx: 4, ...box, "data-about": about(layer, unit) }, shape("title", {}, hint));
      }),
    );
    const names = units[0].map((box, unit) => text(`x${"₁₂"[unit]}`, box.x + box.width / 2, box.y + box.height / 2, "middle"));
    const heads = kept.isPhone
      ? []
      : [text("inputs", 0, 8), text(units.length > 2 ? "hidden layers" : "hidden units", units.at(-1)[0].x + units.at(-1)[0].width, 8, "right")];
    return { edges, frames, nodes: [...edges.flat(2), ...frames.flat(), ...names, ...heads] };
  }

  /** Lay everything out anew. */
  function fit(layout, points) {
    kept = layout;
    root.setAttribute("viewBox", `0 0 ${layout.size.join(" ")}`);
    const net = network();
    const { plane, chart } = layout;
    const lines = layout.units[1].map((_, unit) =>
      shape("g", { "data-about": about(1, unit) }, shape("path", { class: "book-halo" }), shape("path", { class: "book-line" }), shape("path", { class: "book-tip" })),
    );
    const border = shape("path", { class: "book-border" });
    const dots = points.map(point);
    const [curve, now] = [shape("path", { class: "book-curve" }), shape("circle", { class: "book-now", r: 4 })];
    const rule = shape("line", { class: "book-rule", x1: chart.x, x2: chart.x + chart.width });
    const floor = shape("line", { class: "book-floor", x1: chart.x, x2: chart.x + chart.width, y1: chart.y + chart.height, y2: chart.y + chart.height });
    const guess = text("guessing", chart.x + chart.width, 0, "right");
    const frame = shape("rect", { class: "book-frame", rx: 4, ...plane });
    parts = { ...net, lines, border, dots, curve, now, rule, guess };
    root.replaceChildren(...net.nodes, floor, rule, guess, text("loss", chart.x, chart.y - 8), curve, now, border, ...lines, ...dots, frame);
  }

  function drawEdges(layers) {
    const thin = kept.isPhone ? 0.5 : 1;
    layers.forEach(({ inputs, weight }, layer) =>
      parts.edges[layer].forEach((row, unit) =>
        row.forEach((node, input) => {
          const value = weight[unit * inputs + input];
          node.setAttribute("stroke-width", (thin * Math.min(7, 0.4 + 1.3 * Math.abs(value))).toFixed(2));
          node.classList.toggle("book-minus", value < 0);
        }),
      ),
    );
  }

  function drawLines([{ weight, bias }], activation, dead) {
    parts.lines.forEach((node, unit) => {
      const [across, up] = [weight[2 * unit], weight[2 * unit + 1]];
      const ends = activation === "none" ? null : lineOf([across, up, bias[unit]], BOUND);
      node.classList.toggle("book-gone", !ends);
      node.classList.toggle("book-dead", dead[0][unit]);
      if (!ends) return;
      const [from, to] = ends.map(toPixels);
      for (const line of [...node.children].slice(0, 2)) line.setAttribute("d", path([from, to]));
      // A little arrow, away from the middle where lines meet, shows where the unit's sum grows.
      const length = Math.hypot(across, up);
      const [right, down] = [across / length, -up / length];
      const [x, y] = from.map((start, side) => start + ALONG * (to[side] - start));
      const corners = [[-down, right], [down, -right], [1.3 * right, 1.3 * down]];
      node.children[2].setAttribute("d", `${path(corners.map(([a, b]) => [x + ARROW * a, y + ARROW * b]))}Z`);
    });
  }

  function drawBorder(logits) {
    const rows = Array.from({ length: GRID }, (_, row) => logits.subarray(row * GRID, (row + 1) * GRID));
    const dot = kept.plane.width / (GRID - 1);
    const place = ([column, row]) => [kept.plane.x + column * dot, kept.plane.y + row * dot];
    const [lines] = contourLines(rows, [0]);
    parts.border.setAttribute("d", lines.map((line) => path(line.map(place))).join(""));
  }

  function drawChart(losses) {
    const { x, y, width, height } = kept.chart;
    const last = losses.length - 1;
    const most = Math.max(HIGHEST, losses.reduce((one, other) => Math.max(one, other)));
    const at = (step) => [x + (step / Math.max(FIRST_AXIS, last)) * width, y + height * (1 - losses[step] / most)];
    const stops = Math.min(DOTS, last);
    const places = Array.from({ length: stops + 1 }, (_, stop) => at(stops ? Math.round((stop / stops) * last) : 0));
    parts.curve.setAttribute("d", path(places));
    const [cx, cy] = at(last);
    parts.now.setAttribute("cx", cx);
    parts.now.setAttribute("cy", cy);
    const level = y + height * (1 - GUESSING / most);
    for (const name of ["y1", "y2"]) parts.rule.setAttribute(name, level);
    parts.guess.setAttribute("y", level - 10);
  }

  /** Draw a network that was trained: { layers, losses, activation, logits, right, dead }. */
  function draw({ layers, losses, activation, logits, right, dead }) {
    drawEdges(layers);
    drawLines(layers, activation, dead);
    drawBorder(logits);
    drawChart(losses);
    right.forEach((isRight, index) => parts.dots[index].classList.toggle("book-wrong", !isRight));
    dead.forEach((units, layer) =>
      units.forEach((isDead, unit) => parts.frames[layer + 1][unit].classList.toggle("book-dead", isDead)),
    );
  }

  const say = (words) => root.setAttribute("aria-label", words);
  return { root, fit, draw, say };
}
