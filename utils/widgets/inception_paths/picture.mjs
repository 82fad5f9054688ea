// Four paths as bands, and bars of what they cost.

import { PATHS, paths, totals } from "./math.mjs";
import { about, short } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";
import { pointing } from "../kit/pointing.mjs";
import { eased } from "../kit/tween.mjs";

const DURATION = 900;
const THIN = 2.5; // pixels of a band of few channels
const HALF = 13; // of a box
// Places along the width; then from path to path, the widest band, and where rows of bars begin.
const ROOMS = {
  wide: { width: 640, source: 24, first: [150, 208], second: [318, 376], out: [600, 624], bar: [96, 420], columns: [540, 640], lane: 54, thick: 49, high: 17, row: 24 },
  narrow: { width: 328, source: 14, first: [66, 112], second: [166, 212], out: [302, 316], bar: [0, 328], columns: [236, 328], lane: 41, thick: 37, high: 12, row: 34 },
};
const ROWS = ["this block", "one 3×3", "one 5×5"];

/** The numbers that are drawn of a state, always equally many. */
function numbersOf(state) {
  const all = paths(state);
  const { three, five } = totals(state);
  const widest = Math.max(state.inputs, ...all.flatMap(({ between, out }) => [between, out]));
  const parts = all.flatMap(({ between, out, weights }) => [between, out, weights / five]);
  return [state.inputs, 1 / widest, Number(state.bottlenecks), three / five, ...parts];
}

/** A band through places [x, middle, height], from left to right. */
function band(places) {
  const edge = (side, way) =>
    way.map(([x, y, high], index) => {
      const at = `${x} ${(y + (side * high) / 2).toFixed(2)}`;
      if (!index) return at;
      const [u, v, wide] = way[index - 1];
      const middle = (x + u) / 2;
      return `C${middle} ${(v + (side * wide) / 2).toFixed(2)} ${middle} ${(y + (side * high) / 2).toFixed(2)} ${at}`;
    });
  return `M${edge(-1, places).join("")}L${edge(1, [...places].reverse()).join("")}Z`;
}

/** The drawing: `draw(state)` eases to a state; `onPick(path)` hears of a path that is clicked. */
export function picture(onPick) {
  const svg = shape("svg", { role: "img", "aria-label": "Four paths from the channels that come in to those that go out, and bars of their weights" });
  const line = element("p", { class: "book-path-line" });
  const root = element("div", { class: "book-paths" }, svg, line);
  const query = matchMedia("(max-width: 30rem)");
  const text = (look, anchor = "middle") => shape("text", { class: look, "text-anchor": anchor });
  const box = (index, look) => {
    const frame = shape("rect", { class: "book-box", rx: 4, height: 2 * HALF });
    const label = text("book-kernel");
    const node = shape("g", { class: `book-look-${index} ${look}`, "data-about": `path-${index}` }, frame, label);
    return { node, frame, label };
  };
  const lanes = PATHS.map((name, index) => {
    const flow = shape("path", { class: `book-band book-look-${index}`, "data-about": `path-${index}` });
    const boxes = [box(index, "book-small"), box(index, "book-large")];
    const counts = [text("book-count"), text("book-count")];
    const share = shape("rect", { class: `book-share book-look-${index}`, "data-about": `path-${index}` });
    const end = shape("rect", { class: `book-end book-look-${index}`, "data-about": `path-${index}` });
    for (const node of [flow, ...boxes.map((one) => one.node), end]) node.addEventListener("click", () => onPick(name));
    return { flow, boxes, counts, share, end };
  });
  const source = shape("rect", { class: "book-source" });
  const words = { source: text("book-total"), out: text("book-total") };
  const heads = [text("book-head", "end"), text("book-head", "end")];
  const rows = ROWS.map((name) => {
    const label = text("book-row-name", "start");
    label.textContent = name;
    return { label, bar: shape("rect", { class: "book-single" }), costs: [text("book-cost", "end"), text("book-cost", "end")] };
  });
  svg.append(
    ...lanes.map(({ flow }) => flow),
    source,
    ...lanes.flatMap(({ end, boxes, counts }) => [end, ...boxes.map((one) => one.node), ...counts]),
    ...rows.flatMap(({ label, bar, costs }) => [label, bar, ...costs]),
    ...heads,
    ...lanes.map(({ share }) => share),
    ...Object.values(words),
  );

  const put = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, typeof value === "number" ? value.toFixed(2) : value);
  };
  let goal = null;
  let drawn = null;
  const draw = (numbers) => {
    drawn = numbers;
    const room = query.matches ? ROOMS.narrow : ROOMS.wide;
    const isNarrow = room === ROOMS.narrow;
    const { first, second, lane } = room;
    const [inputs, scale, isOn, three, ...rest] = numbers;
    const thick = (channels) => Math.max(THIN, channels * scale * room.thick);
    const [start, bars] = [room.thick / 2 + 6, room.thick + 3 * lane + 38];
    const middle = start + 1.5 * lane;
    const all = paths(goal);
    const parts = PATHS.map((_, index) => rest.slice(3 * index, 3 * index + 3));
    put(svg, { viewBox: `0 0 ${room.width} ${bars + 3 * room.row - 4}` });
    put(source, { x: 0, y: middle - thick(inputs) / 2, width: room.source, height: thick(inputs) });
    put(words.source, { x: 0, y: middle - thick(inputs) / 2 - 8, "text-anchor": "start" });
    words.source.textContent = `${goal.inputs} in`;

    const outs = parts.map(([, out]) => thick(out));
    let top = middle - outs.reduce((sum, high) => sum + high, 0) / 2;
    put(words.out, { x: room.width, y: top - 8, "text-anchor": "end" });
    words.out.textContent = `${totals(goal).out} out`;
    for (const [index, { flow, boxes, counts, end }] of lanes.entries()) {
      const y = start + index * lane;
      const [between] = parts[index];
      const isPool = index === 3;
      const joint = [room.out[0], top + outs[index] / 2, outs[index]];
      // A band changes its width inside a box: first by the 1×1 layer, then by the last layer.
      const ways = [[first[0], thick(inputs)], [first[1], thick(between)], [second[0], thick(between)], [second[1], outs[index]]];
      put(flow, { d: band([[room.source, middle, thick(inputs)], ...ways.map(([x, high]) => [x, y, high]), joint]) });
      put(end, { x: room.out[0], y: top, width: room.out[1] - room.out[0], height: outs[index] });
      top += outs[index];
      const labels = isPool ? ["max", "1×1"] : ["1×1", PATHS[index]];
      for (const [place, { node, frame, label }] of boxes.entries()) {
        const [from, to] = place ? second : first;
        put(frame, { x: from, y: y - HALF, width: to - from });
        put(label, { x: (from + to) / 2, y: y + 5 });
        label.textContent = labels[place];
        // The first path has one layer; each other path loses a 1×1 layer with the switch.
        const isMissing = index === 0 && place === 0;
        const isSwitched = index > 0 && place === Number(isPool);
        put(node, { opacity: isMissing ? 0 : isSwitched ? isOn : 1, "pointer-events": isMissing ? "none" : "auto" });
      }
      const isNarrowed = all[index].between !== goal.inputs;
      put(counts[0], { x: (first[1] + second[0]) / 2, y: y + 5 });
      counts[0].textContent = isNarrowed ? String(all[index].between) : "";
      put(counts[1], { x: second[1] + (isNarrow ? 15 : 20), y: y + 5 });
      counts[1].textContent = String(all[index].out);
    }

    const { weights, three: weights3, five: weights5 } = totals(goal);
    const [from, to] = room.bar;
    for (const [place, name] of ["weights", isNarrow ? "mult-adds" : "multiply-adds"].entries()) {
      put(heads[place], { x: room.columns[place], y: bars - 9 });
      heads[place].textContent = name;
    }
    const drop = room.row - room.high - 4; // a bar stands beside its words, or below them
    const widths = [0, three, 1].map((share) => share * (to - from));
    for (const [place, { label, bar, costs }] of rows.entries()) {
      const y = bars + place * room.row;
      const value = [weights, weights3, weights5][place];
      put(label, { x: 0, y: y + 13 });
      put(bar, { x: from, y: y + (isNarrow ? drop : 0), width: widths[place], height: room.high });
      for (const [column, count] of [value, value * goal.side ** 2].entries()) {
        put(costs[column], { x: room.columns[column], y: y + 13 });
        costs[column].textContent = short(count);
      }
    }
    let x = from;
    for (const [index, { share }] of lanes.entries()) {
      const wide = (to - from) * parts[index][2];
      put(share, { x, y: bars + (isNarrow ? drop : 0), width: wide, height: room.high });
      x += wide;
    }
  };

  const look = eased(draw, DURATION);
  const pointer = pointing(root);
  const tell = ({ target }) => {
    const word = target.closest?.("[data-about]")?.dataset.about;
    const index = word ? Number(word.split("-")[1]) : PATHS.indexOf(goal.path);
    line.textContent = about(goal, index);
  };
  svg.addEventListener("pointerover", tell);
  svg.addEventListener("pointerleave", tell);
  const turned = () => drawn && draw(drawn);
  query.addEventListener("change", turned);
  return {
    root,
    draw(state) {
      goal = state;
      const next = numbersOf(state);
      look.to(next);
      for (const [index, { boxes }] of lanes.entries()) {
        for (const { node } of boxes) node.classList.toggle("book-chosen", PATHS[index] === state.path);
      }
      line.textContent = about(state, PATHS.indexOf(state.path));
      if (drawn) draw(drawn);
    },
    stop() {
      look.stop();
      pointer.stop();
      query.removeEventListener("change", turned);
    },
  };
}
