// The dominoes in a row, each with its matrix to scale, and signs in the gaps between them.

import { closed, dominoes, fits, lying, moved, pieces, product, touching } from "./math.mjs";
import { boardLabel, costText, spanName, whole } from "./words.mjs";
import { button, element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

const END = 8; // per cent of the width at either end, for y and x
const PILL = 7.5; // per cent of the width that y and x take of that, as in the style sheet
const WIDE = 14; // per cent of a domino at most
const SHEET = 15; // per cent of the width for the largest size
const MOST = 4;
const NARROW = 3; // per cent of the width: a gap that leaves no room for its sign, as one domino passes another
const NEAR = 4; // pixels that a pointer may move in a click

const percent = (value) => `${value.toFixed(3)}%`;

/** Where everything stands, in per cent of the width: { slot, wide, middle(span), placeAt(share) }. */
export function layout(count) {
  const slot = (100 - 2 * END) / count;
  const wide = Math.min(WIDE, 0.66 * slot);
  const middle = ([first, last]) => END + ((first + last + 1) / 2) * slot;
  const placeAt = (share) => Math.max(0, Math.min(count - 1, Math.floor((share - END) / slot)));
  return { slot, wide, middle, placeAt };
}

/** Of each function's domino the middle, and width and height of its matrix as shares of the largest. */
function aims(state) {
  const order = lying(state.sizes, state.places);
  const all = dominoes(state.sizes, state.places);
  const { middle } = layout(order.length);
  const largest = Math.max(...state.sizes);
  const numbers = Array.from({ length: MOST }, () => [50, 0, 0]);
  for (const span of pieces(order.length, closed(state))) {
    const [rows, columns] = [all[span[0]][0], all[span[1]][1]];
    for (let place = span[0]; place <= span[1]; place++) {
      numbers[order[place] - 1] = [middle(span), columns / largest, rows / largest];
    }
  }
  return numbers.flat();
}

/** The board: `onJoin(gap)` and `onOrder(places)` hear the reader, `read()` gives the state. */
export function board({ read, onJoin, onOrder }) {
  const tiles = Array.from({ length: MOST }, (_, at) => tile(at + 1));
  const gaps = Array.from({ length: MOST + 1 }, (_, at) => joint(at));
  const ends = ["y", "x"].map((name) => {
    const size = element("span", { class: "book-size" });
    return { size, root: element("div", { class: `book-end book-${name}` }, size, element("i", {}, name)) };
  });
  const field = element(
    "div",
    { class: "book-lane", role: "group" },
    ...ends.map(({ root }) => root),
    ...gaps.map(({ root }) => root),
    ...tiles.map(({ root }) => root),
  );
  const root = element("div", { class: "book-board" }, field);
  let held = null; // the function whose domino is dragged

  function tile(name) {
    const sheet = element("span", { class: "book-sheet" });
    const title = element("span", { class: "book-name" });
    const halves = [0, 1].map(() => element("span", { class: "book-half" }));
    const grip = element("button", { type: "button", class: "book-domino" }, ...halves);
    const part = { name, sheet, title, halves, grip, root: element("div", { class: "book-tile" }, sheet, title, grip) };
    const order = () => lying(read().sizes, read().places);
    grip.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (!step || ctrlKey || metaKey || altKey) return;
      const place = order().indexOf(name) + step;
      if (place >= 0 && place < order().length) onOrder(moved(order(), name, place));
    });
    grip.addEventListener("pointerdown", (event) => {
      held = { name, start: event.clientX, isMoved: false };
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", ({ clientX }) => {
      if (held?.name !== name) return;
      held.isMoved ||= Math.abs(clientX - held.start) > NEAR;
      if (!held.isMoved) return;
      const box = field.getBoundingClientRect();
      const share = (100 * (clientX - box.left)) / box.width;
      const place = layout(order().length).placeAt(share);
      part.root.classList.add("book-held");
      part.root.style.setProperty("--middle", percent(Math.max(8, Math.min(92, share))));
      if (order()[place] !== name) onOrder(moved(order(), name, place));
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      grip.addEventListener(kind, () => {
        held = null;
        part.root.classList.remove("book-held");
        place.again();
      });
    }
    return part;
  }

  function joint(gap) {
    const sign = button("", () => onJoin(gap));
    sign.classList.add("book-sign");
    const price = element("span", { class: "book-price" });
    return { sign, price, root: element("span", { class: "book-joint" }, sign, price) };
  }

  const place = eased((numbers) => {
    for (const [at, { name, root: node, sheet }] of tiles.entries()) {
      const [middle, wide, tall] = numbers.slice(3 * at, 3 * at + 3);
      if (held?.name !== name || !held.isMoved) node.style.setProperty("--middle", percent(middle));
      sheet.style.setProperty("--wide", (SHEET * wide).toFixed(3));
      sheet.style.setProperty("--tall", (SHEET * tall).toFixed(3));
    }
    stretch((name) => numbers[3 * (name - 1)]);
  });
  place.again = () => place.set(aims(read()));

  /** Lines reach from domino to domino, on their way as well: `middleOf(name)` says where one is. */
  function stretch(middleOf) {
    const { sizes, places } = read();
    const order = lying(sizes, places);
    const { wide } = layout(order.length);
    for (const [gap, { root: node }] of gaps.entries()) {
      const from = gap > 0 ? middleOf(order[Math.min(gap, order.length) - 1]) + wide / 2 : PILL;
      const to = gap < order.length ? middleOf(order[gap]) - wide / 2 : 100 - PILL;
      node.style.setProperty("--from", percent(from));
      node.style.setProperty("--to", percent(100 - to));
      node.classList.toggle("book-narrow", to - from < NARROW);
    }
  }

  function drawGaps(state) {
    const order = lying(state.sizes, state.places);
    const all = touching(state.sizes, state.places);
    const done = closed(state);
    const isFit = fits(state.sizes, state.places);
    for (const [gap, { sign, price, root: node }] of gaps.entries()) {
      const isInner = gap > 0 && gap < order.length;
      const isEnd = gap === 0 || gap === order.length;
      node.hidden = gap > order.length || done.includes(gap);
      if (node.hidden) continue;
      const { left, right } = all[gap];
      const meets = left === right;
      node.classList.toggle("book-apart", !meets);
      node.classList.toggle("book-outer", isEnd);
      sign.hidden = isEnd && meets;
      sign.disabled = !isFit || !isInner;
      sign.textContent = meets ? "×" : "≠";
      const next = isFit && isInner ? product(state, done, gap) : null;
      price.textContent = next ? `costs ${whole(next.count)}` : "";
      const names = next && [next.left, next.right].map((span) => spanName(order, span)).join(" and ");
      sign.setAttribute("aria-label", next ? `Multiply ${names}: ${costText(next)}` : `${left} and ${right} ${meets ? "meet" : "do not meet"}`);
      if (next) node.dataset.about = `span-${next.span.join("-")}`;
      else delete node.dataset.about;
    }
  }

  function drawTiles(state) {
    const order = lying(state.sizes, state.places);
    const all = dominoes(state.sizes, state.places);
    const isFit = fits(state.sizes, state.places);
    for (const part of tiles) part.root.hidden = !order.includes(part.name);
    for (const span of pieces(order.length, closed(state))) {
      const shape = [all[span[0]][0], all[span[1]][1]];
      const name = isFit ? spanName(order, span) : "";
      const isMade = span[0] < span[1];
      for (let at = span[0]; at <= span[1]; at++) {
        const { root: node, halves, grip, title } = tiles[order[at] - 1];
        node.classList.toggle("book-made", isMade);
        node.classList.toggle("book-first", at === 0);
        node.classList.toggle("book-under", at > span[0]); // it lies under its product
        halves.forEach((half, side) => (half.textContent = all[at][side]));
        if (isMade && at === span[0]) halves[1].textContent = shape[1];
        title.textContent = at > span[0] ? "" : name;
        grip.disabled = at > span[0];
        const words = `${name ? `${name}, ` : ""}${shape[0]} × ${shape[1]}`;
        grip.setAttribute("aria-label", isMade ? words : `${words}, arrow keys move it`);
        if (isMade) node.dataset.about = `span-${span.join("-")}`;
        else delete node.dataset.about;
      }
    }
  }

  function draw(state) {
    const count = state.sizes.length - 1;
    const { slot, wide } = layout(count);
    field.style.setProperty("--slot", percent(slot));
    field.style.setProperty("--domino", percent((100 * wide) / slot));
    field.setAttribute("aria-label", boardLabel(state));
    ends[0].size.textContent = state.sizes[count];
    ends[1].size.textContent = state.sizes[0];
    const had = document.activeElement;
    drawTiles(state);
    drawGaps(state);
    place.to(aims(state));
    // The sign that was pressed is gone: its neighbour is next.
    if (had?.closest(".book-joint")?.hidden && field.contains(had)) {
      const next = gaps.find(({ root: node, sign }) => !node.hidden && !sign.hidden && !sign.disabled);
      (next ? next.sign : tiles[lying(state.sizes, state.places)[0] - 1].grip).focus();
    }
  }
  return { root, draw, stop: place.stop };
}
