// The picture: wires from inputs to outputs, and beside them the same as a matrix.

import { CHANNELS, groupOf, isWired, layerCount, lit, placeBetween, routes } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const STEP = 20; // from one channel to the next
const HIGH = CHANNELS * STEP;
const WIDE = { page: 360, phone: 230 }; // of the wiring: beside a narrow one the matrix is larger
const EDGE = 12; // from the sides to the inputs and the outputs
const HIT = 40; // how wide the strip is that hears the pointer
const BETWEEN = [0.363, 0.637]; // shares of the way: the first layer ends, the second begins
const RADIUS = 6;
const COLOURS = 4; // looks that the groups take in turns
const SLOW = 600; // milliseconds from one state to the next

const PLACES = Array.from({ length: CHANNELS }, (_, place) => place);
const PAIRS = PLACES.flatMap((from) => PLACES.map((to) => [from, to]));
const down = (place) => (place + 0.5) * STEP;
const look = (groups, channel) => `book-look-${groupOf(groups, channel) % COLOURS}`;

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** A wire that runs level out of a channel and level into another. */
function wire(from, to) {
  const [[x, y], [toX, toY]] = [from, to];
  const bend = (toX - x) * 0.45;
  const numbers = [x, y, x + bend, y, toX - bend, toY, toX, toY].map((value) => value.toFixed(1));
  return `M${numbers[0]} ${numbers[1]}C${numbers.slice(2).join(" ")}`;
}

/** A hit area that tells which channels it stands for. */
function hit(place, input, output) {
  return shape("rect", { class: "book-hit", ...place, "data-input": input ?? "", "data-output": output ?? "" });
}

/** The picture; `draw(state, pointed)` eases to a state, `onPoint({ input, output } or null)` hears the pointer. */
export function picture(onPoint) {
  const paths = () => PAIRS.map(() => shape("path", { class: "book-wire" }));
  const [first, second] = [paths(), paths()];
  const between = PLACES.map(() => shape("path", { class: "book-wire" }));
  const dots = (name) => PLACES.map((place) => shape("circle", { class: `book-dot ${name}`, r: RADIUS, cy: down(place) }));
  const [inputs, ends, starts, outputs] = ["book-in", "book-end", "book-start", "book-out"].map(dots);
  const row = (place) => ({ y: place * STEP, width: HIT, height: STEP });
  const [inHits, outHits] = [PLACES.map((place) => hit(row(place), place, null)), PLACES.map((place) => hit(row(place), null, place))];
  const wiring = shape(
    "svg",
    { class: "book-wiring", role: "img", "aria-label": "Wires from 16 inputs on the left to 16 outputs on the right" },
    ...[...first, ...between, ...second, ...inputs, ...ends, ...starts, ...outputs],
    ...inHits,
    ...outHits,
  );
  const cells = PAIRS.map(([to, from]) => shape("rect", { class: "book-cell", x: from * STEP + 1, y: to * STEP + 1, width: STEP - 2, height: STEP - 2, rx: 3 }));
  const matrix = shape(
    "svg",
    { class: "book-matrix", viewBox: `0 0 ${HIGH} ${HIGH}`, role: "img", "aria-label": "Matrix: a row for each output, a column for each input" },
    shape("rect", { class: "book-ground", width: HIGH, height: HIGH, rx: 6 }),
    ...cells,
    ...PAIRS.map(([to, from]) => hit({ x: from * STEP, y: to * STEP, width: STEP, height: STEP }, from, to)),
  );

  const numberOf = (text) => (text === "" ? null : Number(text));
  for (const root of [wiring, matrix]) {
    root.addEventListener("pointerover", ({ target }) => {
      const { input, output } = target.dataset;
      onPoint(input === undefined ? null : { input: numberOf(input), output: numberOf(output) });
    });
    root.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && onPoint(null));
  }

  const phone = matchMedia("(max-width: 30rem)");
  const across = (share) => EDGE + share * (WIDE[phone.matches ? "phone" : "page"] - 2 * EDGE);

  // Numbers in turn: where the first layer ends and the second begins, where each channel stands in
  // between, and how much is seen of each wire and of each cell.
  let drawn = null;
  const lay = (numbers) => {
    drawn = numbers;
    const [left, end, start, right] = [0, numbers[0], numbers[1], 1].map(across);
    const places = numbers.slice(2, 2 + CHANNELS);
    const seen = numbers.slice(2 + CHANNELS);
    for (const [index, [from, to]] of PAIRS.entries()) {
      set(first[index], { d: wire([left, down(from)], [end, down(to)]), opacity: seen[index].toFixed(3) });
      set(second[index], { d: wire([start, down(places[from])], [right, down(to)]), opacity: seen[PAIRS.length + index].toFixed(3) });
      cells[index].setAttribute("opacity", seen[2 * PAIRS.length + index].toFixed(3));
    }
    for (const place of PLACES) {
      set(between[place], { d: wire([end, down(place)], [start, down(places[place])]) });
      inputs[place].setAttribute("cx", left);
      ends[place].setAttribute("cx", end.toFixed(1));
      set(starts[place], { cx: start.toFixed(1), cy: down(places[place]).toFixed(1) });
      outputs[place].setAttribute("cx", right);
    }
  };
  const move = eased(lay, SLOW);
  const fit = () => {
    wiring.setAttribute("viewBox", `0 0 ${across(1) + EDGE} ${HIGH}`);
    for (const node of outHits) node.setAttribute("x", across(1) + EDGE - HIT);
    if (drawn) lay(drawn);
  };
  fit();
  phone.addEventListener("change", fit);

  const draw = (state, pointed) => {
    const { groups } = state;
    const isTwo = layerCount(state) === 2;
    const table = routes(state);
    const light = lit(state, pointed ?? { input: null, output: null });
    const isNear = (from, to) => !pointed || ((pointed.input ?? from) === from && (pointed.output ?? to) === to);
    const shade = (isThere, isLit) => (isThere ? (isLit ? 1 : 0.12) : 0);
    const middle = (place) => placeBetween(state, place);
    move.to([
      ...(isTwo ? BETWEEN : [1, 1]),
      ...PLACES.map(middle),
      ...PAIRS.map(([from, to]) => shade(isWired(groups, from, to), light.first[from][to])),
      ...PAIRS.map(([from, to]) => shade(isTwo && isWired(groups, middle(from), to), light.second[from][to])),
      ...PAIRS.map(([to, from]) => (table[to][from] ? (isNear(from, to) ? 1 : 0.3) : 0)),
    ]);
    const paint = (node, channel, isOn, isHidden = false) => {
      for (let index = 0; index < COLOURS; index++) node.classList.toggle(`book-look-${index}`, look(groups, channel) === `book-look-${index}`);
      node.classList.toggle("book-dim", !isOn);
      node.classList.toggle("book-none", isHidden);
    };
    const reaches = (from, to) => table[to][from] > 0;
    for (const [index, [from, to]] of PAIRS.entries()) {
      paint(first[index], from, true);
      paint(second[index], from, true, !isTwo);
      paint(cells[index], to, true); // the pair of a cell is (row, column)
    }
    for (const place of PLACES) {
      const hears = PLACES.some((from) => isNear(from, place) && reaches(from, place));
      const sends = PLACES.some((to) => isNear(place, to) && reaches(place, to));
      paint(between[place], place, light.middles[place], !isTwo);
      paint(inputs[place], place, sends);
      for (const node of [ends[place], starts[place]]) paint(node, place, light.middles[place], !isTwo);
      paint(outputs[place], place, hears);
      const groupsHeard = new Set(PLACES.filter((from) => reaches(from, place)).map((from) => groupOf(groups, from)));
      outputs[place].classList.toggle("book-mixed", groupsHeard.size > 1);
    }
  };
  const captions = ["Inputs to outputs", "As a matrix: rows hear columns"];
  const root = element(
    "div",
    { class: "book-sides" },
    ...[wiring, matrix].map((node, index) => element("figure", {}, element("figcaption", {}, captions[index]), node)),
  );
  const stop = () => {
    move.stop();
    phone.removeEventListener("change", fit);
  };
  return { root, draw, stop };
}
