// The points of the nearest-neighbours demo: moved, chosen and removed by mouse, finger or keys.

import { badgeShapes } from "../kit/badges.mjs";
import { pointWords } from "./words.mjs";
import { shape } from "../kit/parts.mjs";

const STEP = 2; // of an arrow key
const FAR = [1e6, 1e6]; // where no pointer finds a point that is not there
const CLICK = 5; // pixels that a finger may slip and still only tap

/**
 * Points on a plane, `before` the handle that stays on top. One of them is chosen, and the only
 * one that Tab reaches. `set(points, chosen, wrong)` shows them; `focus(index)` moves the focus.
 */
export function pointLayer({ drawing, before, side, onMove, onChoose, onRemove }) {
  const pool = [];

  function added(index) {
    const handle = drawing.handle({
      label: `point ${index + 1}`,
      look: "datum",
      range: [0, side],
      step: STEP,
      onMove: (place) => onMove(index, place),
    });
    const node = handle.root;
    const sign = shape("g", {});
    node.querySelector(".book-grip").replaceWith(shape("circle", { class: "book-halo", r: 13.5 }), sign);
    before.before(node);
    node.addEventListener("focus", () => onChoose(index));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      onRemove(index);
    });
    return { ...handle, sign, label: -1, known: "" };
  }

  function place(index, point) {
    const item = pool[index];
    item.place(point, pointWords(point));
    if (item.label === point[2]) return;
    item.label = point[2];
    item.root.setAttribute("class", `book-handle book-datum book-class-${point[2]}`);
    item.sign.replaceChildren(...badgeShapes(point[2]));
  }

  // Only what changes is written: a drag redraws all points in every frame.
  function show(index, point, isChosen, isWrong) {
    const item = pool[index];
    const known = JSON.stringify([point, isChosen, isWrong]);
    if (item.known === known) return;
    item.known = known;
    item.root.style.display = point ? "" : "none";
    item.root.setAttribute("tabindex", isChosen ? 0 : -1);
    if (point) place(index, point);
    else item.place(FAR, "none", 0);
    item.root.classList.toggle("book-chosen", isChosen);
    item.root.classList.toggle("book-wrong", isWrong);
    item.root.setAttribute("aria-label", `point ${index + 1}${isWrong ? ", predicted wrong" : ""}`);
  }

  function set(points, chosen, wrong) {
    while (pool.length < points.length) pool.push(added(pool.length));
    for (const index of pool.keys()) show(index, points[index], index === chosen, wrong.has(index));
  }

  /** Mark the point at this index, and no other. */
  function light(index) {
    for (const [other, { root }] of pool.entries()) root.classList.toggle("book-lit", other === index);
  }

  return { set, place, light, focus: (index) => pool[index]?.root.focus({ preventScroll: true }) };
}

/** Call `onTap(left, top)`, in shares of the root's width, for taps beside its handles. */
export function onTaps(root, onTap) {
  let start = null;
  root.addEventListener("pointerdown", ({ target, clientX, clientY }) => {
    start = target.closest(".book-handle") ? null : [clientX, clientY];
  });
  root.addEventListener("click", ({ clientX, clientY }) => {
    if (!start || Math.hypot(clientX - start[0], clientY - start[1]) > CLICK) return;
    const { left, top, width } = root.getBoundingClientRect();
    onTap((clientX - left) / width, (clientY - top) / width);
  });
}
