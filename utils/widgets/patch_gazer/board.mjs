// The picture as patches, the class token beside them, and the rays of a gaze.

import { ACROSS } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const COUNT = ACROSS * ACROSS;
const TOKENS = COUNT + 1;
const [STEP, TILE, LEFT, TOP, PIXELS] = [42, 40, 66, 2, 4];
const MIDDLE = TOP + (STEP * ACROSS) / 2;

const all = (length, make) => Array.from({ length }, (_, index) => make(index));

/** The centre of a token's place. */
export function centre(token) {
  if (token === 0) return [2 + TILE / 2, MIDDLE];
  const [row, column] = [Math.floor((token - 1) / ACROSS), (token - 1) % ACROSS];
  return [LEFT + STEP * column + TILE / 2, TOP + STEP * row + TILE / 2];
}

/** How strong a weight is drawn, 0 to 1: a seventh of all and more is full. */
const strength = (weight) => Math.min(1, 7 * weight);

/** A press chooses; a mouse also tries what it only passes, and lets go when it leaves the board. */
function onPointing(node, token, { choose, attempt }) {
  node.addEventListener("pointerdown", () => choose(token));
  node.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") attempt(token);
  });
}

function tile() {
  const side = TILE / PIXELS;
  const dots = all(PIXELS ** 2, (index) =>
    shape("rect", { x: side * (index % PIXELS), y: side * Math.floor(index / PIXELS), width: side + 0.3, height: side + 0.3, class: "book-dot" }),
  );
  const glow = shape("rect", { width: TILE, height: TILE, class: "book-glow" });
  return { root: shape("g", { class: "book-tile" }, ...dots, glow), dots, glow };
}

/**
 * The whole board. `choose(token)` is called for a token that is pressed, `attempt(token)` for one
 * that a mouse passes, and `leave()` when it leaves the board.
 */
export function board({ choose, attempt, leave }) {
  const tiles = all(COUNT, tile); // by patch, wherever it lies
  const box = { x: 2, y: MIDDLE - TILE / 2, width: TILE, height: TILE, rx: 6 };
  const ground = shape("rect", { ...box, class: "book-ground" });
  const glow = shape("rect", { ...box, class: "book-glow" });
  const asks = shape("text", { x: 2 + TILE / 2, y: MIDDLE }, "class");
  const rays = all(TOKENS, () => shape("line", { class: "book-ray" }));
  const mark = shape("rect", { width: TILE + 4, height: TILE + 4, rx: 5, class: "book-mark" });
  const spots = all(TOKENS, (token) => {
    const [x, y] = centre(token);
    const spot = shape("rect", { x: x - STEP / 2, y: y - STEP / 2, width: STEP, height: STEP, class: "book-spot" });
    onPointing(spot, token, { choose, attempt });
    return spot;
  });
  const size = `0 0 ${LEFT + STEP * ACROSS} ${2 * TOP + STEP * ACROSS}`;
  const picture = shape("svg", { viewBox: size, "aria-hidden": true }, ...tiles.map(({ root }) => root), ...rays, ground, glow, asks, mark, ...spots);
  const root = element(
    "div",
    { class: "book-board", tabindex: 0, role: "slider", "aria-label": "Token that looks", "aria-valuemin": 0, "aria-valuemax": COUNT },
    picture,
  );
  root.addEventListener("pointerleave", leave);

  /** `gaze` has a weight for each token, `at` the place of each patch, `from` the centre of the chosen token. */
  const draw = (gaze, places, from, order) => {
    tiles.forEach(({ root: group }, patch) => {
      group.setAttribute("transform", `translate(${places[2 * patch] - TILE / 2} ${places[2 * patch + 1] - TILE / 2})`);
    });
    order.forEach((patch, place) => tiles[patch].glow.style.setProperty("--share", strength(gaze[place + 1]).toFixed(4)));
    glow.style.setProperty("--share", strength(gaze[0]).toFixed(4));
    rays.forEach((ray, token) => {
      const [x, y] = centre(token);
      ray.setAttribute("x1", from[0].toFixed(2));
      ray.setAttribute("y1", from[1].toFixed(2));
      ray.setAttribute("x2", x);
      ray.setAttribute("y2", y);
      ray.setAttribute("stroke-width", (28 * gaze[token]).toFixed(3));
      ray.setAttribute("stroke-opacity", Math.min(0.9, 7 * gaze[token]).toFixed(3));
    });
    mark.setAttribute("x", from[0] - TILE / 2 - 2);
    mark.setAttribute("y", from[1] - TILE / 2 - 2);
  };
  /** The ink of each patch, numbers from 0 to 1. */
  const fill = (patches) => {
    patches.forEach((numbers, patch) => {
      numbers.forEach((ink, index) => tiles[patch].dots[index].style.setProperty("--ink", ink.toFixed(3)));
    });
  };
  const name = (token, words) => {
    root.setAttribute("aria-valuenow", token);
    root.setAttribute("aria-valuetext", words);
  };
  return { root, draw, fill, name };
}

/** Where each patch lies: two numbers a patch, for an order of the places. */
export function placesOf(order) {
  const places = new Array(2 * COUNT);
  order.forEach((patch, place) => {
    const [x, y] = centre(place + 1);
    places[2 * patch] = x;
    places[2 * patch + 1] = y;
  });
  return places;
}
