// A row for each worker: blocks of work, thin bars of what travels, and a curtain over what is to come.

import { BACKWARD, FORWARD, span } from "./math.mjs";
import { element } from "../kit/parts.mjs";

const ALONE = FORWARD + BACKWARD; // seconds of one worker
const [ROOM, PHONE] = [1.3, 2.4]; // per cent of a row that a digit needs, on a desk and on a phone

const LEAST = 0.2; // of a row, which the words on the time that is saved need

/** An arrow over the time that several workers save, and how much that is: `set(seconds, whole)`. */
function saving() {
  const [times, less] = [element("b", {}), element("span", {})];
  const root = element("div", { class: "book-saved", "aria-hidden": true }, times, element("i", {}), less);
  const set = (seconds, whole) => {
    root.style.setProperty("--from", seconds / whole);
    times.textContent = `${(ALONE / seconds).toFixed(1)}×`;
    less.textContent = `${(ALONE - Number(seconds.toFixed(1))).toFixed(1)} s saved`;
  };
  return { root, set };
}

function legend() {
  const entry = (look, words) => element("span", {}, element("i", { class: `book-key ${look}` }), words);
  return element("div", { class: "book-legend" }, entry("book-forward", "forward"), entry("book-backward", "backward"), entry("book-send", "travels"), entry("book-wait", "waits"));
}

/** Returns { root, draw(blocks, workers, time) }. */
export function lanes() {
  const rows = element("div", { class: "book-lanes", role: "img" });
  const ends = element("div", { class: "book-ends" });
  const root = element("div", {}, rows, ends, legend());
  const saved = saving();
  let drawn = null;
  let curtains = [];

  const percent = (seconds, whole) => `${(100 * seconds) / whole}%`;
  function blockOf({ kind, piece, start, end }, whole) {
    const wide = (100 * (end - start)) / whole;
    const number = String(piece + 1);
    const needs = 0.6 + number.length; // digits, and air
    const text = element("span", { class: wide < PHONE * needs ? "book-tight" : "" }, number);
    const node = element("i", { class: `book-block book-${kind}` }, ...(kind !== "send" && wide >= ROOM * needs ? [text] : []));
    node.style.left = percent(start, whole);
    node.style.width = `${wide}%`;
    return node;
  }
  function laneOf(name, own, seconds, whole) {
    const waits = element("i", { class: "book-track" });
    waits.style.width = percent(seconds, whole);
    const curtain = element("i", { class: "book-curtain" });
    const lane = element("div", { class: "book-lane" }, waits, ...own, curtain);
    return [curtain, element("div", { class: "book-worker" }, element("span", { class: "book-name" }, name), lane)];
  }

  function build(blocks, workers) {
    const seconds = span(blocks);
    const whole = Math.max(ALONE, seconds);
    const alone = [
      { kind: "forward", piece: 0, start: 0, end: FORWARD },
      { kind: "backward", piece: 0, start: FORWARD, end: ALONE },
    ].map((block) => blockOf(block, whole));
    for (const node of alone) node.textContent = "";
    const [first, top] = laneOf("alone", alone, ALONE, whole);
    top.classList.add("book-alone");
    const made = Array.from({ length: workers }, (_, worker) =>
      laneOf(String(worker + 1), blocks.filter((block) => block.worker === worker).map((block) => blockOf(block, whole)), seconds, whole),
    );
    curtains = [first, ...made.map(([curtain]) => curtain)];
    ends.replaceChildren(...[0, whole / 2, whole].map((time) => element("span", {}, `${Number(time.toFixed(1))} s`)));
    saved.set(seconds, whole);
    rows.replaceChildren(top, ...made.map(([, row]) => row), saved.root);
  }

  function draw(blocks, workers, time) {
    if (blocks !== drawn) build(blocks, workers);
    drawn = blocks;
    const whole = Math.max(ALONE, span(blocks));
    const left = percent(time, whole);
    saved.root.hidden = time < span(blocks) || ALONE - span(blocks) < LEAST * whole;
    for (const curtain of curtains) {
      curtain.style.left = left;
      curtain.hidden = time >= whole;
    }
    rows.setAttribute("aria-label", `${workers} workers, a row each, and one who works alone for ${ALONE} seconds. The step takes ${span(blocks).toFixed(1)} seconds.`);
  }
  return { root, draw };
}
