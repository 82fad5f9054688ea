// The people as dots in stacks around a line, the cut through them, and the ROC curve.

import { element, shape } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";

const [LEAST, MOST] = [-5, 5]; // scores
const WIDE = 0.25; // a stack, in scores
const STACKS = (MOST - LEAST) / WIDE;
const [ACROSS, UP] = [11, 8]; // pixels from stack to stack, and from dot to dot
const [ABOVE, BELOW] = [11, 19]; // dots in the highest stacks
const SIZE = [STACKS * ACROSS, (ABOVE + BELOW + 1) * UP];
const GROUND = (ABOVE + 0.5) * UP;
const RADIUS = 3.5;

const stackOf = (score) => Math.max(0, Math.min(STACKS - 1, Math.floor((score - LEAST) / WIDE)));
const toPixels = (score) => (score - LEAST) * (ACROSS / WIDE);

/** The board; `pick(score)` hears where a mouse or finger wants the cut. */
export function board(pick) {
  const dots = shape("g");
  const line = shape("line", { class: "book-cut", y1: 0, y2: SIZE[1] });
  const tab = shape("path", { class: "book-tab", d: `M-7 0h14v9l-7 7l-7-7z` });
  const knife = shape("g", {}, line, tab);
  const ground = shape("line", { class: "book-ground", x1: 0, x2: SIZE[0], y1: GROUND, y2: GROUND });
  const drawing = shape("svg", { viewBox: `0 0 ${SIZE.join(" ")}`, role: "img" }, ground, dots, knife);
  const corner = (look, words) => {
    const value = element("b", {});
    return { root: element("div", { class: `book-corner book-${look}` }, value, element("span", {}, words)), value };
  };
  const corners = {
    missed: corner("missed", "ill, missed"),
    found: corner("found", "ill, found"),
    spared: corner("spared", "healthy, spared"),
    alarms: corner("alarms", "healthy, alarmed"),
  };
  const root = element("div", { class: "book-board" }, drawing, ...Object.values(corners).map((one) => one.root));

  const at = ({ clientX }) => {
    const { left, width } = drawing.getBoundingClientRect();
    return LEAST + ((clientX - left) / width) * (MOST - LEAST);
  };
  let isHeld = false;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    isHeld = true;
    drawing.setPointerCapture(event.pointerId);
    pick(at(event));
  });
  drawing.addEventListener("pointermove", (event) => isHeld && pick(at(event)));
  drawing.addEventListener("lostpointercapture", () => {
    isHeld = false;
  });

  function stack(list, cut, look, way) {
    const heights = new Array(STACKS).fill(0);
    return list.map((score) => {
      const column = stackOf(score);
      heights[column] += 1;
      const isCalled = score >= cut;
      return shape("circle", {
        class: `book-dot book-${look}${isCalled ? " book-called" : ""}`,
        cx: (column + 0.5) * ACROSS,
        cy: GROUND - way * heights[column] * UP,
        r: RADIUS,
      });
    });
  }

  /** `people` are the scores of both kinds, `counts` of the four groups; `isFewest` sets off the mistakes. */
  function draw(people, cut, counts, words, isFewest) {
    root.classList.toggle("book-fewest", isFewest);
    dots.replaceChildren(...stack(people.ill, cut, "ill", 1), ...stack(people.healthy, cut, "healthy", -1));
    for (const [name, { value }] of Object.entries(corners)) value.textContent = String(counts[name]);
    drawing.setAttribute("aria-label", words);
  }
  const moveCut = (cut) => knife.setAttribute("transform", `translate(${toPixels(cut)} 0)`);
  return { root, draw, moveCut };
}

/** The ROC curve, with the way down to the cut in bold. */
export function chart() {
  const drawing = plane({
    label: "The ROC curve: share of the ill who are found, against share of the healthy who are alarmed",
    x: [-0.2, 1.06],
    y: [-0.14, 1.1],
    names: ["alarmed", "found"],
    size: [260, 260],
    steps: [0.5, 0.5],
  });

  /** `points` are the whole curve, `here` the place of the cut on it. */
  function draw(points, here) {
    const passed = points.filter(([x, y]) => x <= here[0] && y <= here[1]);
    drawing.draw([
      { area: [...points, [1, 0]], look: "under" },
      { line: [[0, 0], [1, 1]], look: "guess" },
      { line: points, look: "curve" },
      { line: [...passed, here], look: "way" },
      { dot: here, look: "here" },
    ]);
  }
  return { root: drawing.root, draw };
}
