// The tower of layers: the image enters below, the error comes down from above and ends at the ice.

import { LAYERS, backward, work } from "./math.mjs";
import { percent } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const MOST_WORK = 2 * Math.max(...LAYERS.map(({ cost }) => cost));
const ROOMY = 0.5; // of the most work: a bar in which a word has room
const FLAKE = "M8 1.5v13M2.4 4.75l11.2 6.5M13.6 4.75l-11.2 6.5M6 2.5l2 1.8 2-1.8M6 13.5l2-1.8 2 1.8";

const flake = () => shape("svg", { viewBox: "0 0 16 16", class: "book-flake", "aria-hidden": true }, shape("path", { d: FLAKE }));

/** One layer: its block, a bar of its moves, and its two bars of work. */
function floor(place, onPick) {
  const { name } = LAYERS[place];
  const block = element("div", { class: "book-block", role: "img", onclick: () => onPick(place) }, element("b", {}, String(place + 1)), element("span", {}, name), flake());
  const moved = element("i", { class: "book-moved" });
  const [own, passed] = ["own", "passed"].map((look) => element("i", { class: `book-${look}` }));
  const far = element("span", { class: "book-far" });
  const { own: ownAtFirst, passed: passedAtFirst } = backward(0)[place];
  const whole = (ownAtFirst + passedAtFirst) / MOST_WORK;
  const full = element("i", { class: `book-full${whole >= ROOMY ? " book-roomy" : ""}${whole === 1 ? " book-longest" : ""}`, style: `width: ${100 * whole}%` });
  const root = element("div", { class: "book-floor" }, block, element("div", { class: "book-lane" }, moved, far), element("div", { class: "book-lane" }, full, own, passed));
  return { root, block, moved, own, passed, far };
}

/** `place(numbers)` draws, `say(frozen, run)` names; `onPick(layer)` hears of a click on a block. */
export function tower(onPick, longest) {
  const floors = LAYERS.map((_, place) => floor(place, onPick));
  const error = element("span", { class: "book-error", "aria-hidden": true }, element("i"));
  const head = element(
    "div",
    { class: "book-floor book-names" },
    element("span", { class: "book-loss" }, "loss"),
    element("span", {}, element("span", { class: "book-desk-word" }, "weights "), "moved"),
    element("span", {}, "work: ", element("em", { class: "book-own" }, "own"), " + ", element("em", { class: "book-passed" }, "passed on")),
  );
  const sum = element("b");
  const foot = element("div", { class: "book-floor book-foot" }, element("span", {}, "↑ image"), element("span", { class: "book-sum" }, sum, " left", element("span", { class: "book-desk-word" }, " of the work")));
  const root = element("div", { class: "book-tower" }, head, ...floors.map(({ root: each }) => each).reverse(), foot, error);

  /** Shares of the widths: how far each layer moved, its own work, what it passes on, and how far the error comes. */
  const draw = (moves, owns, passes, depth) => {
    floors.forEach((each, place) => {
      each.moved.style.setProperty("--share", (moves[place] / longest).toFixed(4));
      each.own.style.width = `${((100 * owns[place]) / MOST_WORK).toFixed(2)}%`;
      each.passed.style.width = `${((100 * passes[place]) / MOST_WORK).toFixed(2)}%`;
    });
    error.style.setProperty("--depth", depth.toFixed(3));
  };
  const say = (frozen, run) => {
    sum.textContent = percent(work(frozen) / work(0));
    floors.forEach(({ root: each, block, far }, place) => {
      const isFrozen = place < frozen;
      each.classList.toggle("book-frozen", isFrozen);
      far.textContent = isFrozen ? "still" : percent(run.moved[place]);
      const { own, passed } = backward(frozen)[place];
      block.setAttribute("aria-label", `Layer ${place + 1}, ${LAYERS[place].name}, ${isFrozen ? "frozen" : "learns"}`);
      each.title = isFrozen ? "no backward work" : `${own} products for its own gradient, ${passed} passed on`;
    });
  };
  return { root, draw, say };
}
